/** Refusals that only exams know, in words; the others as everywhere. */
import { useErrorText } from '@/shared/i18n/errors'

export const useExamError = () => useErrorText('exams:errors.')

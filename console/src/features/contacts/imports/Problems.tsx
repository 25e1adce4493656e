/** Why a row cannot become a contact, in words. */
import type { ImportPreview } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './imports.module.css'

type Problem = ImportPreview['rows'][number]['problems'][number]

export function Problems({ problems }: { problems: readonly Problem[] }) {
  const { t, exists } = useTranslation('contacts')
  return problems.map(({ code, column, detail }) => (
    <span key={`${code} ${column}`} className={classes.problem}>
      {exists(`imports.problems.${code}`) ? t(`imports.problems.${code}`) : detail}
    </span>
  ))
}

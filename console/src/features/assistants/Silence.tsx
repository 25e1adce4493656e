/** Above the editor: that it does not answer, why, and where that is mended. */
import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '@/shared/i18n/translate'
import { IconHourglass } from '@/shared/ui/icons'
import classes from './assistants.module.css'
import { type Assistant, type AssistantStanding, standingsQuery } from './queries'
import { useWhy } from './useWhy'

export function Silence({ assistant }: { assistant: Assistant }) {
  const { t } = useTranslation('assistants')
  const why = useWhy()
  const { data } = useQuery(standingsQuery)
  const standing = data?.find((one) => one.assistant === assistant.id)
  if (!standing?.why) return null
  return (
    <Alert
      variant="default"
      icon={<IconHourglass size={18} />}
      title={t('why.silent')}
      className={classes.silence}
      data-testid="silence"
    >
      {why(assistant, standing)} <Way standing={standing} />
    </Alert>
  )
}

function Way({ standing: { why, exam } }: { standing: AssistantStanding }) {
  const { t } = useTranslation('assistants')
  switch (why) {
    case 'exam_needed':
      return <Link to="/settings/exams">{t('why.toExam')}</Link>
    case 'exam_failed':
    case 'exam_under_way':
      return (
        <Link to="/settings/exams/$exam" params={{ exam: String(exam) }}>
          {t('why.toThisExam')}
        </Link>
      )
    case 'no_provider':
    case 'provider_trouble':
    case 'out_of_budget':
      return <Link to="/settings/ai">{t('why.toProviders')}</Link>
    case 'no_place':
      return <Link to="/connections">{t('why.toConnections')}</Link>
    default:
      return null
  }
}

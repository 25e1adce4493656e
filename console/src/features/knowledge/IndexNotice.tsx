/** Says when searches go by words alone, and how far new vectors are. */
import { Alert, Progress } from '@mantine/core'
import type { KnowledgeIndex } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconWarning } from '@/shared/ui/icons'
import classes from './knowledge.module.css'

export function IndexNotice({ index }: { index: KnowledgeIndex }) {
  const { t } = useTranslation('knowledge')
  if (index.target) {
    return (
      <Alert className={classes.notice} color="blue" title={t('index.making')}>
        {t('index.progress', { done: index.done, total: index.total, model: index.target })}
        <Progress
          mt={8}
          value={index.total ? (100 * index.done) / index.total : 0}
          aria-label={t('index.making')}
        />
      </Alert>
    )
  }
  if (index.reason) {
    return (
      <Alert
        className={classes.notice}
        color="orange"
        icon={<IconWarning size={18} />}
        title={t('index.trouble')}
      >
        {t(`index.reasons.${index.reason}`, { defaultValue: t('index.reasons.failed') })}
      </Alert>
    )
  }
  if (index.wanted) return null
  return (
    <Alert className={classes.notice} color="gray" title={t('index.textOnly')}>
      {t('index.textOnlyText')}
    </Alert>
  )
}

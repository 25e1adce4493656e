/** How far an import is. It goes on without this page. */
import { Button, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ContactImport } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { Section } from '@/shared/ui/Section'
import { toast } from '@/shared/ui/toast'
import { Counts } from './Counts'
import classes from './imports.module.css'
import { importQuery, useCancel } from './queries'

/** Events tell how it goes on; this only helps when one was lost. */
const ASK_EVERY = 5_000

export function Running({ job }: { job: ContactImport }) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const cancel = useCancel(job.id)
  useQuery({ ...importQuery(job.id), refetchInterval: ASK_EVERY })
  const said = t('imports.progress', { done: formatNumber(job.done), total: formatNumber(job.total) })
  return (
    <Section title={said}>
      <Progress value={(job.done / Math.max(job.total, 1)) * 100} aria-label={said} />
      <Counts job={job} />
      <div className={classes.foot}>
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() =>
            cancel.mutate(undefined, {
              onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
            })
          }
        >
          {t('bulk.stop')}
        </Button>
      </div>
    </Section>
  )
}

/** The dry run: what would become of the rows, before anything happens. */
import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ContactImport, ImportPreview } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { Section } from '@/shared/ui/Section'
import { Failed, Loading } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import classes from './imports.module.css'
import { isUsable } from './mapping'
import { Problems } from './Problems'
import { useCancel, useStart } from './queries'

const OUTCOMES = ['create', 'update', 'unchanged', 'skip', 'fail'] as const

interface CheckProps {
  job: ContactImport
  preview: UseQueryResult<ImportPreview>
}

export function Check({ job, preview }: CheckProps) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const navigate = useNavigate()
  const start = useStart(job.id)
  const cancel = useCancel(job.id)
  const onError = (error: Error) => void toast({ message: errorText(error), tone: 'danger' })
  const counts = preview.data?.counts
  const isPartial = preview.data !== undefined && preview.data.looked_at < job.total
  return (
    <Section
      title={t('imports.check')}
      description={
        isPartial ? t('imports.checkPart', { count: preview.data?.looked_at }) : t('imports.checkText')
      }
    >
      {preview.isPending && <Loading rows={2} />}
      {preview.isError && <Failed error={preview.error} onRetry={() => void preview.refetch()} />}
      {counts && (
        <ul className={classes.counts} aria-busy={preview.isPlaceholderData}>
          {OUTCOMES.filter((name) => counts[name]).map((name) => (
            <li key={name} className={classes.count} data-outcome={name}>
              <strong>{formatNumber(counts[name] ?? 0)}</strong>
              <span>{t(`imports.outcomes.${name}`)}</span>
            </li>
          ))}
        </ul>
      )}
      {preview.data && <Sample job={job} preview={preview.data} />}
      <div className={classes.foot}>
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() =>
            cancel.mutate(undefined, { onSuccess: () => void navigate({ to: '/contacts/imports' }), onError })
          }
        >
          {t('imports.discard')}
        </Button>
        <Button
          loading={start.isPending}
          disabled={!isUsable(job.mapping)}
          onClick={() => start.mutate(undefined, { onError })}
          data-testid="import-start"
        >
          {t('imports.start', { count: job.total, number: formatNumber(job.total) })}
        </Button>
      </div>
    </Section>
  )
}

function Sample({ job, preview }: { job: ContactImport; preview: ImportPreview }) {
  const { t } = useTranslation('contacts')
  const places = job.mapping.flatMap((part, place) => (part ? [place] : []))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.sample} aria-label={t('imports.sample')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('imports.line')}</th>
            <th scope="col">{t('imports.outcome')}</th>
            {places.map((place) => (
              <th key={place} scope="col">
                {job.columns[place] || t('imports.column', { number: place + 1 })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.line} data-outcome={row.outcome}>
              <td className="hd-numbers hd-muted">{row.line}</td>
              <td>
                <span className={classes.outcome} data-outcome={row.outcome}>
                  {t(`imports.become.${row.outcome}`)}
                </span>
                <Problems problems={row.problems} />
              </td>
              {places.map((place) => (
                <td key={place}>{row.cells[place]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

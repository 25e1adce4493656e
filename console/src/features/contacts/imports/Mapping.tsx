/** What each column of the file means, beside what stands in it. */
import { Checkbox, Select } from '@mantine/core'
import type { ContactImport, ImportPreview } from '@/shared/api/types'
import { useFields } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { Section } from '@/shared/ui/Section'
import { toast } from '@/shared/ui/toast'
import classes from './imports.module.css'
import { remapped, samplesOf } from './mapping'
import { useConfigure } from './queries'

const PARTS = ['name', 'number', 'email', 'notes', 'tags', 'owner'] as const
const IGNORED = '-'

export function Mapping({ job, preview }: { job: ContactImport; preview: ImportPreview | undefined }) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const fields = useFields('contact')
  const configure = useConfigure(job.id)
  const onError = (error: Error) => void toast({ message: errorText(error), tone: 'danger' })
  const pending = configure.isPending ? configure.variables : undefined
  const mapping = pending?.mapping ?? job.mapping
  const parts = [
    { value: IGNORED, label: t('imports.ignore') },
    ...PARTS.map((part) => ({ value: part as string, label: t(`imports.parts.${part}`) })),
    ...fields.map(({ key, label }) => ({ value: `field:${key}`, label })),
  ]
  return (
    <Section title={t('imports.columns')} description={t('imports.columnsText')}>
      <ul className={classes.columns}>
        {mapping.map((part, place) => {
          const title = job.columns[place] || t('imports.column', { number: place + 1 })
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <li key={place} className={classes.column} data-ignored={part === '' || undefined}>
              <div className={classes.columnHead}>
                <strong className="hd-ellipsis">{title}</strong>
                <span className="hd-muted hd-ellipsis">{samplesOf(preview?.rows, place)}</span>
              </div>
              <Select
                aria-label={t('imports.meaning', { column: title })}
                searchable
                allowDeselect={false}
                data={parts}
                value={part || IGNORED}
                onChange={(chosen) =>
                  configure.mutate(
                    { mapping: remapped(mapping, place, chosen === IGNORED ? '' : (chosen ?? '')) },
                    { onError },
                  )
                }
                data-testid={`column-${place}`}
              />
            </li>
          )
        })}
      </ul>
      <Checkbox
        mt="md"
        label={t('imports.hasHeader')}
        checked={pending?.has_header ?? job.has_header}
        onChange={(event) => configure.mutate({ has_header: event.currentTarget.checked }, { onError })}
      />
    </Section>
  )
}

/** What is to be done with contacts that are there already, with tags, and with numbers without a country. */
import { MultiSelect, Select, Switch } from '@mantine/core'
import type { ContactImport } from '@/shared/api/types'
import { useTags } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { Section } from '@/shared/ui/Section'
import { toast } from '@/shared/ui/toast'
import classes from './imports.module.css'
import { type ImportChanges, useConfigure } from './queries'

/** Where the numbers of our customers' customers are from, mostly; the server knows all others. */
const REGIONS = ['BR', 'AR', 'BO', 'CL', 'CO', 'EC', 'ES', 'GB', 'MX', 'PE', 'PT', 'PY', 'US', 'UY', 'VE']

export function Options({ job }: { job: ContactImport }) {
  const { t, language } = useTranslation('contacts')
  const errorText = useErrorText()
  const tags = useTags()
  const configure = useConfigure(job.id)
  const now = { ...job, ...(configure.isPending ? configure.variables : {}) }
  function change(changes: ImportChanges): void {
    configure.mutate(changes, {
      onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
    })
  }
  const names = new Intl.DisplayNames(language, { type: 'region' })
  const regions = REGIONS.includes(job.region) ? REGIONS : [job.region, ...REGIONS]
  return (
    <Section title={t('imports.options')}>
      <div className={classes.options}>
        <Select
          label={t('imports.existing')}
          allowDeselect={false}
          data={(['update', 'skip'] as const).map((value) => ({
            value,
            label: t(`imports.onExisting.${value}`),
          }))}
          value={now.on_existing}
          onChange={(value) => change({ on_existing: value === 'skip' ? 'skip' : 'update' })}
        />
        <Select
          label={t('imports.region')}
          searchable
          allowDeselect={false}
          data={regions.map((value) => ({ value, label: names.of(value) ?? value }))}
          value={now.region}
          onChange={(value) => value && change({ region: value })}
        />
        <MultiSelect
          label={t('imports.tags')}
          searchable
          data={tags.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={now.tags.map(String)}
          onChange={(chosen) => change({ tags: chosen.map(Number) })}
        />
        {now.mapping.includes('tags') && (
          <Switch
            label={t('imports.makeTags')}
            checked={now.make_tags}
            onChange={(event) => change({ make_tags: event.currentTarget.checked })}
          />
        )}
      </div>
    </Section>
  )
}

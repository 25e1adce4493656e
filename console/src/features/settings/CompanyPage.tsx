/** The company: name, time zone, language. */
import { Button, NativeSelect, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { Company, Language } from '@/shared/api/types'
import { languageNames, languages } from '@/shared/i18n'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { Failed, Loading } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import classes from './forms.module.css'
import { type CompanyChanges, companyQuery, useChangeCompany } from './queries'

export function CompanyPage() {
  const { t } = useTranslation('settings')
  const company = useQuery(companyQuery)
  return (
    <Page title={t('company.title')} width="narrow">
      {company.isPending && <Loading rows={3} />}
      {company.isError && <Failed error={company.error} onRetry={() => void company.refetch()} />}
      {company.data && <CompanyForm company={company.data} />}
    </Page>
  )
}

function CompanyForm({ company }: { company: Company }) {
  const { t } = useTranslation(['settings', 'common'])
  const canWrite = useCan('company.write')
  const errorText = useErrorText()
  const change = useChangeCompany()
  const { name, timezone, language } = company
  const form = useForm<CompanyChanges & Record<string, unknown>>({
    initialValues: { name, timezone, language },
  })
  function save(values: CompanyChanges): void {
    change.mutate(values, {
      onSuccess: () => {
        form.resetDirty()
        void toast({ message: t('company.saved') })
      },
      onError: (error) => {
        if (!showFieldErrors(form, error)) void toast({ message: errorText(error), tone: 'danger' })
      },
    })
  }
  return (
    <Section title={t('company.data')} description={canWrite ? undefined : t('readOnly')}>
      <form onSubmit={form.onSubmit(save)}>
        <fieldset className={classes.fields} disabled={!canWrite}>
          <TextInput
            label={t('company.name')}
            required
            withAsterisk={false}
            {...form.getInputProps('name')}
          />
          <Select
            label={t('company.timezone')}
            description={t('company.timezoneHint')}
            data={timeZones(timezone)}
            searchable
            disabled={!canWrite}
            allowDeselect={false}
            nothingFoundMessage={t('company.noTimezone')}
            {...form.getInputProps('timezone')}
          />
          <NativeSelect
            label={t('company.language')}
            description={t('company.languageHint')}
            data={languages.map((value: Language) => ({ value, label: languageNames[value] }))}
            {...form.getInputProps('language')}
          />
          {canWrite && (
            <Button
              type="submit"
              className={classes.submit}
              loading={change.isPending}
              disabled={!form.isDirty()}
            >
              {t('common:save')}
            </Button>
          )}
        </fieldset>
      </form>
    </Section>
  )
}

function timeZones(current: string): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return known.includes(current) ? known : [current, ...known]
}

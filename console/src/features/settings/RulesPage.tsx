/** The company's settings that have no page of their own, made from what the server declares. */
import { Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { SettingSchema } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import classes from './forms.module.css'
import { type SettingValues, settingsQuery, settingsSchemaQuery, useChangeSettings } from './queries'
import { sectionsOf } from './rules'
import { SettingField } from './SettingField'

/** How the names of settings begin that the page of their topic draws. */
const ELSEWHERE =
  /^(agent_capacity|assign_to_|owner_first|inactivity_|rating|hours|out_of_hours|vacation|acceptance|transfer|position|farewell|accept_audio|audio_|accept_calls|call_|greet_|menu_|consent|mask_|hide_)/

export function RulesPage() {
  const { t } = useTranslation('settings')
  const schema = useQuery({ ...settingsSchemaQuery, select: ours })
  const values = useQuery(settingsQuery)
  const failed = [schema, values].find(({ isError }) => isError)
  return (
    <Page title={t('rules.title')} description={t('rules.text')} width="narrow">
      {failed && (
        <Failed error={failed.error} onRetry={() => void Promise.all([schema.refetch(), values.refetch()])} />
      )}
      {!failed && (schema.isPending || values.isPending) && <Loading rows={4} />}
      {schema.data?.length === 0 && <Empty title={t('rules.empty')} />}
      {schema.data && schema.data.length > 0 && values.data && (
        <RulesForm schema={schema.data} values={values.data} />
      )}
    </Page>
  )
}

function ours(schema: SettingSchema[]): SettingSchema[] {
  return schema.filter(({ key }) => !ELSEWHERE.test(key))
}

function RulesForm({ schema, values }: { schema: SettingSchema[]; values: SettingValues }) {
  const { t } = useTranslation(['settings', 'common'])
  const canWrite = useCan('company.write')
  const errorText = useErrorText()
  const change = useChangeSettings()
  const form = useForm<SettingValues>({
    initialValues: Object.fromEntries(schema.map(({ key, default: preset }) => [key, values[key] ?? preset])),
  })
  function save(fields: SettingValues): void {
    const changed = schema.filter(({ key }) => form.isDirty(key))
    change.mutate(Object.fromEntries(changed.map(({ key }) => [key, fields[key]])), {
      onSuccess: () => {
        form.resetDirty()
        void toast({ message: t('rules.saved') })
      },
      onError: (error) => {
        if (!showFieldErrors(form, error)) void toast({ message: errorText(error), tone: 'danger' })
      },
    })
  }
  return (
    <form onSubmit={form.onSubmit(save)}>
      {sectionsOf(schema).map(([section, settings]) => (
        <Section
          key={section}
          title={t(`rules.sections.${section}`)}
          description={canWrite ? undefined : t('readOnly')}
        >
          <fieldset className={classes.settings} disabled={!canWrite}>
            {settings.map((setting) => (
              <SettingField key={setting.key} setting={setting} {...form.getInputProps(setting.key)} />
            ))}
          </fieldset>
        </Section>
      ))}
      {form.isDirty() && (
        <div className={classes.bar}>
          <span>{t('unsaved')}</span>
          <Button variant="default" onClick={() => form.reset()}>
            {t('discard')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('common:save')}
          </Button>
        </div>
      )}
    </form>
  )
}

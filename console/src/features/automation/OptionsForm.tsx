/** A page of options: nothing is saved until the bar below says so. */
import { Button } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api, call } from '@/shared/api/client'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan } from '@/shared/session/store'
import { Page } from '@/shared/ui/Page'
import { Failed, Loading } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import classes from './automation.module.css'
import { type OptionValues, optionsQuery, useChangeOptions } from './queries'

export type Phrases = Record<string, string>
export interface OptionsBodyProps {
  form: UseFormReturnType<OptionValues>
  /** What is said while a text is empty. */
  phrases: Phrases
  canWrite: boolean
}

interface OptionsPageProps {
  title: string
  text: string
  children: (props: OptionsBodyProps) => ReactNode
}

export function OptionsPage({ title, text, children }: OptionsPageProps) {
  const options = useQuery(optionsQuery)
  const phrases = useQuery({
    queryKey: ['phrases'],
    queryFn: async () => (await call(api.GET('/api/phrases/'))) as Phrases,
    staleTime: 300_000,
  })
  const failed = [options, phrases].find(({ isError }) => isError)
  return (
    <Page title={title} description={text} width="narrow">
      {failed && (
        <Failed
          error={failed.error}
          onRetry={() => void Promise.all([options.refetch(), phrases.refetch()])}
        />
      )}
      {!failed && (options.isPending || phrases.isPending) && <Loading rows={5} />}
      {options.data && phrases.data && (
        <OptionsForm options={options.data} phrases={phrases.data}>
          {children}
        </OptionsForm>
      )}
    </Page>
  )
}

/** The template of a text, for customers who cannot be told by text any more. */
export function outside(form: OptionsBodyProps['form'], occasion: string) {
  const key = `${occasion}_template`
  return {
    value: String(form.values[key] ?? ''),
    error: form.errors[key],
    onChange: (value: string) => form.setFieldValue(key, value),
  }
}

interface OptionsFormProps {
  options: OptionValues
  phrases: Phrases
  children: OptionsPageProps['children']
}

function OptionsForm({ options, phrases, children }: OptionsFormProps) {
  const { t } = useTranslation(['automation', 'settings'])
  const canWrite = useCan('company.write')
  const errorText = useErrorText()
  const change = useChangeOptions()
  const form = useForm<OptionValues>({ initialValues: options })
  function save(values: OptionValues): void {
    const changed = Object.keys(values).filter((key) => form.isDirty(key))
    change.mutate(Object.fromEntries(changed.map((key) => [key, values[key]])), {
      onSuccess: () => {
        form.resetDirty()
        void toast({ message: t('settingsSaved') })
      },
      onError: (error) => {
        if (!showFieldErrors(form, error)) void toast({ message: errorText(error), tone: 'danger' })
      },
    })
  }
  return (
    <form onSubmit={form.onSubmit(save)}>
      {!canWrite && <p className={classes.muted}>{t('settings:readOnly')}</p>}
      <fieldset className={classes.fieldset} disabled={!canWrite}>
        {children({ form, phrases, canWrite })}
      </fieldset>
      {form.isDirty() && (
        <div className={classes.bar}>
          <span>{t('settings:unsaved')}</span>
          <Button variant="default" onClick={() => form.reset()}>
            {t('settings:discard')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('common:save')}
          </Button>
        </div>
      )}
    </form>
  )
}

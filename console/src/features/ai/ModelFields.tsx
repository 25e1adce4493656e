/** Which model does what; the names are offered from the provider's own list of this moment. */
import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './ai.module.css'
import type { FieldsProps } from './fields'
import { modelsQuery, type Provider } from './queries'
import { ABILITIES } from './values'

export function ModelFields({ form, provider }: FieldsProps) {
  const { t } = useTranslation('ai')
  const list = useId()
  return (
    <section className={classes.part} aria-label={t('models')}>
      <h3 className={classes.partTitle}>{t('models')}</h3>
      {provider ? (
        <Offered provider={provider} list={list} />
      ) : (
        <p className="hd-muted">{t('modelsLater')}</p>
      )}
      <div className={classes.row}>
        {ABILITIES.filter((name) => form.values.kind === 'openai' || name === 'transcription').map((name) => (
          <TextInput
            key={name}
            label={t(`abilities.${name}`)}
            list={list}
            autoComplete="off"
            placeholder={t('none')}
            {...form.getInputProps(`${name}_model`)}
          />
        ))}
        {form.values.kind === 'openai' && <TextInput label={t('voice')} {...form.getInputProps('voice')} />}
      </div>
    </section>
  )
}

function Offered({ provider, list }: { provider: Provider; list: string }) {
  const { t } = useTranslation('ai')
  const errorText = useErrorText()
  const models = useQuery(modelsQuery(provider.id))
  const chosen: string[] = ABILITIES.map((name) => provider[`${name}_model`])
  const ending = models.data?.filter(({ id, shutdown_date }) => shutdown_date && chosen.includes(id)) ?? []
  return (
    <>
      <datalist id={list}>
        {models.data?.map(({ id }) => (
          <option key={id} value={id} />
        ))}
      </datalist>
      <p className="hd-muted">
        {models.isPending && t('modelsLoading')}
        {models.isError && errorText(models.error)}
        {models.data && t('modelsFound', { count: models.data.length })}
      </p>
      {ending.map(({ id, shutdown_date }) => (
        <p key={id} className={classes.note}>
          {t('modelEnds', { model: id, day: shutdown_date })}
        </p>
      ))}
    </>
  )
}

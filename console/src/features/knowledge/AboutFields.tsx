/** What a document is called, whom it concerns, and its language. */
import { Autocomplete, Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '@/shared/i18n/translate'
import { type About, sectorsQuery } from './queries'

export function SectorField(props: Record<string, unknown>) {
  const { t } = useTranslation('knowledge')
  const { data: sectors = [] } = useQuery(sectorsQuery)
  return (
    <Autocomplete
      label={t('sector')}
      description={t('sectorHelp')}
      maxLength={60}
      data={sectors}
      {...props}
    />
  )
}

export function AboutFields<Values extends About>({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation('knowledge')
  return (
    <>
      <TextInput label={t('documents.name')} maxLength={200} {...form.getInputProps('name')} />
      <SectorField {...form.getInputProps('sector')} />
      <Select
        label={t('language')}
        data={(['', 'pt', 'en', 'es'] as const).map((value) => ({
          value,
          label: t(`languages.${value || 'any'}`),
        }))}
        allowDeselect={false}
        {...form.getInputProps('language')}
      />
    </>
  )
}

/** Which template speaks instead of an automatic text when the customer wrote more than 24 hours ago. */
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { usableTemplatesQuery } from './queries'

interface OutsideFieldProps {
  /** name/language, or nothing. */
  value: string
  error?: ReactNode
  isReadOnly?: boolean
  onChange: (value: string) => void
}

export function OutsideField({ value, error, isReadOnly = false, onChange }: OutsideFieldProps) {
  const { t } = useTranslation('templates')
  const { data: templates = [] } = useQuery(usableTemplatesQuery(null))
  const usable = templates
    .filter(({ category }) => category !== 'authentication')
    .map(({ name, language }) => `${name}/${language}`)
  // One that was paused meanwhile stays what it is until somebody chooses another.
  const known = [...new Set([...usable, ...(value ? [value] : [])])]
  return (
    <Select
      label={t('outside')}
      description={t('outsideHelp')}
      placeholder={t('outsideNone')}
      data={known.map((one) => ({ value: one, label: one.replace('/', ' · ') }))}
      value={value || null}
      error={error}
      disabled={isReadOnly}
      clearable
      searchable
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  )
}

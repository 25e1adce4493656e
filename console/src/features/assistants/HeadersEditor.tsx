/** Secret headers: written once, never shown again. */
import { ActionIcon, Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { IconPlus, IconTrash } from '@/shared/ui/icons'
import classes from './assistants.module.css'

type Headers = Record<string, string | null>

interface HeadersEditorProps {
  value: Headers
  onChange: (value: Headers) => void
}

export function HeadersEditor({ value, onChange }: HeadersEditorProps) {
  const { t } = useTranslation('assistants')
  const [rows, setRows] = useState<[string, string | null][]>(Object.entries(value))
  function change(next: [string, string | null][]): void {
    setRows(next)
    onChange(Object.fromEntries(next.filter(([name]) => name.trim())))
  }
  const put = (at: number, row: [string, string | null]) =>
    change(rows.map((one, index) => (index === at ? row : one)))
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t('http.headers')}</legend>
      <p className={classes.muted}>{t('http.headersHelp')}</p>
      {rows.map(([name, secret], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other identity while they are written
        <div key={at} className={classes.argument}>
          <div className={classes.argumentFields}>
            <TextInput
              label={t('http.headerName')}
              value={name}
              maxLength={80}
              onChange={({ currentTarget }) => put(at, [currentTarget.value, secret])}
            />
            <PasswordInput
              label={t('http.headerValue')}
              placeholder={secret === null ? t('http.headerKept') : undefined}
              value={secret ?? ''}
              onChange={({ currentTarget }) => put(at, [name, currentTarget.value || null])}
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={t('http.removeArgument', { name })}
            onClick={() => change(rows.filter((_, index) => index !== at))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        onClick={() => change([...rows, ['', '']])}
      >
        {t('http.addHeader')}
      </Button>
    </fieldset>
  )
}

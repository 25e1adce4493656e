/** Narrowing the ledger down. What another screen chose (a conversation, a webhook) can be taken off. */
import { CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useConnections } from '@/shared/directory/queries'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './ledger.module.css'
import { DAYS, type LedgerSearch, type Show } from './search'
import { ATTEMPT_OUTCOMES, KINDS, OUTCOMES, PAYLOAD_STATES } from './words'

interface FiltersProps {
  show: Show
  search: LedgerSearch
  onChange: (search: LedgerSearch) => void
}

const CHOICES = { events: OUTCOMES, attempts: ATTEMPT_OUTCOMES, payloads: PAYLOAD_STATES }
const TAKEN = ['ticket', 'contact', 'payload'] as const

export function Filters({ show, search, onChange }: FiltersProps) {
  const { t } = useTranslation('ledger')
  const connections = useConnections()
  const set = (change: LedgerSearch) => onChange({ ...search, ...change })
  return (
    <div className={classes.filters}>
      <NativeSelect
        aria-label={t('period')}
        value={String(search.days ?? '')}
        data={[
          { value: '', label: t('always') },
          ...DAYS.map((count) => ({ value: String(count), label: t('lastDays', { count }) })),
        ]}
        onChange={({ currentTarget: { value } }) => set({ days: Number(value) || undefined })}
      />
      <NativeSelect
        aria-label={t('outcome')}
        value={search.outcome ?? ''}
        data={[
          { value: '', label: t('everyOutcome') },
          ...CHOICES[show].map((value) => ({ value, label: t(`outcomes.${show}.${value}`) })),
        ]}
        onChange={({ currentTarget: { value } }) => set({ outcome: value || undefined })}
      />
      {show === 'events' && (
        <NativeSelect
          aria-label={t('kind')}
          value={search.kind ?? ''}
          data={[
            { value: '', label: t('everyKind') },
            ...KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
          ]}
          onChange={({ currentTarget: { value } }) => set({ kind: value || undefined })}
        />
      )}
      {show !== 'payloads' && (
        <>
          <NativeSelect
            aria-label={t('connection')}
            value={String(search.connection ?? '')}
            data={[
              { value: '', label: t('everyConnection') },
              ...connections.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={({ currentTarget: { value } }) => set({ connection: Number(value) || undefined })}
          />
          <MessageId value={search.message ?? ''} onChange={(message) => set({ message })} />
        </>
      )}
      {TAKEN.filter((key) => search[key]).map((key) => (
        <span key={key} className={classes.chip}>
          {t(`only.${key}`, { id: search[key] })}
          <CloseButton size="sm" aria-label={t('takeOff')} onClick={() => set({ [key]: undefined })} />
        </span>
      ))}
    </div>
  )
}

/** Sent when the field is left or Enter is pressed: an id is pasted, not typed. */
function MessageId({ value, onChange }: { value: string; onChange: (id: string | undefined) => void }) {
  const { t } = useTranslation('ledger')
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const send = () => text.trim() !== value && onChange(text.trim() || undefined)
  return (
    <TextInput
      className={classes.message}
      aria-label={t('messageId')}
      placeholder={t('messageId')}
      value={text}
      maxLength={255}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={send}
      onKeyDown={({ key }) => key === 'Enter' && send()}
    />
  )
}

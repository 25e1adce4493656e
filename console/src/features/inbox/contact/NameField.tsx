/** The contact's name; press it to change it. */
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { Breakable } from '@/shared/ui/Breakable'
import { IconEdit } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { useSaveContact } from '../data/contact'
import { useRefusalText } from '../data/refusals'
import classes from './ContactPanel.module.css'

interface NameFieldProps {
  contact: number
  name: string
  shown: string
}

export function NameField({ contact, name, shown }: NameFieldProps) {
  const { t } = useTranslation('inbox')
  const mayWrite = useCan('contacts.write')
  const refusalText = useRefusalText()
  const save = useSaveContact(contact)
  const [draft, setDraft] = useState<string | null>(null)
  function finish(): void {
    const next = draft?.trim() ?? ''
    setDraft(null)
    if (next && next !== name)
      save.mutate(
        { name: next },
        { onError: (error) => void toast({ message: refusalText(error), tone: 'danger' }) },
      )
  }
  if (draft === null) {
    return (
      <h2 className={classes.name}>
        <span className={classes.nameText}>
          <Breakable text={shown} />
        </span>
        {mayWrite && (
          <button
            type="button"
            className={classes.copy}
            onClick={() => setDraft(name)}
            aria-label={t('contact.rename')}
            title={t('contact.rename')}
          >
            <IconEdit size={15} aria-hidden />
          </button>
        )}
      </h2>
    )
  }
  return (
    <TextInput
      ref={(input) => input?.focus()}
      size="sm"
      value={draft}
      aria-label={t('contact.name')}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish()
        if (event.key !== 'Escape') return
        event.stopPropagation()
        setDraft(null)
      }}
    />
  )
}

/** Finds the other half of a contact, shows what will be, and makes one of two. */
import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Contact } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { contactTitle, formatPhone } from '@/shared/lib/phone'
import { Avatar } from '@/shared/ui/Avatar'
import { IconSearch } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { Choice } from '../merge/Choice'
import classes from '../merge/merge.module.css'
import { OpenTickets } from '../merge/OpenTickets'
import { useJoin } from '../merge/useJoin'
import { foundQuery } from '../queries'

interface MergeDialogProps {
  contact: Contact
  onClose: () => void
}

export function MergeDialog({ contact, onClose }: MergeDialogProps) {
  const { t } = useTranslation(['contacts', 'common'])
  const [other, setOther] = useState<Contact | null>(null)
  return (
    <Modal
      opened
      size={other ? 640 : 460}
      onClose={onClose}
      title={t('merge.title', { name: contactTitle(contact) })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {other ? (
        <Preview pair={[contact, other]} onBack={() => setOther(null)} onDone={onClose} />
      ) : (
        <Search except={contact.id} onPick={setOther} />
      )}
    </Modal>
  )
}

function Search({ except, onPick }: { except: number; onPick: (contact: Contact) => void }) {
  const { t } = useTranslation('contacts')
  const [text, setText] = useState('')
  const [words] = useDebouncedValue(text.trim(), 200)
  const { data = [] } = useQuery(foundQuery(words))
  const found = words.length > 1 ? data.filter(({ id }) => id !== except) : []
  return (
    <>
      <TextInput
        data-autofocus
        type="search"
        label={t('merge.search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={16} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ul className={classes.found}>
        {found.map((contact) => (
          <li key={contact.id}>
            <button
              type="button"
              className={classes.option}
              onClick={() => onPick(contact)}
              data-testid={`merge-with-${contact.id}`}
            >
              <Avatar name={contactTitle(contact)} size={34} />
              <span className={classes.both}>
                <span className="hd-ellipsis">{contactTitle(contact)}</span>
                <span className="hd-muted hd-ellipsis">
                  {[formatPhone(contact.number), contact.email].filter(Boolean).join(' · ')}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {words.length > 1 && found.length === 0 && (
        <p className="hd-muted">{t('notFound', { search: words })}</p>
      )}
    </>
  )
}

interface PreviewProps {
  pair: readonly [Contact, Contact]
  onBack: () => void
  onDone: () => void
}

function Preview({ pair, onBack, onDone }: PreviewProps) {
  const { t } = useTranslation('contacts')
  const navigate = useNavigate()
  const [chosen, setChosen] = useState({ into: pair[0].id, picks: {} })
  const { join, isBusy, mustAgree, ...open } = useJoin(pair, (merge) => {
    onDone()
    void navigate({ to: '/contacts/$contact', params: { contact: String(merge.survivor.id) } })
    void toast({ message: t('merge.done', { name: merge.survivor.display_name }) })
  })
  return (
    <>
      <Choice pair={pair} chosen={chosen} onChange={setChosen} />
      <p className={classes.result}>{t('merge.text')}</p>
      <OpenTickets tickets={open.tickets} isAgreed={open.isAgreed} onAgree={open.setAgreed} />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onBack}>
          {t('back')}
        </Button>
        <Button
          loading={isBusy}
          disabled={mustAgree}
          onClick={() => join(chosen)}
          data-testid="merge-confirm"
        >
          {t('merge.confirm')}
        </Button>
      </Group>
    </>
  )
}

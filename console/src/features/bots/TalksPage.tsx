/** A person's own talks with the company's gateway bot: the list, and the one that is open. */
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Talk } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconPlus, IconSend, IconTrash } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Failed, Loading, NoPermission } from '@/shared/ui/states'
import { PhoneBubble } from '@/shared/variables/PhoneBubble'
import classes from './bots.module.css'
import { talkMessagesQuery, talksQuery, useDeleteTalk, useSay } from './queries'

export function TalksPage() {
  const { t } = useTranslation('bots')
  const canUse = useCan('ai.use')
  const [open, setOpen] = useState<number | null>(null)
  const start = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen(null)}>
      {t('talks.add')}
    </Button>
  )
  return (
    <Page title={t('talks.title')} description={t('talks.text')} actions={canUse && start}>
      {canUse ? (
        <div className={classes.talks}>
          <Talks open={open} onOpen={setOpen} />
          <OneTalk key={open ?? 'new'} talk={open} onBegun={setOpen} />
        </div>
      ) : (
        <NoPermission />
      )}
    </Page>
  )
}

function Talks({ open, onOpen }: { open: number | null; onOpen: (id: number | null) => void }) {
  const { t } = useTranslation('bots')
  const talks = useQuery(talksQuery)
  const remove = useDeleteTalk()
  if (talks.isPending) return <Loading />
  if (talks.isError) return <Failed error={talks.error} onRetry={() => void talks.refetch()} />
  function drop(talk: Talk): void {
    remove.mutate(talk, { onSuccess: () => talk.id === open && onOpen(null) })
  }
  return (
    <ul className={classes.talkList} aria-label={t('talks.title')}>
      {talks.data.map((talk) => (
        <li key={talk.id} className={classes.talk} data-chosen={talk.id === open || undefined}>
          <button type="button" className={classes.talkName} onClick={() => onOpen(talk.id)}>
            {talk.name}
          </button>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('talks.delete', { name: talk.name })}
            onClick={() => drop(talk)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </li>
      ))}
      {talks.data.length === 0 && <li className={classes.none}>{t('talks.empty')}</li>}
    </ul>
  )
}

function OneTalk({ talk, onBegun }: { talk: number | null; onBegun: (id: number) => void }) {
  const { t } = useTranslation('bots')
  const errorText = useErrorText()
  const messages = useQuery({ ...talkMessagesQuery(talk ?? 0), enabled: talk !== null })
  const say = useSay(talk)
  const [said, setSaid] = useState('')
  function send(event: FormEvent): void {
    event.preventDefault()
    const text = said.trim()
    if (!text || say.isPending) return
    setSaid('')
    say.mutate(text, {
      onSuccess: (answer) => onBegun(answer.talk.id),
      onSettled: () => void messages.refetch(),
    })
  }
  return (
    <section className={classes.phone} aria-label={t('talks.chat')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={classes.chat} role="log" tabIndex={0} aria-label={t('talks.chat')}>
        {talk === null && !say.isPending && <p className={classes.outcome}>{t('talks.begin')}</p>}
        {messages.data?.map(({ id, type, content, state }) => (
          <PhoneBubble key={id} text={state === 'waiting' ? '…' : content} isTheirs={type === 'user'} />
        ))}
        {say.isPending && (
          <>
            <PhoneBubble text={say.variables} isTheirs />
            <PhoneBubble text="…" />
          </>
        )}
        {say.isError && (
          <p className={classes.outcome} role="alert">
            {errorText(say.error)}
          </p>
        )}
      </div>
      <form className={classes.say} onSubmit={send}>
        <TextInput
          className={classes.grow}
          aria-label={t('talks.say')}
          placeholder={t('talks.say')}
          value={said}
          maxLength={4096}
          onChange={(event) => setSaid(event.currentTarget.value)}
        />
        <ActionIcon type="submit" size="lg" aria-label={t('send')} loading={say.isPending}>
          <IconSend size={16} />
        </ActionIcon>
      </form>
    </section>
  )
}

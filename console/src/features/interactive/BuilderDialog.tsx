/** Writes a message with something to tap: kind, fields with counters, and what the phone will show. */
import { Alert, Button, Group, Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import type { Rendered, SendRequest, Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { Failed, Loading } from '@/shared/ui/states'
import { draftOf, KINDS, newDraft, type OfferKind, problemsOf, requestOf, SAYABLE } from './draft'
import { Fields } from './Fields'
import { FormContext } from './form'
import classes from './interactive.module.css'
import { KeepForm } from './KeepForm'
import { KindPicker } from './KindPicker'
import { Preview } from './Preview'
import { kindsQuery } from './queries'

interface BuilderDialogProps {
  ticket: Ticket
  /** What was already written in the message field. */
  text: string
  /** The quick reply that it begins with. */
  start: Rendered | null
  onSend: (message: Pick<SendRequest, 'kind' | 'body' | 'content'>) => void
  onClose: () => void
}

export function BuilderDialog({ ticket, text, start, onSend, onClose }: BuilderDialogProps) {
  const { t } = useTranslation(['interactive', 'common'])
  const isPhone = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false })
  const kinds = useQuery(kindsQuery(ticket.connection.id))
  const [draft, setDraft] = useState(() => (start ? draftOf(start) : newDraft(text)))
  const [isTried, setTried] = useState(false)
  const [isKeeping, setKeeping] = useState(false)
  const fields = useRef<HTMLDivElement>(null)
  const sendButton = useRef<HTMLButtonElement>(null)
  const able = kinds.data?.kinds ?? []
  const possible = KINDS.filter((kind) => able.includes(kind) || SAYABLE.includes(kind))
  const limits = kinds.data?.limits
  const problems = useMemo(() => problemsOf(draft, limits ?? {}), [draft, limits])
  const form = {
    connection: ticket.connection.id,
    draft,
    most: limits?.[draft.kind] ?? {},
    change: (patch: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...patch })),
    // Nobody is told that a field is empty before they want to send it.
    problemAt: (place: string) => (isTried || problems[place] !== 'required' ? problems[place] : undefined),
  }

  function keptOrNot(): void {
    setKeeping(false)
    sendButton.current?.focus() // the button that was pressed is gone
  }

  function choose(kind: OfferKind): void {
    setTried(false)
    form.change({ kind })
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    ifRight(() => onSend(requestOf(draft)))
  }

  function ifRight(go: () => void): void {
    setTried(true)
    if (Object.keys(problems).length === 0) go()
    else
      requestAnimationFrame(() =>
        fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      )
  }

  return (
    <Modal
      opened
      size={880}
      fullScreen={isPhone}
      onClose={onClose}
      title={t('interactive:title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {kinds.isError ? (
        <Failed error={kinds.error} onRetry={() => void kinds.refetch()} />
      ) : !kinds.data ? (
        <Loading rows={4} />
      ) : (
        <FormContext value={form}>
          <form onSubmit={submit} noValidate data-testid="builder">
            <KindPicker kind={draft.kind} possible={possible} onChange={choose} />
            {!able.includes(draft.kind) && (
              <Alert color="yellow" mb="sm">
                {t('interactive:asText')}
              </Alert>
            )}
            <div className={classes.columns}>
              <div ref={fields} className={classes.fields}>
                <Fields />
              </div>
              <Preview />
            </div>
            {isKeeping && <KeepForm onDone={keptOrNot} />}
            <Group justify="flex-end" mt="lg" gap="xs">
              {!isKeeping && !draft.file && (
                <Button
                  variant="subtle"
                  mr="auto"
                  data-testid="keep-offer"
                  onClick={() => ifRight(() => setKeeping(true))}
                >
                  {t('interactive:keep.open')}
                </Button>
              )}
              <Button variant="default" onClick={onClose}>
                {t('common:cancel')}
              </Button>
              <Button ref={sendButton} type="submit" data-testid="send-offer">
                {t('interactive:send')}
              </Button>
            </Group>
          </form>
        </FormContext>
      )}
    </Modal>
  )
}

/** Runs a macro on the open conversation: chosen from a list, seen before it happens, then done in one step. */
import { Button, Group, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { macrosQuery } from '@/shared/answers/queries'
import type { Macro, MacroDone, Ticket } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { IconMacro } from '@/shared/ui/icons'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { MacroList } from './MacroList'
import classes from './macros.module.css'
import { rehearsalQuery, useRunMacro } from './queries'
import { StepLine } from './StepLine'

interface MacroDialogProps {
  ticket: Ticket
  /** The one to begin with; null asks. */
  macro: number | null
  onDone: (done: MacroDone, name: string) => void
  onClose: () => void
}

export function MacroDialog({ ticket, macro, onDone, onClose }: MacroDialogProps) {
  const { t } = useTranslation(['macros', 'common'])
  const macros = useQuery(macrosQuery)
  const [chosen, setChosen] = useState(macro)
  const found = macros.data?.find(({ id }) => id === chosen)
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={found ? found.name : t('macros:run.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {macros.isPending && <Loading rows={4} height={40} />}
      {macros.isError && <Failed error={macros.error} onRetry={() => void macros.refetch()} />}
      {macros.data?.length === 0 && (
        <Empty icon={IconMacro} title={t('macros:empty')}>
          {t('macros:run.none')}
        </Empty>
      )}
      {found ? (
        <Rehearsal
          key={found.id}
          macro={found}
          ticket={ticket}
          onBack={macro === null ? () => setChosen(null) : onClose}
          onDone={onDone}
        />
      ) : (
        macros.data &&
        macros.data.length > 0 && <MacroList macros={macros.data} onChoose={({ id }) => setChosen(id)} />
      )}
    </Modal>
  )
}

interface RehearsalProps {
  macro: Macro
  ticket: Ticket
  onBack: () => void
  onDone: (done: MacroDone, name: string) => void
}

/** What would happen now; what cannot be done says why, and then nothing is done. */
function Rehearsal({ macro, ticket, onBack, onDone }: RehearsalProps) {
  const { t } = useTranslation(['macros', 'common'])
  const errorText = useErrorText()
  const steps = useQuery(rehearsalQuery(macro.id, ticket.id))
  const run = useRunMacro(ticket.id)
  const [clientId] = useState(() => crypto.randomUUID())
  const isPossible = steps.data?.every(({ problem }) => problem === null) ?? false
  function start(): void {
    run.mutate(
      { macro: macro.id, client_id: clientId },
      { onSuccess: (done) => onDone(done, macro.name), onError: () => void steps.refetch() },
    )
  }
  return (
    <>
      <p className={classes.lead}>{t(isPossible || !steps.data ? 'macros:run.lead' : 'macros:run.stuck')}</p>
      {steps.isPending && <Loading rows={macro.steps.length} height={44} />}
      {steps.isError && <Failed error={steps.error} onRetry={() => void steps.refetch()} />}
      {steps.data && (
        <ol className={classes.report} data-testid="macro-preview">
          {steps.data.map((step, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are told apart by their place alone
            <StepLine key={place} step={step} />
          ))}
        </ol>
      )}
      {run.isError && (
        <p className={classes.lack} role="alert">
          {errorText(run.error)}
        </p>
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onBack}>
          {t('macros:run.back')}
        </Button>
        <Button
          data-autofocus
          disabled={!isPossible}
          loading={run.isPending}
          onClick={start}
          data-testid="run-macro"
        >
          {t('macros:run.run')}
        </Button>
      </Group>
    </>
  )
}

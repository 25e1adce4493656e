/** Writes a macro: its name, whose it is, and its steps in order. */
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { WhoseField } from '@/shared/answers/WhoseField'
import { isApiError } from '@/shared/api/errors'
import type { Macro } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { useDeleteMacro, useSaveMacro } from './queries'
import { StepsEditor } from './StepsEditor'
import { type DraftStep, draftsOf, lackOf, written } from './steps'

export function MacroDrawer({ macro, onClose }: { macro: Macro | null; onClose: () => void }) {
  const { t } = useTranslation('macros')
  const mayShare = useCan('macros.write')
  const mayWrite = useCan('tickets.write')
  const isReadOnly = !mayWrite || (macro?.is_shared === true && !mayShare)
  const errorText = useErrorText()
  const save = useSaveMacro(macro)
  const remove = useDeleteMacro()
  const [name, setName] = useState(macro?.name ?? '')
  const [isShared, setShared] = useState(macro?.is_shared ?? mayShare)
  const [steps, setSteps] = useState<DraftStep[]>(() => draftsOf(macro?.steps ?? []))
  /** Complaints begin with the first attempt to save. */
  const [isTried, setTried] = useState(false)
  const isNamed = name.trim() !== ''
  const isWhole = isNamed && steps.length > 0 && steps.every((step) => lackOf(step) === null)
  const isTaken = isApiError(save.error) && save.error.code === 'macro_name_taken'

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (!isWhole) return
    save.mutate({ name: name.trim(), is_shared: isShared, steps: steps.map(written) }, { onSuccess: onClose })
  }

  return (
    <FormDrawer
      isOpen
      size={600}
      title={macro ? macro.name : t('add')}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      error={save.isError && !isTaken ? errorText(save.error) : null}
      isReadOnly={isReadOnly}
      aside={
        macro &&
        !isReadOnly && (
          <Button
            variant="subtle"
            color="red"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(macro, {
                onSuccess: onClose,
                onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
              })
            }
          >
            {t('delete')}
          </Button>
        )
      }
    >
      <TextInput
        label={t('name')}
        placeholder={t('nameExample')}
        maxLength={60}
        data-autofocus
        value={name}
        error={isTaken ? errorText(save.error) : isTried && !isNamed && t('nameMissing')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <StepsEditor steps={steps} onChange={setSteps} isTried={isTried} isReadOnly={isReadOnly} />
      <WhoseField isShared={isShared} mayShare={mayShare} onChange={setShared} />
    </FormDrawer>
  )
}

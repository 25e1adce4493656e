/** Says what was done, with a way back: a button in the message, and the key Z. */
import { shortcutOf } from '@/shared/actions/shortcuts'
import { useTranslation } from '@/shared/i18n/translate'
import { keyText } from '@/shared/lib/hotkeys'
import { dropOffer, toast } from '@/shared/ui/toast'
import { useRefusalText } from './data/refusals'
import { rememberAct, undoLast } from './data/undo'

export function useUndo() {
  const { t } = useTranslation('inbox')
  const refusal = useRefusalText()
  /** Without a message only the key knows. */
  return async function offer(ticket: number, message?: string): Promise<void> {
    const seconds = await rememberAct(ticket, { undone: t('undo.done'), refusal })
    if (!message) return void dropOffer()
    if (seconds === 0) return void toast({ message })
    const label = `${t('undo.undo')} (${keyText(shortcutOf('undo').keys[0])})`
    void toast({ message, undo: { label, perform: () => void undoLast(), seconds } })
  }
}

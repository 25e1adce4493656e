/** Says what was done, with a way back: a button in the message, and the key Z. */
import { shortcutOf } from '@/shared/actions/shortcuts'
import { useTranslation } from '@/shared/i18n/translate'
import { keyText } from '@/shared/lib/hotkeys'
import { dropOffer, toast } from '@/shared/ui/toast'
import { useRefusalText } from './data/refusals'
import { rememberAct, UNDO_SECONDS, undoLast } from './data/undo'

export function useUndo() {
  const { t } = useTranslation('inbox')
  const refusal = useRefusalText()
  /** Without a message only the key knows. */
  return function offer(ticket: number, message?: string): void {
    rememberAct(ticket, { undone: t('undo.done'), refusal })
    if (!message) return void dropOffer()
    const label = `${t('undo.undo')} (${keyText(shortcutOf('undo').keys[0])})`
    void toast({ message, undo: { label, perform: () => void undoLast(), seconds: UNDO_SECONDS } })
  }
}

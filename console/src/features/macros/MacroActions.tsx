/** Each macro as a line of the palette while a conversation is open. */
import { useQuery } from '@tanstack/react-query'
import { useActions } from '@/shared/actions/registry'
import { macrosQuery } from '@/shared/answers/queries'
import type { Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconMacro } from '@/shared/ui/icons'

interface MacroActionsProps {
  ticket: Ticket
  onChoose: (macro: number) => void
}

export function MacroActions({ ticket, onChoose }: MacroActionsProps) {
  const { t } = useTranslation('macros')
  const { data: macros = [] } = useQuery(macrosQuery)
  useActions(
    macros.map(({ id, name }) => ({
      id: `macro.${ticket.id}.${id}`,
      label: t('run.named', { name }),
      group: t('title'),
      icon: IconMacro,
      perform: () => onChoose(id),
    })),
  )
  return null
}

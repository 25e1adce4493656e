/** The way out of this way of connecting; not there when no other is offered. */
import { Button } from '@mantine/core'
import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconTransfer } from '@/shared/ui/icons'
import { useOtherWays } from './ways'

export function MoveButton({ connection, onClick }: { connection: Connection; onClick: () => void }) {
  const { t } = useTranslation('connections')
  const canWrite = useCan('connections.write')
  const ways = useOtherWays(connection)
  if (!canWrite || ways.length === 0) return null
  return (
    <Button
      variant="default"
      leftSection={<IconTransfer size={16} />}
      data-testid="move-number"
      onClick={onClick}
    >
      {t('move.open')}
    </Button>
  )
}

/** Trying all quarantined facts again, or those of one kind. */
import { Alert, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { toast } from '@/shared/ui/toast'
import { useReplayAll } from './queries'
import { KINDS } from './words'

export function ReplayAll({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('ledger')
  const [kind, setKind] = useState('')
  const replay = useReplayAll()
  const errorText = useErrorText()
  async function confirm(): Promise<void> {
    const { replayed } = await replay.mutateAsync({ kind: kind || undefined })
    onClose()
    await toast({ message: t('replayAll.done', { count: replayed }) })
  }
  return (
    <ConfirmDialog
      isOpen
      isDangerous={false}
      title={t('replayAll.open')}
      confirmLabel={t('replay')}
      isBusy={replay.isPending}
      onConfirm={() => void confirm().catch(() => undefined)}
      onClose={onClose}
    >
      <p>{t('replayAll.text')}</p>
      <NativeSelect
        label={t('kind')}
        value={kind}
        data={[
          { value: '', label: t('everyKind') },
          ...KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
        ]}
        onChange={({ currentTarget }) => setKind(currentTarget.value)}
      />
      {replay.isError && (
        <Alert mt="md" color="red">
          {errorText(replay.error)}
        </Alert>
      )}
    </ConfirmDialog>
  )
}

/** The button in a drawer that removes a row, and the question before it. */
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useErrorText } from '@/shared/i18n/errors'
import { ConfirmDialog } from './ConfirmDialog'
import { toast } from './toast'

interface Removal<Row> {
  isPending: boolean
  mutate: (row: Row, told: { onSuccess: () => void; onError: (error: Error) => void }) => void
}

interface DeleteAfterAskingProps<Row> {
  row: Row
  remove: Removal<Row>
  /** The verb, on both buttons. */
  label: string
  title: string
  /** What becomes of everything that used it. */
  children: ReactNode
  onDone: () => void
}

export function DeleteAfterAsking<Row>(props: DeleteAfterAskingProps<Row>) {
  const { row, remove, label, title, children, onDone } = props
  const errorText = useErrorText()
  const [isAsking, setAsking] = useState(false)
  function confirm(): void {
    remove.mutate(row, {
      onSuccess: onDone,
      onError: (error) => {
        setAsking(false)
        void toast({ message: errorText(error), tone: 'danger' })
      },
    })
  }
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {label}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={title}
        confirmLabel={label}
        isBusy={remove.isPending}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        {children}
      </ConfirmDialog>
    </>
  )
}

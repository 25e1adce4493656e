/** Rows that were deleted and can come back. Shown only when there are some. */
import { Button } from '@mantine/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { useErrorText } from '@/shared/i18n/errors'
import classes from './DeletedList.module.css'
import { toast } from './toast'

interface DeletedListProps {
  /** "2 deleted queues" */
  title: string
  rows: readonly { id: number; name: string }[] | undefined
  label: string
  /** The accessible name of each button: which one it brings back. */
  labelOf: (name: string) => string
  restore: UseMutationResult<unknown, Error, number>
}

export function DeletedList({ title, rows = [], label, labelOf, restore }: DeletedListProps) {
  const errorText = useErrorText()
  if (rows.length === 0) return null
  return (
    <details className={classes.deleted}>
      <summary className="hd-muted">{title}</summary>
      <ul className={classes.list}>
        {rows.map(({ id, name }) => (
          <li key={id} className={classes.row}>
            <span className="hd-ellipsis" title={name}>
              {name}
            </span>
            <Button
              size="xs"
              variant="default"
              aria-label={labelOf(name)}
              loading={restore.isPending && restore.variables === id}
              onClick={() =>
                restore.mutate(id, {
                  onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
                })
              }
            >
              {label}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

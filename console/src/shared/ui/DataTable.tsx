/** A table of rows on wide screens, a list of cards on phones; every settings screen uses it. */
import type { ReactNode } from 'react'
import classes from './DataTable.module.css'

export interface Column<Row> {
  key: string
  header: string
  cell: (row: Row) => ReactNode
  /** Any CSS width; columns without one share the rest. */
  width?: string
  align?: 'end'
  /** Left out on phones. */
  isWideOnly?: boolean
}

interface DataTableProps<Row> {
  /** Read aloud by screen readers. */
  caption: string
  columns: Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string | number
  /** Makes the row a way in. The first column must then hold its name. */
  onOpen?: (row: Row) => void
  /** The accessible name of that way in. */
  openLabel?: (row: Row) => string
  /** Buttons at the end of the row. */
  actions?: (row: Row) => ReactNode
  actionsLabel?: string
  actionsWidth?: string
  isDimmed?: (row: Row) => boolean
  /** On phones the further cells start where the name does, beside the picture. */
  hasAvatar?: boolean
  /** On phones each further cell is preceded by its heading. */
  hasLabels?: boolean
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, actions, actionsLabel, actionsWidth } = props
  return (
    <div className={classes.frame}>
      <table
        className={classes.table}
        data-avatar={props.hasAvatar || undefined}
        data-labels={props.hasLabels || undefined}
      >
        <caption className="hd-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                style={{ width: column.width }}
                data-align={column.align}
                data-wide={column.isWideOnly}
              >
                {column.header}
              </th>
            ))}
            {actions && (
              <th scope="col" className={classes.actions} style={{ width: actionsWidth }}>
                <span className="hd-hidden">{actionsLabel}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow key={rowKey(row)} row={row} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function TableRow<Row>({
  row,
  columns,
  onOpen,
  openLabel,
  actions,
  isDimmed,
}: DataTableProps<Row> & { row: Row }) {
  return (
    <tr data-open={onOpen ? true : undefined} data-dimmed={isDimmed?.(row) || undefined}>
      {columns.map((column, index) => (
        <td
          key={column.key}
          data-align={column.align}
          data-wide={column.isWideOnly}
          data-label={column.header}
        >
          {index === 0 && onOpen ? (
            <button
              type="button"
              className={classes.open}
              onClick={() => onOpen(row)}
              aria-label={openLabel?.(row)}
            >
              {column.cell(row)}
            </button>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
      {actions && <td className={classes.actions}>{actions(row)}</td>}
    </tr>
  )
}

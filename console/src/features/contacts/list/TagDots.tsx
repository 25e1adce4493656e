/** The tags of a contact, as many as there is room for. */
import { useTags } from '@/shared/directory/queries'
import classes from './list.module.css'

export function TagDots({ ids }: { ids: readonly number[] }) {
  const tags = useTags().filter(({ id }) => ids.includes(id))
  if (tags.length === 0) return null
  return (
    <span className={classes.tags} title={tags.map(({ name }) => name).join(', ')}>
      {tags.map(({ id, name, color }) => (
        <span key={id} className={classes.tag}>
          <span className={classes.dot} style={{ background: color }} />
          <span className="hd-ellipsis">{name}</span>
        </span>
      ))}
    </span>
  )
}

/** What Meta says of the values pasted so far: one line under each, with the reason and the fix. */
import { Button } from '@mantine/core'
import type { ProbeFindings, ProbeLine } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDate } from '@/shared/lib/dates'
import { type Icon, IconDone, IconFailed, IconHourglass, IconWarning } from '@/shared/ui/icons'
import classes from './onboarding.module.css'

const SIGNS: Record<ProbeLine['state'], Icon> = {
  ok: IconDone,
  warning: IconWarning,
  failed: IconFailed,
  waiting: IconHourglass,
}

interface LineProps {
  findings: ProbeFindings | undefined
  name: ProbeLine['name']
}

export function Line({ findings, name }: LineProps) {
  const { t } = useTranslation('connections')
  const line = findings?.lines.find((one) => one.name === name)
  if (!line || line.state === 'waiting') return null
  const Sign = SIGNS[line.state]
  const { expires_at } = line.facts
  const facts = { ...line.facts, expires_at: expires_at ? formatDate(expires_at) : '' }
  return (
    <p className={classes.line} data-state={line.state} role="status" data-testid={`probe-${name}`}>
      <Sign size={16} aria-hidden />
      <span>
        {t(`probe.${line.code}`, { ...facts, defaultValue: line.detail || line.code })}
        {line.state === 'failed' && line.detail && <small>{line.detail}</small>}
      </span>
    </p>
  )
}

interface ChoicesProps {
  label: string
  rows: { id: string; name: string; hint?: string }[]
  value: string
  onChoose: (id: string) => void
}

/** What the token leads to, so that nobody has to copy long numbers. */
export function Choices({ label, rows, value, onChoose }: ChoicesProps) {
  const open = rows.filter(({ id }) => id !== value)
  if (open.length === 0) return null
  return (
    <div className={classes.choices}>
      <span>{label}</span>
      {open.map(({ id, name, hint }) => (
        <Button key={id} size="compact-xs" variant="light" onClick={() => onChoose(id)} title={id}>
          {[name || id, hint].filter(Boolean).join(' · ')}
        </Button>
      ))}
    </div>
  )
}

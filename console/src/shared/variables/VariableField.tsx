/** A text to customers: what is typed, variables at hand, and below it what the customer will read. */
import { Textarea } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useCursor } from '@/shared/lib/useCursor'
import { PhoneBubble } from './PhoneBubble'
import { usePreview } from './queries'
import { VariableChips } from './VariableChips'
import classes from './variables.module.css'

interface VariableFieldProps {
  label: string
  description?: string
  value: string
  onChange: (value: string) => void
  error?: ReactNode
  /** Said when nothing is written. */
  preset?: string
  /** Variables of this text only. */
  extra?: readonly string[]
  /** Filled in as for this ticket; else for an example. */
  ticket?: number
  isReadOnly?: boolean
  maxLength?: number
  /** What is sent besides the text, where that is more than its variables; null shows no preview. */
  whole?: ((text: string) => string) | null
  /** Who reads it, where that is not the customer. */
  previewLabel?: string | undefined
}

export function VariableField(props: VariableFieldProps) {
  const {
    label,
    description,
    value,
    onChange,
    error,
    preset = '',
    extra = [],
    isReadOnly,
    maxLength = 1024,
    previewLabel,
    whole = (text) => text,
  } = props
  const { t } = useTranslation('automation')
  const field = useRef<HTMLTextAreaElement>(null)
  const place = useCursor(field)
  const { text, unknown } = usePreview(value || preset, props.ticket)
  function insert(name: string): void {
    const input = field.current
    const tag = `{{${name}}}`
    const [from, to] = input ? [input.selectionStart, input.selectionEnd] : [value.length, value.length]
    onChange(value.slice(0, from) + tag + value.slice(to))
    place(from + tag.length)
  }
  return (
    <div className={classes.field}>
      <Textarea
        ref={field}
        label={label}
        description={description}
        value={value}
        placeholder={preset}
        error={error ?? (unknown.length > 0 && t('variables.unknown', { names: unknown.join(', ') }))}
        onChange={(event) => onChange(event.currentTarget.value)}
        readOnly={isReadOnly}
        maxLength={maxLength}
        autosize
        minRows={2}
        maxRows={10}
      />
      {!isReadOnly && <VariableChips extra={extra} onInsert={insert} />}
      {whole && text && (
        <figure className={classes.preview}>
          <figcaption className={classes.caption}>{previewLabel ?? t('variables.preview')}</figcaption>
          <PhoneBubble text={text} />
        </figure>
      )}
    </div>
  )
}

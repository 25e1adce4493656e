/** A text field that counts what fits and says what is wrong with it. */
import { Textarea, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { useForm } from './form'
import classes from './interactive.module.css'

interface CountedProps {
  label: string
  /** The place as the server names it; its problem is shown here. */
  place: string
  value: string
  longest?: number | undefined
  onChange: (value: string) => void
  description?: string
  placeholder?: string
  isLong?: boolean
  isFirst?: boolean
  /** The label is read but not shown. */
  isBare?: boolean
}

export function Counted(props: CountedProps) {
  const { label, place, value, longest, onChange, description, placeholder, isLong, isFirst, isBare } = props
  const { t } = useTranslation('interactive')
  const { problemAt } = useForm()
  const code = problemAt(place)
  const length = value.trim().length
  const shared = {
    value,
    placeholder,
    description,
    ...(isBare ? { 'aria-label': label } : { label }),
    error: code && t(`problems.${code}`, { count: longest ?? 0 }),
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    'data-autofocus': isFirst || undefined,
    'data-testid': `field-${place}`,
    autoComplete: 'off',
  }
  const counter = longest !== undefined && (
    <span className={classes.counter} data-over={length > longest || undefined} aria-hidden>
      {length}/{longest}
    </span>
  )
  if (isLong)
    return (
      <div className={classes.long}>
        <Textarea {...shared} autosize minRows={2} maxRows={8} />
        {counter}
      </div>
    )
  return <TextInput {...shared} rightSection={counter || null} rightSectionWidth={counter ? 66 : 0} />
}

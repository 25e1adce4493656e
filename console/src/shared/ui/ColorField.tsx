/** A row of colours to choose from, each with a name. */
import { useTranslation } from '@/shared/i18n/translate'
import classes from './ColorField.module.css'
import { readableColors } from './colors'
import { IconCheck } from './icons'

interface ColorFieldProps {
  value?: string
  onChange?: (value: string) => void
}

export function ColorField({ value, onChange }: ColorFieldProps) {
  const { t } = useTranslation('common')
  const isOurs = readableColors.some((color) => color.value === value)
  const choices: { value: string; name: string }[] = [...readableColors]
  // A colour set through the API stays choosable.
  if (value && !isOurs) choices.unshift({ value, name: 'current' })
  return (
    <fieldset className={classes.colors}>
      <legend>{t('color')}</legend>
      {choices.map((color) => (
        <label
          key={color.value}
          className={classes.color}
          style={{ background: color.value }}
          title={t(`colors.${color.name}`)}
        >
          <input
            type="radio"
            name="color"
            value={color.value}
            checked={color.value === value}
            aria-label={t(`colors.${color.name}`)}
            onChange={() => onChange?.(color.value)}
          />
          <IconCheck size={18} aria-hidden />
        </label>
      ))}
    </fieldset>
  )
}

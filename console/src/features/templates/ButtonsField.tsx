/** Up to ten buttons below the words: answers, links, a phone number, a code to copy. */
import { ActionIcon, Button, Menu, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { namesIn } from '@/shared/templates/parts'
import { IconPlus, IconTrash } from '@/shared/ui/icons'
import { Counted } from './Counted'
import classes from './editor.module.css'
import { BUTTON_TYPES, type ButtonType, type DraftButton, LIMITS, newButton } from './pieces'

interface ButtonsFieldProps {
  buttons: readonly DraftButton[]
  said: (place: string) => string | undefined
  isReadOnly: boolean
  types?: readonly ButtonType[]
  most?: number
  /** Which there are is decided elsewhere: only their words are written here. */
  isFixed?: boolean
  onChange: (buttons: DraftButton[]) => void
}

/** Meta takes so many of each. */
const MOST: Record<ButtonType, number> = { QUICK_REPLY: 10, URL: 2, PHONE_NUMBER: 1, COPY_CODE: 1 }

export function ButtonsField({
  buttons,
  said,
  isReadOnly,
  types = BUTTON_TYPES,
  most = LIMITS.buttons,
  isFixed = false,
  onChange,
}: ButtonsFieldProps) {
  const { t } = useTranslation('templates')
  const room = (type: ButtonType) =>
    buttons.length < most && buttons.filter((one) => one.type === type).length < MOST[type]
  // Answers stand together, or Meta refuses them.
  const add = (type: ButtonType) => {
    const last = buttons.findLastIndex((one) => one.type === 'QUICK_REPLY')
    const place = type === 'QUICK_REPLY' && last >= 0 ? last + 1 : buttons.length
    onChange(buttons.toSpliced(place, 0, newButton(type)))
  }
  const mistake = said('buttons')
  return (
    <fieldset className={classes.examples}>
      <legend className={classes.legend}>{t('buttons')}</legend>
      {mistake && <p className={classes.problem}>{mistake}</p>}
      {buttons.map((button, index) => (
        <div key={button.key} className={classes.button}>
          <ButtonFields
            button={button}
            said={(part) => said(`buttons.${index}.${part}`)}
            onChange={(part) => onChange(buttons.with(index, { ...button, ...part }))}
          />
          {!isReadOnly && !isFixed && (
            <ActionIcon
              size={34}
              aria-label={t('removeButton', { name: button.text || t(`types.${button.type}`) })}
              onClick={() => onChange(buttons.toSpliced(index, 1))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      {!isReadOnly && !isFixed && buttons.length < most && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" size="xs" leftSection={<IconPlus size={15} aria-hidden />}>
              {t('addButton')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {types.filter(room).map((type) => (
              <Menu.Item key={type} onClick={() => add(type)}>
                {t(`types.${type}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </fieldset>
  )
}

interface ButtonFieldsProps {
  button: DraftButton
  said: (part: string) => string | undefined
  onChange: (part: Partial<DraftButton>) => void
}

function ButtonFields({
  button: { type, text, url, phone_number, example },
  said,
  onChange,
}: ButtonFieldsProps) {
  const { t } = useTranslation('templates')
  return (
    <div className={classes.buttonFields}>
      {type !== 'COPY_CODE' && (
        <TextInput
          label={<Counted label={t(`types.${type}`)} text={text} most={LIMITS.button} />}
          value={text}
          error={said('text')}
          onChange={(event) => onChange({ text: event.currentTarget.value })}
        />
      )}
      {type === 'URL' && (
        <TextInput
          label={t('url')}
          placeholder="https://example.com/order/{{1}}"
          value={url}
          error={said('url')}
          onChange={(event) => onChange({ url: event.currentTarget.value.trim() })}
        />
      )}
      {type === 'PHONE_NUMBER' && (
        <TextInput
          label={t('phone')}
          placeholder="+5511…"
          inputMode="tel"
          value={phone_number}
          error={said('phone_number')}
          onChange={(event) => onChange({ phone_number: event.currentTarget.value.replace(/[^\d+]/g, '') })}
        />
      )}
      {(type === 'COPY_CODE' || (type === 'URL' && namesIn(url).length > 0)) && (
        <TextInput
          label={t(type === 'COPY_CODE' ? 'codeExample' : 'urlExample')}
          maxLength={type === 'COPY_CODE' ? LIMITS.code : LIMITS.url}
          value={example}
          error={said('example')}
          onChange={(event) => onChange({ example: event.currentTarget.value })}
        />
      )}
    </div>
  )
}

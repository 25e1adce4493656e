/** Buttons, and cards of contacts: short lists in which lines are added and removed. */
import { ActionIcon, Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { IconPlus, IconX } from '@/shared/ui/icons'
import { Counted } from './Counted'
import { type Card, newCard, newChoice } from './draft'
import { useForm } from './form'
import classes from './interactive.module.css'

export function ChoiceFields() {
  const { draft } = useForm()
  return draft.kind === 'contacts' ? <Cards /> : <Buttons />
}

function Buttons() {
  const { t } = useTranslation('interactive')
  const { draft, most, change } = useForm()
  const { buttons } = draft
  const room = most.buttons ?? 3
  return (
    <Group label={t('buttonsOf', { count: buttons.length, most: room })}>
      {buttons.map((button, place) => (
        <div key={button.key} className={classes.line}>
          <Counted
            isBare
            label={t('buttonN', { number: place + 1 })}
            placeholder={t('buttonN', { number: place + 1 })}
            place={`content.buttons.${place}.title`}
            value={button.title}
            longest={most.title}
            onChange={(title) => change({ buttons: buttons.with(place, { ...button, title }) })}
          />
          <Remove
            isOff={buttons.length === 1}
            label={t('removeN', { number: place + 1 })}
            onClick={() => change({ buttons: buttons.toSpliced(place, 1) })}
          />
        </div>
      ))}
      <Add
        isOff={buttons.length >= room}
        label={t('addButton')}
        onClick={() => change({ buttons: [...buttons, newChoice()] })}
      />
    </Group>
  )
}

function Cards() {
  const { t } = useTranslation('interactive')
  const { draft, most, change } = useForm()
  const { cards } = draft
  const put = (place: number, patch: Partial<Card>) =>
    change({ cards: cards.map((card, at) => (at === place ? { ...card, ...patch } : card)) })
  return (
    <>
      {cards.map((card, place) => (
        <Group key={card.key} label={t('cardN', { number: place + 1 })}>
          <div className={classes.line} data-labelled>
            <Counted
              label={t('cardName')}
              place={`content.contacts.${place}.name`}
              value={card.name}
              isFirst={place === 0}
              onChange={(name) => put(place, { name })}
            />
            <Remove
              isOff={cards.length === 1}
              label={t('removeN', { number: place + 1 })}
              onClick={() => change({ cards: cards.toSpliced(place, 1) })}
            />
          </div>
          <Counted
            label={t('phone')}
            placeholder="+55 11 91234-5678"
            place={`content.contacts.${place}.phones`}
            value={card.phone}
            onChange={(phone) => put(place, { phone })}
          />
          <Counted
            label={t('email')}
            place={`content.contacts.${place}.emails`}
            value={card.email}
            onChange={(email) => put(place, { email })}
          />
        </Group>
      ))}
      <Add
        isOff={cards.length >= (most.contacts ?? 257)}
        label={t('addCard')}
        onClick={() => change({ cards: [...cards, newCard()] })}
      />
    </>
  )
}

export function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{label}</legend>
      {children}
    </fieldset>
  )
}

export function Remove({ isOff, label, onClick }: { isOff: boolean; label: string; onClick: () => void }) {
  if (isOff) return null
  return (
    <ActionIcon size={36} aria-label={label} onClick={onClick}>
      <IconX size={16} aria-hidden />
    </ActionIcon>
  )
}

export function Add({ isOff, label, onClick }: { isOff: boolean; label: string; onClick: () => void }) {
  return (
    <Button
      variant="subtle"
      size="xs"
      className={classes.add}
      disabled={isOff}
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}

/** The cards of a carousel one below the other: a file, words and buttons each; the first decides which buttons. */
import { ActionIcon, Button, Select } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { HeaderFile } from '@/shared/templates/HeaderFile'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@/shared/ui/icons'
import { ButtonsField } from './ButtonsField'
import { alike, CARD_BUTTONS, CARD_HEADERS, type CardKind, type DraftCard, mayRemove, newCard } from './cards'
import type { Draft } from './draft'
import classes from './editor.module.css'
import { LIMITS } from './pieces'
import { WordsField } from './WordsField'

interface CardsFieldProps {
  draft: Draft
  said: (place: string) => string | undefined
  isReadOnly: boolean
  onChange: (part: Partial<Draft>) => void
}

export function CardsField({ draft: { cards, cardKind }, said, isReadOnly, onChange }: CardsFieldProps) {
  const { t } = useTranslation('templates')
  const put = (next: DraftCard[]) => onChange({ cards: alike(next) })
  const mistake = said('carousel')
  return (
    <fieldset className={classes.cards}>
      <legend className={classes.legend}>{t('cards')}</legend>
      <p className="hd-muted">{t('cardsHelp')}</p>
      {mistake && <p className={classes.problem}>{mistake}</p>}
      <Select
        label={t('cardHeader')}
        data={CARD_HEADERS.map((value) => ({ value, label: t(`headers.${value}`) }))}
        value={cardKind}
        onChange={(value) =>
          value &&
          onChange({ cardKind: value as CardKind, cards: cards.map((card) => ({ ...card, file: null })) })
        }
        allowDeselect={false}
        disabled={isReadOnly}
      />
      {cards.map((card, place) => (
        <CardFields
          key={card.key}
          card={card}
          place={place}
          count={cards.length}
          kind={cardKind}
          said={(part) => said(`card.${place}.${part}`)}
          isReadOnly={isReadOnly}
          onChange={(part) => put(cards.with(place, { ...card, ...part }))}
          onRemove={mayRemove(cards) ? () => put(cards.toSpliced(place, 1)) : null}
          onMove={(to) => put(cards.toSpliced(place, 1).toSpliced(to, 0, card))}
        />
      ))}
      {!isReadOnly && cards.length < LIMITS.cards && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => put([...cards, newCard()])}
        >
          {t('addCard')}
        </Button>
      )}
    </fieldset>
  )
}

interface CardFieldsProps extends Pick<CardsFieldProps, 'said' | 'isReadOnly'> {
  card: DraftCard
  place: number
  count: number
  kind: CardKind
  onChange: (part: Partial<DraftCard>) => void
  onRemove: (() => void) | null
  onMove: (to: number) => void
}

function CardFields({ card, place, count, kind, said, isReadOnly, onChange, ...acts }: CardFieldsProps) {
  const { t } = useTranslation('templates')
  const named = (what: string) => t('inCard', { number: place + 1, what })
  return (
    <section
      className={classes.card}
      aria-label={t('card', { number: place + 1 })}
      data-testid={`card-${place}`}
    >
      <CardHead place={place} count={count} isReadOnly={isReadOnly} {...acts} />
      <HeaderFile
        kind={kind}
        label={t('headerFile')}
        file={card.file}
        error={said('header')}
        onChange={(file) => onChange({ file })}
      />
      <WordsField
        words={card}
        label={t('body')}
        most={LIMITS.cardBody}
        rows={2}
        error={said('body')}
        isReadOnly={isReadOnly}
        called={named}
        onChange={onChange}
      />
      <ButtonsField
        buttons={card.buttons}
        types={CARD_BUTTONS}
        most={LIMITS.cardButtons}
        said={said}
        isReadOnly={isReadOnly}
        isFixed={place > 0}
        onChange={(buttons) => onChange({ buttons })}
      />
    </section>
  )
}

type CardHeadProps = Pick<CardFieldsProps, 'place' | 'count' | 'isReadOnly' | 'onRemove' | 'onMove'>

function CardHead({ place, count, isReadOnly, onRemove, onMove }: CardHeadProps) {
  const { t } = useTranslation('templates')
  const number = place + 1
  return (
    <div className={classes.cardHead}>
      <h4 className={classes.cardTitle}>{t('card', { number })}</h4>
      {!isReadOnly && (
        <>
          <ActionIcon
            size={34}
            disabled={place === 0}
            aria-label={t('cardUp', { number })}
            onClick={() => onMove(place - 1)}
          >
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            size={34}
            disabled={number === count}
            aria-label={t('cardDown', { number })}
            onClick={() => onMove(place + 1)}
          >
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            size={34}
            disabled={!onRemove}
            aria-label={t('removeCard', { number })}
            onClick={() => onRemove?.()}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </>
      )}
    </div>
  )
}

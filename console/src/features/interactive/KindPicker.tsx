/** Which kind of message: one of ten, chosen with a press or the arrow keys. */
import { useTranslation } from '@/shared/i18n/translate'
import {
  type Icon,
  IconAddressBook,
  IconForm,
  IconInteractive,
  IconLink,
  IconLocation,
  IconPhone,
  IconPin,
  IconShop,
  IconStack,
  IconViews,
} from '@/shared/ui/icons'
import { KINDS, type OfferKind } from './draft'
import classes from './interactive.module.css'

const ICONS: Record<OfferKind, Icon> = {
  buttons: IconInteractive,
  list: IconViews,
  link: IconLink,
  location_request: IconPin,
  contact_request: IconPhone,
  location: IconLocation,
  contacts: IconAddressBook,
  form: IconForm,
  product: IconShop,
  products: IconStack,
}

interface KindPickerProps {
  kind: OfferKind
  /** What this number can send in some way. */
  possible: readonly OfferKind[]
  onChange: (kind: OfferKind) => void
}

export function KindPicker({ kind, possible, onChange }: KindPickerProps) {
  const { t } = useTranslation('interactive')
  return (
    <fieldset className={classes.kinds}>
      <legend className="hd-hidden">{t('kind')}</legend>
      {KINDS.filter((one) => possible.includes(one)).map((one) => {
        const Sign = ICONS[one]
        return (
          <label key={one} className={classes.kind} data-testid={`kind-${one}`}>
            <input
              type="radio"
              name="offer-kind"
              className={classes.radio}
              checked={one === kind}
              onChange={() => onChange(one)}
            />
            <Sign size={17} aria-hidden />
            <span>{t(`kinds.${one}`)}</span>
          </label>
        )
      })}
    </fieldset>
  )
}

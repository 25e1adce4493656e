/** Text with WhatsApp's marks and links. Long texts are folded; a few emoji alone are shown large. */
import { useMemo, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { formatWhatsApp } from '@/shared/lib/formatWhatsApp'
import classes from './kinds.module.css'

const FOLD_AT = 1_100
const ONLY_EMOJI =
  /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*\s?){1,3}$/u

export function TextBody({ text }: { text: string }) {
  const { t } = useTranslation('inbox')
  const [isWhole, setWhole] = useState(text.length <= FOLD_AT)
  const shown = isWhole ? text : `${text.slice(0, FOLD_AT - 200)}…`
  const nodes = useMemo(() => formatWhatsApp(shown), [shown])
  return (
    <span className={classes.text} data-large={ONLY_EMOJI.test(text) || undefined}>
      {nodes}
      {!isWhole && (
        <button type="button" className={classes.more} onClick={() => setWhole(true)}>
          {t('thread.readMore')}
        </button>
      )}
    </span>
  )
}

/** The message that is answered; pressing it goes there. */

import type { Message } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { kindIcon, previewText } from '../list/preview'
import classes from './Bubble.module.css'
import { useThreadTools } from './ThreadContext'

type QuotedMessage = NonNullable<Message['reply_to']>

export function Quote({ quote }: { quote: QuotedMessage }) {
  const { t } = useTranslation('inbox')
  const { jumpTo } = useThreadTools()
  return (
    <button
      type="button"
      className={classes.quote}
      onClick={() => jumpTo(quote.id)}
      title={t('thread.goToOriginal')}
    >
      <QuoteText quote={quote} />
    </button>
  )
}

export function QuoteText({ quote }: { quote: QuotedMessage }) {
  const { t } = useTranslation('inbox')
  const Sign = kindIcon(quote.kind)
  const author = quote.direction === 'in' ? t('thread.customer') : (quote.author_name ?? t('thread.company'))
  return (
    <>
      <span className={classes.quoteAuthor}>{author}</span>
      <span className={classes.quoteText}>
        {Sign && <Sign size={14} aria-hidden />}
        <span className="hd-ellipsis">{previewText(quote, t)}</span>
      </span>
    </>
  )
}

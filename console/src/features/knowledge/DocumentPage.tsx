/** A document's text, opened at the passage that was cited. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { isApiError } from '@/shared/api/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconBack, IconFileText } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import classes from './knowledge.module.css'
import { textQuery } from './queries'

export function DocumentPage() {
  const { t } = useTranslation('knowledge')
  const canRead = useCan('knowledge.read')
  const { document } = useParams({ from: '/shell/knowledge/documents/$document' })
  const { chunk } = useSearch({ from: '/shell/knowledge/documents/$document' })
  const text = useQuery({ ...textQuery(Number(document), chunk), enabled: canRead })
  return (
    <Page
      title={text.data?.name ?? t('tabs.documents')}
      width="narrow"
      back={
        <Link to="/knowledge" className={classes.back} aria-label={t('back')}>
          <IconBack size={18} aria-hidden />
        </Link>
      }
    >
      {!canRead && <NoPermission />}
      {canRead && text.isPending && <Loading rows={8} />}
      {text.isError &&
        (isApiError(text.error) && text.error.status === 404 ? (
          <Empty icon={IconFileText} title={t('documents.missing')} />
        ) : (
          <Failed error={text.error} onRetry={() => void text.refetch()} />
        ))}
      {text.data && <Text key={chunk ?? 0} {...text.data} />}
    </Page>
  )
}

interface TextProps {
  text: string
  start: number
  characters: number
  passage: { [name: string]: unknown } | null
}

function Text({ text, start, characters, passage }: TextProps) {
  const { t } = useTranslation('knowledge')
  const mark = useRef<HTMLElement>(null)
  const from = Number(passage?.from ?? 0)
  const until = Number(passage?.until ?? 0)
  useEffect(() => mark.current?.scrollIntoView({ block: 'center' }), [])
  return (
    <article className={classes.document}>
      {start > 0 && <p className="hd-muted">{t('documents.before')}</p>}
      {text.slice(0, from)}
      {passage && (
        <mark ref={mark} className={classes.mark} data-testid="passage">
          {text.slice(from, until)}
        </mark>
      )}
      {text.slice(until)}
      {start + text.length < characters && <p className="hd-muted">{t('documents.after')}</p>}
    </article>
  )
}

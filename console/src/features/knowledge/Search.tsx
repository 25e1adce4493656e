/** Tries what an assistant or an agent would find, and says how it was found. */
import { Badge, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { KnowledgePassage } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatNumber } from '@/shared/lib/dates'
import { IconSearch } from '@/shared/ui/icons'
import { Empty, Failed } from '@/shared/ui/states'
import classes from './knowledge.module.css'
import { searchQuery, sectorsQuery } from './queries'

export function Search() {
  const { t } = useTranslation('knowledge')
  const [words, setWords] = useState('')
  const [sector, setSector] = useState<string | null>(null)
  const [asked] = useDebouncedValue(words, 300)
  const { data: sectors = [] } = useQuery(sectorsQuery)
  const found = useQuery(searchQuery(asked, sector ?? ''))
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          className={classes.search}
          type="search"
          aria-label={t('search.ask')}
          placeholder={t('search.ask')}
          leftSection={<IconSearch size={16} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {sectors.length > 0 && (
          <Select
            aria-label={t('sector')}
            placeholder={t('search.everySector')}
            data={sectors}
            value={sector}
            onChange={setSector}
            clearable
          />
        )}
      </div>
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && asked.trim().length > 1 && (
        <>
          <p className="hd-muted" role="status">
            {t(`search.how.${found.data.how}`)}
          </p>
          {found.data.results.length === 0 ? (
            <Empty icon={IconSearch} title={t('search.nothing')} />
          ) : (
            <ol className={classes.results}>
              {found.data.results.map((passage) => (
                <Passage key={passage.id} passage={passage} />
              ))}
            </ol>
          )}
        </>
      )}
      {!found.data && !found.isError && (
        <Empty icon={IconSearch} title={t('search.title')}>
          {t('search.text')}
        </Empty>
      )}
    </>
  )
}

function Passage({ passage }: { passage: KnowledgePassage }) {
  const { t } = useTranslation('knowledge')
  const { title, text, page, sector, score, document, answer, id } = passage
  return (
    <li className={classes.card}>
      <h2 className={classes.question}>
        {document ? (
          <Link
            to="/knowledge/documents/$document"
            params={{ document: String(document) }}
            search={{ chunk: id }}
          >
            {title}
          </Link>
        ) : (
          <Link to="/knowledge" search={{ tab: 'answers', answer: answer ?? undefined }}>
            {title}
          </Link>
        )}
      </h2>
      <p className={classes.said}>{text}</p>
      <p className={classes.state}>
        <Badge variant="default">{t(document ? 'search.document' : 'search.answer')}</Badge>
        <span className="hd-muted">
          {[
            page && t('search.page', { page }),
            sector,
            t('search.score', { score: formatNumber(Math.round(score * 100)) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
    </li>
  )
}

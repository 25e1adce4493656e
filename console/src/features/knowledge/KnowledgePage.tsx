/** What the company knows: documents, answers, what waits for a person's judgement, and a search through it. */
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { Page } from '@/shared/ui/Page'
import { NoPermission } from '@/shared/ui/states'
import { Answers } from './Answers'
import { Documents } from './Documents'
import { IndexNotice } from './IndexNotice'
import classes from './knowledge.module.css'
import { indexQuery } from './queries'
import { Review } from './Review'
import { Search } from './Search'
import { TABS, type Tab } from './search'

export function KnowledgePage() {
  const { t } = useTranslation('knowledge')
  const canRead = useCan('knowledge.read')
  return (
    <Page title={t('title')} description={t('text')}>
      {canRead ? <Parts /> : <NoPermission />}
    </Page>
  )
}

function Parts() {
  const { t } = useTranslation('knowledge')
  const navigate = useNavigate()
  const { tab = 'documents' } = useSearch({ from: '/shell/knowledge' })
  const index = useQuery(indexQuery)
  const canWrite = useCan('knowledge.write')
  const shown = TABS.filter((one) => one !== 'review' || canWrite)
  return (
    <>
      {index.data && <IndexNotice index={index.data} />}
      <div className={classes.tabs}>
        <SegmentedControl
          aria-label={t('title')}
          value={tab}
          onChange={(chosen) => void navigate({ to: '/knowledge', search: { tab: chosen as Tab } })}
          data={shown.map((value) => ({ value, label: t(`tabs.${value}`) }))}
        />
      </div>
      {tab === 'documents' && <Documents />}
      {tab === 'answers' && <Answers />}
      {tab === 'review' && canWrite && <Review />}
      {tab === 'review' && !canWrite && <NoPermission />}
      {tab === 'search' && <Search />}
    </>
  )
}

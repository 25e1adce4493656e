/** One assistant: what it is told and may do on the left, trying it out on the right; two tabs on phones. */
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconBack } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Failed, Loading, NoPermission } from '@/shared/ui/states'
import classes from './assistants.module.css'
import { Editor } from './Editor'
import { Playground } from './Playground'
import { type Assistant, type AssistantValues, assistantsQuery } from './queries'
import { Silence } from './Silence'

export function AssistantPage() {
  const { t } = useTranslation('assistants')
  const { assistant } = useParams({ from: '/shell/settings/assistants/$assistant' })
  const canRead = useCan('ai.read')
  const assistants = useQuery(assistantsQuery)
  const found = assistants.data?.find(({ id }) => String(id) === assistant)
  const back = (
    <Link to="/settings/assistants" className={classes.back} aria-label={t('back')}>
      <IconBack size={18} />
    </Link>
  )
  return (
    <Page title={found?.name ?? t('title')} back={back}>
      {!canRead && <NoPermission />}
      {canRead && assistants.isPending && <Loading rows={6} />}
      {canRead && assistants.isError && (
        <Failed error={assistants.error} onRetry={() => void assistants.refetch()} />
      )}
      {canRead && assistants.data && !found && <p className={classes.muted}>{t('gone')}</p>}
      {found && <Silence assistant={found} />}
      {found && <Halves key={found.id} assistant={found} />}
    </Page>
  )
}

function Halves({ assistant }: { assistant: Assistant }) {
  const { t } = useTranslation('assistants')
  const [half, setHalf] = useState('edit')
  const [draft, setDraft] = useState<Partial<AssistantValues>>({})
  return (
    <>
      <SegmentedControl
        className={classes.tabs}
        aria-label={t('halves')}
        value={half}
        onChange={setHalf}
        data={[
          { value: 'edit', label: t('edit') },
          { value: 'try', label: t('playground.title') },
        ]}
      />
      <div className={classes.halves} data-half={half}>
        <div className={classes.edit}>
          <Editor assistant={assistant} onDraft={setDraft} />
        </div>
        <div className={classes.try}>
          <Playground assistant={assistant} draft={draft} />
        </div>
      </div>
    </>
  )
}

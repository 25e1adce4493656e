/** One import: what its columns mean, what would happen, how far it is, what became of it. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ContactImport } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconBack } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Failed, Loading, NoPermission } from '@/shared/ui/states'
import one from '../one/one.module.css'
import { Check } from './Check'
import { Mapping } from './Mapping'
import { Options } from './Options'
import { importQuery, previewQuery } from './queries'
import { Result } from './Result'
import { Running } from './Running'

export function ImportPage() {
  const { t } = useTranslation('contacts')
  const canImport = useCan('contacts.import')
  const id = Number(useParams({ from: '/shell/contacts/imports/$import' }).import)
  const { data: job, error, refetch } = useQuery({ ...importQuery(id), enabled: canImport })
  return (
    <Page
      title={job?.name ?? t('imports.title')}
      description={job && t(`imports.steps.${job.state}`)}
      back={
        <Link to="/contacts/imports" className={one.back} aria-label={t('back')}>
          <IconBack size={18} aria-hidden />
        </Link>
      }
    >
      {!canImport && <NoPermission />}
      {canImport && !job && !error && <Loading />}
      {error && !job && <Failed error={error} onRetry={() => void refetch()} />}
      {job?.state === 'ready' && <Prepare key={job.id} job={job} />}
      {job?.state === 'running' && <Running job={job} />}
      {(job?.state === 'done' || job?.state === 'cancelled') && <Result job={job} />}
    </Page>
  )
}

function Prepare({ job }: { job: ContactImport }) {
  const preview = useQuery(previewQuery(job))
  return (
    <>
      <Mapping job={job} preview={preview.data} />
      <Options job={job} />
      <Check job={job} preview={preview} />
    </>
  )
}

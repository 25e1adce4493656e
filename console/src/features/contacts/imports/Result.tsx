/** What became of an import, and what to do about the rows that were wrong. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '@/shared/api/client'
import { toApiError } from '@/shared/api/errors'
import type { ContactImport } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDateTime } from '@/shared/lib/dates'
import { download } from '@/shared/lib/download'
import { IconDownload } from '@/shared/ui/icons'
import { Section } from '@/shared/ui/Section'
import { toast } from '@/shared/ui/toast'
import { Counts } from './Counts'
import classes from './imports.module.css'

export function Result({ job }: { job: ContactImport }) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const errors = useMutation({
    mutationFn: async () => {
      const path = { id: job.id }
      const answer = api.GET('/api/contact-imports/{id}/errors/', { params: { path }, parseAs: 'blob' })
      const response = await download(answer, 'errors.csv')
      if (!response.ok) throw toApiError(response, null)
    },
    onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
  })
  return (
    <Section
      title={t(`imports.states.${job.state}`)}
      description={job.finished_at && formatDateTime(job.finished_at)}
    >
      <Counts job={job} />
      {job.failed > 0 && <p className="hd-muted">{t('imports.again')}</p>}
      <div className={classes.foot}>
        {job.failed > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            loading={errors.isPending}
            onClick={() => errors.mutate()}
            data-testid="import-errors"
          >
            {t('imports.errors')}
          </Button>
        )}
        <Button variant="default" component={Link} to="/contacts/imports">
          {t('imports.another')}
        </Button>
        <Button component={Link} to="/contacts">
          {t('imports.see')}
        </Button>
      </div>
    </Section>
  )
}

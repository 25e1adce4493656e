/** Password and the places where I am signed in. */
import { Badge, Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, call } from '@/shared/api/client'
import type { LoginSession } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { Failed, Loading } from '@/shared/ui/states'
import { TimeAgo } from '@/shared/ui/TimeAgo'
import { toast } from '@/shared/ui/toast'
import { describeDevice } from './device'
import { FormError, PasswordField } from './fields'
import { sessionsQuery } from './queries'
import classes from './SecurityPage.module.css'

export function SecurityPage() {
  const { t } = useTranslation('auth')
  return (
    <Page title={t('security.title')} width="narrow">
      <ChangePassword />
      <Sessions />
    </Page>
  )
}

const empty = { current: '', password: '' }

function ChangePassword() {
  const { t } = useTranslation('auth')
  const errorText = useErrorText()
  const form = useForm({ initialValues: empty })
  const change = useMutation({
    mutationFn: (body: typeof empty) => call(api.POST('/api/auth/password/change/', { body })),
    onSuccess: () => {
      form.reset()
      void toast({ message: t('security.changed') })
    },
    onError: (error) => showFieldErrors(form, error),
  })
  const isElsewhere = change.isError && Object.keys(form.errors).length === 0
  return (
    <Section title={t('security.password')} description={t('security.passwordText')}>
      <form className={classes.form} onSubmit={form.onSubmit((values) => change.mutate(values))}>
        <FormError text={isElsewhere ? errorText(change.error) : null} />
        <PasswordField label={t('security.current')} {...form.getInputProps('current')} />
        <PasswordField isNew label={t('newPassword')} {...form.getInputProps('password')} />
        <Button type="submit" className={classes.submit} loading={change.isPending}>
          {t('security.change')}
        </Button>
      </form>
    </Section>
  )
}

function Sessions() {
  const { t } = useTranslation('auth')
  const sessions = useQuery(sessionsQuery)
  return (
    <Section title={t('security.sessions')} description={t('security.sessionsText')}>
      {sessions.isPending && <Loading rows={2} />}
      {sessions.isError && <Failed error={sessions.error} onRetry={() => void sessions.refetch()} />}
      <ul className={classes.sessions}>
        {sessions.data?.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </Section>
  )
}

function SessionRow({ session }: { session: LoginSession }) {
  const { t } = useTranslation('auth')
  const client = useQueryClient()
  const errorText = useErrorText()
  const end = useMutation({
    mutationFn: () => call(api.DELETE('/api/auth/sessions/{id}/', { params: { path: { id: session.id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
    onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
  })
  const device = describeDevice(session.user_agent) || t('security.unknownDevice')
  return (
    <li className={classes.session}>
      <div className={classes.device}>
        <strong>{device}</strong>
        <span className="hd-muted">
          {session.ip} · <TimeAgo at={session.last_used_at} />
        </span>
      </div>
      {session.is_current ? (
        <Badge variant="light" color="teal" tt="none">
          {t('security.thisDevice')}
        </Badge>
      ) : (
        <Button
          variant="default"
          size="xs"
          loading={end.isPending}
          aria-label={t('security.endOne', { device })}
          onClick={() => end.mutate()}
        >
          {t('security.end')}
        </Button>
      )}
    </li>
  )
}

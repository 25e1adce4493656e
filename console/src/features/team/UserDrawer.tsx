/** Add or edit a person; deactivate or bring back. */
import { Button, MultiSelect, NumberInput, PasswordInput, Radio, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { Role, User } from '@/shared/api/types'
import { useQueues } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useCan, useMe } from '@/shared/session/store'
import { ConfirmDialog } from '@/shared/ui/ConfirmDialog'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import { type UserValues, useDeactivateUser, useRestoreUser, useSaveUser } from './queries'
import classes from './team.module.css'
import { WorkHours } from './WorkHours'

const ROLES: Role[] = ['agent', 'supervisor', 'admin']

interface UserDrawerProps {
  user: User | null
  onClose: () => void
}

export function UserDrawer({ user, onClose }: UserDrawerProps) {
  const { t } = useTranslation('team')
  const canWrite = useCan('users.write')
  const errorText = useErrorText()
  const save = useSaveUser(user)
  const form = useForm<UserValues>({
    initialValues: {
      name: user?.name ?? '',
      email: user?.email ?? '',
      role: user?.role ?? 'agent',
      queues: user?.queues.map(String) ?? [],
      password: '',
      capacity: user?.capacity ?? null,
      work_begins: user?.work_begins ?? '',
      work_ends: user?.work_ends ?? '',
    },
    validate: {
      name: (value) => (value.trim() ? null : t('nameMissing')),
      email: (value) => (/^\S+@\S+\.\S+$/.test(value) ? null : t('emailWrong')),
    },
  })
  function submit(values: UserValues): void {
    save.mutate(values, {
      onSuccess: ({ name }) => {
        onClose()
        void toast({ message: user ? t('saved', { name }) : t('added', { name }) })
      },
      onError: (error) => showFieldErrors(form, error),
    })
  }
  const isElsewhere = save.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      title={user ? user.name : t('add')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit)}
      isBusy={save.isPending}
      error={isElsewhere ? errorText(save.error) : null}
      isReadOnly={!canWrite}
      aside={user && canWrite && <Activation user={user} onDone={onClose} />}
    >
      <TextInput label={t('name')} autoComplete="off" data-autofocus {...form.getInputProps('name')} />
      <TextInput label={t('email')} type="email" autoComplete="off" {...form.getInputProps('email')} />
      <Radio.Group label={t('role')} {...form.getInputProps('role')}>
        <div className={classes.roles}>
          {ROLES.map((role) => (
            <Radio key={role} value={role} label={t(`roles.${role}`)} description={t(`rolesText.${role}`)} />
          ))}
        </div>
      </Radio.Group>
      <QueuesField {...form.getInputProps('queues')} />
      {user && (
        <NumberInput
          label={t('capacity')}
          description={t('capacityHint')}
          placeholder={t('asCompany')}
          min={0}
          max={500}
          allowDecimal={false}
          value={form.values.capacity ?? ''}
          error={form.errors.capacity}
          onChange={(value) => form.setFieldValue('capacity', value === '' ? null : Number(value))}
        />
      )}
      {user && form.values.role !== 'admin' && <WorkHours form={form} />}
      {!user && (
        <PasswordInput
          label={t('password')}
          description={t('passwordHint')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          {...form.getInputProps('password')}
        />
      )}
    </FormDrawer>
  )
}

function QueuesField(props: { value?: string[]; onChange?: (value: string[]) => void }) {
  const { t } = useTranslation('team')
  const queues = useQueues()
  return (
    <MultiSelect
      label={t('queues')}
      description={t('queuesHint')}
      placeholder={props.value?.length ? undefined : t('chooseQueues')}
      data={queues.map(({ id, name }) => ({ value: String(id), label: name }))}
      searchable
      clearable={false}
      nothingFoundMessage={t('noQueueFound')}
      {...props}
    />
  )
}

function Activation({ user, onDone }: { user: User; onDone: () => void }) {
  const { t } = useTranslation('team')
  const isMe = useMe().user.id === user.id
  const errorText = useErrorText()
  const deactivate = useDeactivateUser()
  const restore = useRestoreUser()
  const [isAsking, setAsking] = useState(false)
  const fail = (error: unknown) => void toast({ message: errorText(error), tone: 'danger' })
  if (isMe) return null
  if (!user.is_active) {
    return (
      <Button
        variant="subtle"
        loading={restore.isPending}
        onClick={() => restore.mutate(user.id, { onSuccess: onDone, onError: fail })}
      >
        {t('restore')}
      </Button>
    )
  }
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('deactivate')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('deactivateTitle', { name: user.name })}
        confirmLabel={t('deactivate')}
        isBusy={deactivate.isPending}
        onConfirm={() => deactivate.mutate(user.id, { onSuccess: onDone, onError: fail })}
        onClose={() => setAsking(false)}
      >
        {t('deactivateText')}
      </ConfirmDialog>
    </>
  )
}

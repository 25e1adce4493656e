/** Promises a message to contacts, or to everyone with a tag. */
import { MultiSelect, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { Attachment, Contact, ScheduleRequest } from '@/shared/api/types'
import { ContactsField } from '@/shared/contacts/ContactsField'
import { useConnections, useTags } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { timeZone } from '@/shared/lib/dates'
import { showFieldErrors } from '@/shared/lib/forms'
import { presets } from '@/shared/lib/zones'
import { useCan } from '@/shared/session/store'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { useSchedule } from './queries'
import { ScheduleForm } from './ScheduleForm'
import { useScheduleForm } from './useScheduleForm'
import { newFields, requestOf, type ScheduleFields } from './values'

const WITHOUT = ['waiting', 'mine', 'closed'] as const

export function NewScheduleDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('schedules')
  const errorText = useErrorText()
  const mayTag = useCan('tickets.see_all')
  const schedule = useSchedule()
  const connections = useConnections()
  const allTags = useTags()
  const [contacts, setContacts] = useState<Contact[]>([])
  const [tags, setTags] = useState<string[]>([])
  const [connection, setConnection] = useState('')
  const [without, setWithout] = useState<(typeof WITHOUT)[number]>('waiting')
  const [files, setFiles] = useState<Attachment[]>([])
  const [isTried, setTried] = useState(false)
  const [when] = useState(() => presets(Date.now(), timeZone())[1] ?? { day: '', time: '09:00' })
  const form = useScheduleForm(newFields('', { day: when.day, time: when.time }), files.length > 0)
  const isToNobody = contacts.length === 0 && tags.length === 0
  const chosen = connection || String((connections.find((one) => one.is_default) ?? connections[0])?.id ?? '')
  const isElsewhere = schedule.isError && Object.keys(form.errors).length === 0

  function submit(values: ScheduleFields): void {
    setTried(true)
    if (isToNobody) return
    const body: ScheduleRequest = {
      ...requestOf(values, files, timeZone()),
      contacts: contacts.map(({ id }) => id),
      tags: tags.map(Number),
      without_ticket: without,
      ...(chosen && { connection: Number(chosen) }),
    }
    schedule.mutate(body, { onSuccess: onClose, onError: (error) => showFieldErrors(form, error) })
  }

  return (
    <FormDrawer
      isOpen
      size={560}
      title={t('add')}
      onClose={onClose}
      onSubmit={form.onSubmit(submit, () => setTried(true))}
      isBusy={schedule.isPending}
      submitLabel={t('later.schedule')}
      error={isElsewhere ? errorText(schedule.error) : null}
    >
      <ContactsField
        label={t('to')}
        contacts={contacts}
        onChange={setContacts}
        error={isTried && isToNobody ? t('toMissing') : undefined}
      />
      {mayTag && allTags.length > 0 && (
        <MultiSelect
          label={t('tags')}
          description={t('tagsHelp')}
          data={allTags.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={tags}
          onChange={setTags}
          comboboxProps={{ zIndex: 400 }}
        />
      )}
      {connections.length > 1 && (
        <NativeSelect
          label={t('connection')}
          data={connections.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={chosen}
          onChange={(event) => setConnection(event.currentTarget.value)}
        />
      )}
      <ScheduleForm form={form} files={files} onFiles={setFiles} />
      <NativeSelect
        label={t('without.label')}
        data={WITHOUT.map((value) => ({ value, label: t(`without.${value}`) }))}
        value={without}
        onChange={(event) => setWithout(event.currentTarget.value as (typeof WITHOUT)[number])}
      />
    </FormDrawer>
  )
}

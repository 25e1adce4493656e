/** Outside the 24-hour window only a template approved by Meta may start the conversation again. */
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { closeTemplates, sendTemplate, useTemplates } from './templates'

const LANGUAGES = ['pt_BR', 'en_US', 'es', 'en', 'es_MX', 'es_AR', 'pt_PT']

export function TemplateDialog({ ticket }: { ticket: number }) {
  const { t } = useTranslation(['inbox', 'common'])
  const isHolding = useTemplates(({ held }) => held !== null)
  const [name, setName] = useState('')
  const [language, setLanguage] = useState('pt_BR')
  const isValid = /^[a-z0-9_]+$/.test(name)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!isValid) return
    sendTemplate(ticket, { name, language })
  }
  return (
    <Modal
      opened
      onClose={closeTemplates}
      title={t(isHolding ? 'inbox:park.title' : 'inbox:template.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <p className="hd-muted" style={{ margin: 0 }}>
            {t(isHolding ? 'inbox:park.text' : 'inbox:template.text')}
          </p>
          <TextInput
            data-autofocus
            label={t('inbox:template.name')}
            description={t('inbox:template.nameHelp')}
            placeholder="hello_world"
            value={name}
            onChange={(event) => setName(event.currentTarget.value.trim().toLowerCase())}
            error={name !== '' && !isValid && t('inbox:template.nameWrong')}
          />
          <Select
            label={t('inbox:template.language')}
            data={LANGUAGES}
            value={language}
            onChange={(value) => value && setLanguage(value)}
            allowDeselect={false}
          />
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={closeTemplates}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={!isValid}>
            {t(isHolding ? 'inbox:park.send' : 'inbox:template.send')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

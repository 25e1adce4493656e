/** Outside the 24-hour window only a template approved by Meta may start the conversation again. */
import { Button, Group, Modal } from '@mantine/core'
import { Suspense, useState } from 'react'
import type { Ticket } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { type Chosen, TemplateChooser } from '@/shared/templates/TemplateChooser'
import { useInboxParts } from '../parts'
import { closeTemplates, sendTemplate, useTemplates } from './templates'

export function TemplateDialog({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation(['inbox', 'common'])
  const isHolding = useTemplates(({ held }) => held !== null)
  const { Estimate } = useInboxParts()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  return (
    <Modal
      opened
      size={820}
      onClose={closeTemplates}
      title={t(isHolding ? 'inbox:park.title' : 'inbox:template.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <p className="hd-muted" style={{ margin: '0 0 12px' }}>
        {t(isHolding ? 'inbox:park.text' : 'inbox:template.text')}
      </p>
      <TemplateChooser connection={ticket.connection.id} ticket={ticket.id} onChoose={setChosen} />
      <Suspense>{Estimate && <Estimate ticket={ticket.id} category={chosen?.category} />}</Suspense>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={closeTemplates}>
          {t('common:cancel')}
        </Button>
        <Button
          disabled={!chosen?.isReady}
          onClick={() => chosen && sendTemplate(ticket.id, chosen.choice)}
          data-testid="send-chosen-template"
        >
          {t(isHolding ? 'inbox:park.send' : 'inbox:template.send')}
        </Button>
      </Group>
    </Modal>
  )
}

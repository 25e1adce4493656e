/** Write or read one template: fields on one side, the customer's phone on the other. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { isApiError } from '@/shared/api/errors'
import type { Template } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { shownOf } from '@/shared/templates/parts'
import { TemplateBubble } from '@/shared/templates/TemplateBubble'
import phone from '@/shared/templates/templates.module.css'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { toast } from '@/shared/ui/toast'
import {
  componentsOf,
  type Draft,
  draftOf,
  EMPTY,
  exampleValues,
  filesOf,
  formatOf,
  isSimple,
  lacksOf,
} from './draft'
import { EditorFields, type Problems } from './EditorFields'
import classes from './editor.module.css'
import { useDeleteTemplate, useSaveTemplate } from './queries'
import { Verdict } from './Verdict'

interface TemplateDrawerProps {
  template: Template | null
  from?: Draft
  connection: number
  onDuplicate: (from: Draft) => void
  onClose: () => void
}

const FIXED: Template['status'][] = ['pending', 'disabled', 'deleting', 'locked']

export function TemplateDrawer({
  template: first,
  from,
  connection,
  onDuplicate,
  onClose,
}: TemplateDrawerProps) {
  const { t } = useTranslation('templates')
  const errorText = useErrorText()
  const mayWrite = useCan('templates.write')
  // A draft that was saved but refused at the review's door goes on as that draft.
  const [template, setTemplate] = useState(first)
  const [draft, setDraft] = useState<Draft>(() => from ?? (template ? draftOf(template) : EMPTY))
  const save = useSaveTemplate(template, setTemplate)
  const remove = useDeleteTemplate()
  const canEdit = !template || isSimple(template)
  const isReadOnly = !mayWrite || !canEdit || (template !== null && FIXED.includes(template.status))
  const [lacks, setLacks] = useState<Problems>({})
  const problems = { ...problemsOf(save.error), ...lacks }
  const isBusy = save.isPending || remove.isPending
  // What fills the variables is ours alone: WhatsApp need not see it again.
  const isSame = template?.is_known === true && !template.edited && hasSameWords(draft, template)
  const components = canEdit ? componentsOf(draft) : (template?.components ?? [])

  function change(part: Partial<Draft>): void {
    setDraft((before) => {
      const next = { ...before, ...part }
      return { ...next, format: template?.is_known ? next.format : formatOf(next) }
    })
  }

  function keep(isFinal: boolean): void {
    const found = lacksOf(draft)
    setLacks(found)
    if (Object.keys(found).length > 0) return
    save.mutate(
      { draft, connection, isFinal },
      {
        onSuccess: () => {
          void toast({ message: t(isFinal ? 'submitted' : 'saved') })
          onClose()
        },
      },
    )
  }

  const aside = mayWrite && template && (
    <Button
      variant="subtle"
      color="red"
      loading={remove.isPending}
      onClick={() =>
        remove.mutate(template, {
          onSuccess: onClose,
          onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
        })
      }
    >
      {t('delete')}
    </Button>
  )
  return (
    <FormDrawer
      isOpen
      size={980}
      title={template ? `${template.name} · ${template.language}` : t('add')}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        keep(!isSame)
      }}
      submitLabel={t(isSame ? 'save' : 'submit')}
      isBusy={isBusy}
      error={save.isError ? errorText(save.error) : null}
      isReadOnly={isReadOnly}
      aside={aside}
    >
      {template && <Verdict template={template} isSimple={canEdit} />}
      <div className={classes.columns}>
        {canEdit ? (
          <div>
            <EditorFields
              draft={draft}
              problems={problems}
              isKnown={template?.is_known ?? false}
              isReadOnly={isReadOnly}
              onChange={change}
            />
            <div className={classes.acts}>
              {!isReadOnly && !isSame && (
                <Button variant="default" loading={isBusy} onClick={() => keep(false)}>
                  {t('saveDraft')}
                </Button>
              )}
              {mayWrite && template && (
                <Button variant="default" onClick={() => onDuplicate(withoutFiles(draft))}>
                  {t('duplicate')}
                </Button>
              )}
            </div>
          </div>
        ) : (
          <p className="hd-muted">{t('writtenAtMeta')}</p>
        )}
        <figure className={`${phone.phone} ${classes.preview}`} data-testid="template-preview">
          <figcaption className={phone.caption}>{t('preview')}</figcaption>
          <div className={phone.bubble}>
            <TemplateBubble shown={shownOf(components, exampleValues(draft))} files={filesOf(draft)} />
          </div>
        </figure>
      </div>
    </FormDrawer>
  )
}

function hasSameWords(draft: Draft, template: Template): boolean {
  return JSON.stringify(componentsOf(draft)) === JSON.stringify(componentsOf(draftOf(template)))
}

/** A file belongs to one template. */
function withoutFiles(draft: Draft): Draft {
  const cards = draft.cards.map((card) => ({ ...card, file: null }))
  return { ...draft, files: [], cards, language: '' }
}

/** Where WhatsApp would refuse it, by place: {"body": ["ends_with_variable"]}. */
function problemsOf(error: unknown): Problems {
  return isApiError(error) ? (error.fields as Problems) : {}
}

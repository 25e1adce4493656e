/** Choosing a template: found by name or words, its variables filled in, shown as the customer will read it. */
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Template, TemplateChoice } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { fold } from '@/shared/lib/fold'
import { IconSearch, IconTemplate } from '@/shared/ui/icons'
import { Empty, Failed, Loading } from '@/shared/ui/states'
import { partOf, word } from './parts'
import { usableTemplatesQuery } from './queries'
import { TemplateFields } from './TemplateFields'
import classes from './templates.module.css'

/** `isReady`: nothing that it asks for is missing. */
export interface Chosen {
  choice: TemplateChoice
  /** What its price depends on. */
  category: Template['category']
  isReady: boolean
}

interface TemplateChooserProps {
  /** The number that sends it; null where any of the company's will do. */
  connection: number | null
  /** Whose customer it is filled in for; else an example. */
  ticket?: number | undefined
  initial?: TemplateChoice | null | undefined
  onChoose: (chosen: Chosen | null) => void
}

export function TemplateChooser({ connection, ticket, initial, onChoose }: TemplateChooserProps) {
  const { t } = useTranslation('templates')
  const templates = useQuery(usableTemplatesQuery(connection))
  const [picked, setPicked] = useState<number | 'none' | null>(null)
  if (templates.isPending) return <Loading />
  if (templates.isError) return <Failed error={templates.error} onRetry={() => void templates.refetch()} />
  if (templates.data.length === 0)
    return (
      <Empty icon={IconTemplate} title={t('noneApproved')}>
        {t('noneApprovedText')}
      </Empty>
    )
  const before = templates.data.find(
    ({ name, language }) => name === initial?.name && language === initial.language,
  )
  const chosen = picked === null ? before : templates.data.find(({ id }) => id === picked)
  if (!chosen) return <List templates={templates.data} onPick={({ id }) => setPicked(id)} />
  return (
    <div className={classes.chooser}>
      <div className={classes.chosen}>
        <Name template={chosen} />
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setPicked('none')
            onChoose(null)
          }}
        >
          {t('chooseOther')}
        </Button>
      </div>
      <TemplateFields
        key={chosen.id}
        template={chosen}
        ticket={ticket}
        initial={chosen === before ? initial : null}
        onChange={onChoose}
      />
    </div>
  )
}

function List({ templates, onPick }: { templates: readonly Template[]; onPick: (one: Template) => void }) {
  const { t } = useTranslation('templates')
  const [words, setWords] = useState('')
  const wanted = fold(words.trim())
  const shown = templates.filter((one) =>
    fold(`${one.name.replaceAll('_', ' ')} ${one.name} ${bodyOf(one)}`).includes(wanted),
  )
  return (
    <div className={classes.chooser}>
      <TextInput
        type="search"
        data-autofocus
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {shown.length === 0 && <p className="hd-muted">{t('notFound')}</p>}
      <ul className={classes.list} aria-label={t('title')}>
        {shown.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={classes.choice}
              data-testid={`template-${one.name}-${one.language}`}
              onClick={() => onPick(one)}
            >
              <Name template={one} />
              <span className={classes.choiceWords}>{bodyOf(one)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Name({ template: { name, language, category } }: { template: Template }) {
  const { t } = useTranslation('templates')
  return (
    <span className={classes.choiceName}>
      {name}
      <span className={classes.choiceAbout}>
        {language} · {t(`categories.${category}`)}
      </span>
    </span>
  )
}

function bodyOf({ components }: Template): string {
  return word(partOf(components, 'body')?.text)
}

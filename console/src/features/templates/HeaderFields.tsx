/** What stands above the words of a template: a line, a file, or a place that the sender names. */
import { Select, TextInput } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { HeaderFile } from '@/shared/templates/HeaderFile'
import { namesIn } from '@/shared/templates/parts'
import { Counted } from './Counted'
import { type Draft, HEADERS, type HeaderKind } from './draft'
import { LIMITS } from './pieces'

interface HeaderFieldsProps {
  draft: Draft
  error: string | undefined
  isReadOnly: boolean
  onChange: (part: Partial<Draft>) => void
}

export function HeaderFields({ draft, error, isReadOnly, onChange }: HeaderFieldsProps) {
  const { t } = useTranslation('templates')
  const { headerKind } = draft
  return (
    <>
      <Select
        label={t('header')}
        data={HEADERS.map((value) => ({ value, label: t(`headers.${value}`) }))}
        value={headerKind}
        error={headerKind === 'location' || headerKind === 'none' ? error : undefined}
        onChange={(value) => value && onChange({ headerKind: value as HeaderKind, files: [] })}
        allowDeselect={false}
        disabled={isReadOnly}
      />
      <What draft={draft} error={error} onChange={onChange} />
    </>
  )
}

function What({ draft, error, onChange }: Omit<HeaderFieldsProps, 'isReadOnly'>) {
  const { t } = useTranslation('templates')
  const { headerKind, headerText, headerExample, files } = draft
  if (headerKind === 'text')
    return (
      <>
        <TextInput
          label={<Counted label={t('headerText')} text={headerText} most={LIMITS.header} />}
          value={headerText}
          error={error}
          onChange={(event) => onChange({ headerText: event.currentTarget.value })}
        />
        {namesIn(headerText).length > 0 && (
          <TextInput
            label={t('headerExample')}
            value={headerExample}
            onChange={(event) => onChange({ headerExample: event.currentTarget.value })}
          />
        )}
      </>
    )
  if (headerKind === 'none' || headerKind === 'location') return null
  return (
    <HeaderFile
      kind={headerKind}
      label={t('headerFile')}
      file={files[0] ?? null}
      error={error}
      onChange={(file) => onChange({ files: file ? [file] : [] })}
    />
  )
}

/** Whether something is for the whole company or for oneself. */
import { Input, SegmentedControl } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'

interface WhoseFieldProps {
  isShared: boolean
  /** Who may not share is told who does. */
  mayShare: boolean
  onChange: (isShared: boolean) => void
}

export function WhoseField({ isShared, mayShare, onChange }: WhoseFieldProps) {
  const { t } = useTranslation('common')
  return (
    <Input.Wrapper label={t('whose.label')} description={mayShare ? undefined : t('whose.onlyMine')}>
      <SegmentedControl
        mt={6}
        fullWidth
        aria-label={t('whose.label')}
        disabled={!mayShare}
        data={[
          { value: 'shared', label: t('whose.shared') },
          { value: 'mine', label: t('whose.mine') },
        ]}
        value={isShared ? 'shared' : 'mine'}
        onChange={(value) => onChange(value === 'shared')}
      />
    </Input.Wrapper>
  )
}

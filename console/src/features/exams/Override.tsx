/** A person judges otherwise: another verdict, and why. The score follows. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ExamCase, ExamVerdict } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './exams.module.css'
import { useJudge, VERDICTS } from './queries'
import { useExamError } from './useExamError'

export function Override({ row }: { row: ExamCase }) {
  const { t } = useTranslation('exams')
  const errorText = useExamError()
  const judge = useJudge()
  const [verdict, setVerdict] = useState(row.verdict as ExamVerdict)
  const [reason, setReason] = useState('')
  return (
    <form
      className={classes.override}
      onSubmit={(event) => {
        event.preventDefault()
        judge.mutate({ id: row.id, verdict, reason })
      }}
    >
      <NativeSelect
        label={t('override')}
        data={VERDICTS.map((value) => ({ value, label: t(`verdicts.${value}`) }))}
        value={verdict}
        onChange={(event) => setVerdict(event.currentTarget.value as ExamVerdict)}
        data-testid="override"
      />
      <TextInput
        label={t('overrideWhy')}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={judge.isError ? errorText(judge.error) : undefined}
      />
      <Button
        type="submit"
        variant="default"
        disabled={verdict === row.verdict}
        loading={judge.isPending}
        data-testid="save-verdict"
      >
        {t('common:save')}
      </Button>
    </form>
  )
}

/** Begin an exam: whom, with which questions, how many; what it will take is told before. */
import { Alert, Button, FileButton, NativeSelect, NumberInput, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Exam, ExamEstimate } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDuration, formatNumber } from '@/shared/lib/dates'
import { formatMoney } from '@/shared/lib/money'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { IconWarning } from '@/shared/ui/icons'
import classes from './exams.module.css'
import { assistantsQuery, estimateQuery, setsQuery, useBegin, useUploadSet, type Wanted } from './queries'
import { useExamError } from './useExamError'

const SOURCES: Exam['source'][] = ['tickets', 'set']
const MOST = 200

export function StartDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('exams')
  const errorText = useExamError()
  const navigate = useNavigate()
  const { data: assistants = [] } = useQuery(assistantsQuery)
  const [wanted, setWanted] = useState<Wanted>({ assistant: 0, source: 'tickets', questions: null, size: 20 })
  const chosen = { ...wanted, assistant: wanted.assistant || (assistants[0]?.id ?? 0) }
  const { data: estimate } = useQuery(estimateQuery(chosen))
  const begin = useBegin()
  const change = (part: Partial<Wanted>) => setWanted((now) => ({ ...now, ...part }))
  const isReady = chosen.assistant > 0 && (chosen.source === 'tickets' || chosen.questions !== null)
  return (
    <FormDrawer
      isOpen
      title={t('start.title')}
      submitLabel={t('start.begin')}
      onClose={onClose}
      isBusy={begin.isPending}
      error={begin.isError ? errorText(begin.error) : null}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        begin.mutate(chosen, {
          onSuccess: ({ id }) => void navigate({ to: '/settings/exams/$exam', params: { exam: String(id) } }),
        })
      }}
    >
      <NativeSelect
        label={t('assistant')}
        data={assistants.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={String(chosen.assistant)}
        onChange={(event) => change({ assistant: Number(event.currentTarget.value) })}
      />
      <div className={classes.field}>
        <SegmentedControl
          fullWidth
          aria-label={t('start.source')}
          data={SOURCES.map((value) => ({ value, label: t(`sources.${value}`) }))}
          value={chosen.source}
          onChange={(source) => change({ source: source as Exam['source'], questions: null })}
        />
        <p className={classes.small}>{t(`start.help.${chosen.source}`)}</p>
      </div>
      {chosen.source === 'set' && (
        <SetField value={chosen.questions} onChange={(questions) => change({ questions })} />
      )}
      <NumberInput
        label={t('start.size')}
        description={t('start.sizeHelp', { most: MOST })}
        min={1}
        max={MOST}
        allowDecimal={false}
        value={chosen.size}
        onChange={(size) => change({ size: Math.min(MOST, Math.max(1, Number(size) || 1)) })}
      />
      {estimate && isReady && <Foreseen estimate={estimate} />}
    </FormDrawer>
  )
}

function SetField({ value, onChange }: { value: number | null; onChange: (id: number | null) => void }) {
  const { t } = useTranslation('exams')
  const errorText = useExamError()
  const { data: sets = [] } = useQuery(setsQuery)
  const upload = useUploadSet()
  const choices = [
    { value: '', label: t('start.choose') },
    ...sets.map(({ id, name, size }) => ({
      value: String(id),
      label: t('start.setOf', { name, count: size }),
    })),
  ]
  return (
    <div className={classes.field}>
      <NativeSelect
        label={t('start.set')}
        data={choices}
        value={value ?? ''}
        onChange={(event) => onChange(Number(event.currentTarget.value) || null)}
        error={upload.isError ? errorText(upload.error) : undefined}
      />
      <FileButton
        accept=".csv,.xlsx,.json"
        onChange={(file) => file && upload.mutate(file, { onSuccess: ({ id }) => onChange(id) })}
      >
        {(props) => (
          <Button {...props} variant="default" loading={upload.isPending}>
            {t('start.upload')}
          </Button>
        )}
      </FileButton>
      <p className={classes.small}>{t('start.uploadHelp')}</p>
    </div>
  )
}

function Foreseen({ estimate }: { estimate: ExamEstimate }) {
  const { t } = useTranslation('exams')
  const { cases, cost, currency, seconds, left } = estimate
  const tokens = estimate.input_tokens + estimate.output_tokens
  return (
    <section className={classes.estimate} aria-label={t('estimate.title')} data-testid="estimate">
      <h3>{t('estimate.title')}</h3>
      <dl>
        <dt>{t('cases')}</dt>
        <dd>{formatNumber(cases)}</dd>
        <dt>{t('cost')}</dt>
        <dd>{cost === null ? t('estimate.noPrice') : `≈ ${formatMoney(cost, currency)}`}</dd>
        <dt>{t('estimate.tokens')}</dt>
        <dd>≈ {formatNumber(tokens)}</dd>
        <dt>{t('estimate.time')}</dt>
        <dd>≈ {formatDuration(seconds)}</dd>
        {left !== null && <dt>{t('estimate.left')}</dt>}
        {left !== null && <dd>{formatMoney(left, currency)}</dd>}
      </dl>
      <p className={classes.small}>{t(`estimate.basedOn.${estimate.based_on}`)}</p>
      {!estimate.is_affordable && (
        <Alert color="orange" icon={<IconWarning size={18} />} role="alert">
          {t(estimate.has_provider ? 'estimate.notAffordable' : 'estimate.noProvider')}
        </Alert>
      )}
    </section>
  )
}

/** What was sent and why, step by step, and what it took. */
import { type Translate, useTranslation } from '@/shared/i18n/translate'
import classes from './assistants.module.css'
import type { AssistantRun } from './queries'

interface Sent {
  kind: 'sent'
  instructions?: string
  items: { role: string; text: string }[]
}
interface Said {
  kind: 'said'
  text: string
  calls: { name: string; arguments: string }[]
  model: string
  ms: number
  tokens: { input: number; output: number }
}
interface Used {
  kind: 'tool'
  name: string
  arguments: string
  output: string
  ok: boolean
  ms: number
}
interface Ruled {
  kind: 'rule'
  code: string
  detail: string
}
type Step = Sent | Said | Used | Ruled

export function Steps({ run }: { run: AssistantRun }) {
  const { t } = useTranslation('assistants')
  const steps = run.steps as unknown as Step[]
  const { input, output } = run.tokens
  return (
    <div className={classes.steps} data-testid="steps">
      <h3 className={classes.legend}>{t('steps.title')}</h3>
      <p className={classes.muted}>
        {t('steps.took', { model: run.model || '–', input, output })}
        {run.cost !== null && ` · ${run.currency} ${run.cost}`}
      </p>
      {run.error && <p className={classes.bad}>{t(`errors.ai_${run.error}`, { defaultValue: run.error })}</p>}
      {run.acts.length > 0 && (
        <p className={classes.muted}>{t('steps.acts', { acts: run.acts.map(nameOf).join(', ') })}</p>
      )}
      <ol className={classes.stepList}>
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added
          <li key={at}>
            <OneStep step={step} />
          </li>
        ))}
      </ol>
      {run.sources.length > 0 && (
        <>
          <h3 className={classes.legend}>{t('steps.sources')}</h3>
          <ul className={classes.stepList}>
            {run.sources.map(({ id, title, text, url }) => (
              <li key={id}>
                <details className={classes.step}>
                  <summary>{title}</summary>
                  <pre className={classes.text}>{text}</pre>
                  <a href={url}>{t('steps.open')}</a>
                </details>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function OneStep({ step }: { step: Step }) {
  const { t } = useTranslation('assistants')
  if (step.kind === 'rule') {
    return (
      <p className={classes.step} data-kind="rule">
        {t(`rules.${step.code}`, { defaultValue: step.code })}
        {step.detail && ` (${step.detail})`}
      </p>
    )
  }
  return (
    <details className={classes.step} data-kind={step.kind}>
      <summary>{titleOf(step, t)}</summary>
      <pre className={classes.text}>{textOf(step)}</pre>
    </details>
  )
}

function titleOf(step: Exclude<Step, Ruled>, t: Translate): string {
  if (step.kind === 'sent') return t('steps.sent', { count: step.items.length })
  if (step.kind === 'tool')
    return t(step.ok ? 'steps.tool' : 'steps.toolWrong', { name: step.name, ms: step.ms })
  if (step.calls.length > 0)
    return t('steps.calls', { names: step.calls.map(({ name }) => name).join(', '), ms: step.ms })
  return t('steps.said', { ms: step.ms })
}

function textOf(step: Exclude<Step, Ruled>): string {
  if (step.kind === 'sent') {
    const said = step.items.map(({ role, text }) => `${role}: ${text}`)
    return [step.instructions, ...said].filter(Boolean).join('\n\n')
  }
  if (step.kind === 'tool') return `${step.arguments}\n\n${step.output}`
  const calls = step.calls.map((one) => `${one.name} ${one.arguments}`)
  return [step.text, ...calls].filter(Boolean).join('\n\n')
}

function nameOf(act: Record<string, unknown>): string {
  const about = act.name ?? act.label ?? act.at
  return about ? `${String(act.kind)} (${String(about)})` : String(act.kind)
}

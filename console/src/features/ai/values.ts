/** A provider as its form holds it. */
import type { Provider, ProviderBody } from './queries'

export const ABILITIES = ['chat', 'embedding', 'transcription', 'speech'] as const

export interface PriceLine {
  model: string
  input: string
  cached: string
  output: string
  minute: string
}

export interface ProviderValues extends Record<string, unknown> {
  name: string
  kind: Provider['kind']
  base_url: string
  api_key: string
  chat_model: string
  embedding_model: string
  transcription_model: string
  speech_model: string
  voice: string
  prices: PriceLine[]
  currency: string
  monthly_budget: string
  warn_percent: number
  stop_at_budget: boolean
  is_default: boolean
  is_on: boolean
}

export function valuesOf(provider: Provider | null): ProviderValues {
  return {
    name: provider?.name ?? '',
    kind: provider?.kind ?? 'openai',
    base_url: provider?.base_url ?? '',
    api_key: '',
    chat_model: provider?.chat_model ?? '',
    embedding_model: provider?.embedding_model ?? '',
    transcription_model: provider?.transcription_model ?? '',
    speech_model: provider?.speech_model ?? '',
    voice: provider?.voice ?? '',
    prices: Object.entries(provider?.prices ?? {}).map(([model, price]) => ({
      model,
      input: plain(price.input),
      cached: plain(price.cached),
      output: plain(price.output),
      minute: plain(price.minute),
    })),
    currency: provider?.currency ?? 'USD',
    monthly_budget: provider?.monthly_budget ?? '',
    warn_percent: provider?.warn_percent ?? 80,
    stop_at_budget: provider?.stop_at_budget ?? true,
    is_default: provider?.is_default ?? false,
    is_on: provider?.is_on ?? true,
  }
}

/** Empty means "as it is" for the key: it is never sent back to us. */
export function bodyOf(values: ProviderValues): ProviderBody & { name: string } {
  const { api_key, prices, monthly_budget, is_default, ...rest } = values
  const lines = prices.filter(({ model }) => model.trim())
  return {
    ...rest,
    ...(api_key.trim() && { api_key: api_key.trim() }),
    ...(is_default && { is_default }),
    monthly_budget: decimal(monthly_budget),
    prices: Object.fromEntries(
      lines.map(({ model, input, cached, output, minute }) => [
        model.trim(),
        {
          input: decimal(input),
          cached: decimal(cached),
          output: decimal(output),
          minute: decimal(minute),
        },
      ]),
    ),
  }
}

function decimal(text: string): string | null {
  return text.trim() ? text.trim().replace(',', '.') : null
}

function plain(value: string | null | undefined): string {
  return value ? String(Number(value)) : ''
}

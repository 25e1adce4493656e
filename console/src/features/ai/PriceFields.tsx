/** The company's own prices: without them tokens are counted, and money is not. */
import { ActionIcon, Button, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from '@/shared/i18n/translate'
import { IconPlus, IconTrash } from '@/shared/ui/icons'
import classes from './ai.module.css'
import type { ProviderValues } from './values'

const PARTS = ['input', 'cached', 'output', 'minute'] as const

interface PriceFieldsProps {
  form: UseFormReturnType<ProviderValues>
  /** Chosen models that have no price yet. */
  unpriced: readonly string[]
}

export function PriceFields({ form, unpriced }: PriceFieldsProps) {
  const { t } = useTranslation('ai')
  const known = form.values.prices.map(({ model }) => model)
  const missing = unpriced.filter((model) => !known.includes(model))
  const add = (model = '') =>
    form.insertListItem('prices', { model, input: '', cached: '', output: '', minute: '' })
  return (
    <section className={classes.part} aria-label={t('prices')}>
      <h3 className={classes.partTitle}>{t('prices')}</h3>
      <p className="hd-muted">{t('pricesText')}</p>
      {form.values.prices.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name while their model is typed
        <div key={index} className={classes.price}>
          <TextInput
            label={t('model')}
            className={classes.model}
            {...form.getInputProps(`prices.${index}.model`)}
          />
          {PARTS.map((part) => (
            <TextInput
              key={part}
              label={t(`per.${part}`)}
              inputMode="decimal"
              placeholder="0"
              {...form.getInputProps(`prices.${index}.${part}`)}
            />
          ))}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('removePrice', { model: line.model })}
            onClick={() => form.removeListItem('prices', index)}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {missing.length > 0 && (
        <p className={classes.note}>{t('unpricedModels', { models: missing.join(', ') })}</p>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} />}
        onClick={() => add(missing[0])}
      >
        {t('addPrice')}
      </Button>
    </section>
  )
}

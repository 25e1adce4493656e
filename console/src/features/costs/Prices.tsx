/** The company's own price list: what one delivered message costs, by country and category, from a day on. */
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { formatDate } from '@/shared/lib/dates'
import { formatMoney } from '@/shared/lib/money'
import { useCan } from '@/shared/session/store'
import { IconTrash } from '@/shared/ui/icons'
import { Section } from '@/shared/ui/Section'
import { Failed, Loading } from '@/shared/ui/states'
import { toast } from '@/shared/ui/toast'
import classes from './costs.module.css'
import { CATEGORIES, type NewPrice, pricesQuery, reportQuery, usePriceChanges } from './queries'

export function Prices() {
  const { t } = useTranslation('costs')
  const canWrite = useCan('company.write')
  const prices = useQuery(pricesQuery)
  const { again } = usePriceChanges()
  const recount = canWrite && (
    <Button
      variant="default"
      size="xs"
      loading={again.isPending}
      onClick={() =>
        again.mutate(undefined, {
          onSuccess: ({ counted }) => void toast({ message: t('counted', { count: counted }) }),
        })
      }
    >
      {t('again')}
    </Button>
  )
  return (
    <Section title={t('prices')} description={t('pricesText')} aside={recount}>
      {prices.isPending && <Loading />}
      {prices.isError && <Failed error={prices.error} onRetry={() => void prices.refetch()} />}
      {prices.data && (
        <ul className={classes.prices}>
          {prices.data.map((price) => (
            <Line key={price.id} price={price} canWrite={canWrite} />
          ))}
          {prices.data.length === 0 && <li className={classes.none}>{t('noPrices')}</li>}
        </ul>
      )}
      {canWrite && <Add />}
    </Section>
  )
}

function Line({ price, canWrite }: { price: { id: number } & NewPrice; canWrite: boolean }) {
  const { t } = useTranslation('costs')
  const { remove } = usePriceChanges()
  const currency = useQuery(reportQuery({ by: 'month', after: '2000-01-01T00:00:00Z' })).data?.currency
  const { id, country, category, amount, starts_on } = price
  const name = `${country || t('elsewhere')} · ${t(`categories.${category}`)}`
  return (
    <li className={classes.price}>
      <span className={classes.what}>{name}</span>
      <span className={classes.since}>{t('since', { day: formatDate(`${starts_on}T12:00`) })}</span>
      <strong>{currency ? formatMoney(amount, currency) : amount}</strong>
      {canWrite && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('remove', { name })}
          loading={remove.isPending}
          onClick={() => remove.mutate(id)}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      )}
    </li>
  )
}

function Add() {
  const { t } = useTranslation('costs')
  const errorText = useErrorText()
  const { add } = usePriceChanges()
  const [price, setPrice] = useState<NewPrice>({
    country: '',
    category: 'utility',
    amount: '',
    starts_on: new Date().toISOString().slice(0, 10),
  })
  const isValid = /^\d+([.,]\d{1,6})?$/.test(price.amount) && /^([A-Z]{2})?$/.test(price.country)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!isValid) return
    const body = { ...price, amount: price.amount.replace(',', '.') }
    add.mutate(body, {
      onSuccess: () => setPrice({ ...price, amount: '' }),
      onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
    })
  }
  return (
    <form className={classes.add} onSubmit={submit}>
      <TextInput
        label={t('country')}
        placeholder="BR"
        maxLength={2}
        value={price.country}
        onChange={(event) => setPrice({ ...price, country: event.currentTarget.value.toUpperCase() })}
      />
      <NativeSelect
        label={t('category')}
        value={price.category}
        data={CATEGORIES.map((value) => ({ value, label: t(`categories.${value}`) }))}
        onChange={(event) =>
          setPrice({ ...price, category: event.currentTarget.value as NewPrice['category'] })
        }
      />
      <TextInput
        label={t('amount')}
        inputMode="decimal"
        placeholder="0.0000"
        value={price.amount}
        onChange={(event) => setPrice({ ...price, amount: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('from')}
        value={price.starts_on}
        onChange={(event) => setPrice({ ...price, starts_on: event.currentTarget.value })}
      />
      <Button type="submit" disabled={!isValid || !price.starts_on} loading={add.isPending}>
        {t('add')}
      </Button>
    </form>
  )
}

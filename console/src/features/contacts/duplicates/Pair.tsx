/** Two contacts that may be one: why we think so, side by side, and what people decide. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useActions } from '@/shared/actions/registry'
import type { Contact, Duplicate } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { contactTitle } from '@/shared/lib/phone'
import { announce } from '@/shared/ui/announce'
import { IconMerge, IconX } from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { Choice, type Chosen } from '../merge/Choice'
import { OpenTickets } from '../merge/OpenTickets'
import { useJoin } from '../merge/useJoin'
import { useTakeApart } from '../one/queries'
import classes from './duplicates.module.css'
import { keyOf, useForgetNotTheSame, useNotTheSame } from './queries'

interface PairProps {
  row: Duplicate
  isCurrent: boolean
  canDecide: boolean
  onPoint: () => void
  onDecided: () => void
  onBack: () => void
}

export function Pair({ row, isCurrent, canDecide, onPoint, onDecided, onBack }: PairProps) {
  const { t } = useTranslation('contacts')
  const frame = useRef<HTMLLIElement>(null)
  const pair: readonly [Contact, Contact] = [row.first, row.second]
  const [chosen, setChosen] = useState<Chosen>({ into: row.into, picks: {} })
  const { join, part, isBusy, open } = useDecisions(pair, onDecided, onBack)
  useEffect(() => {
    if (isCurrent) frame.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  return (
    <li
      ref={frame}
      className={classes.pair}
      data-current={isCurrent || undefined}
      aria-current={isCurrent || undefined}
      onPointerDown={onPoint}
      onFocus={onPoint}
      data-testid={`pair-${keyOf(row)}`}
    >
      <p className={classes.reasons}>
        {t('duplicates.because')} {row.reasons.map((reason) => t(`duplicates.reasons.${reason}`)).join(' · ')}
      </p>
      <Choice pair={pair} chosen={chosen} onChange={canDecide ? setChosen : null} />
      <OpenTickets tickets={open.tickets} isAgreed={open.isAgreed} onAgree={open.setAgreed} />
      <div className={classes.foot}>
        {pair.map((contact) => (
          <Link
            key={contact.id}
            to="/contacts/$contact"
            params={{ contact: String(contact.id) }}
            className={classes.link}
          >
            {t('duplicates.open', { name: contactTitle(contact) })}
          </Link>
        ))}
        <span className={classes.spring} />
        {canDecide && (
          <>
            <Button variant="default" leftSection={<IconX size={16} />} onClick={part} disabled={isBusy}>
              {t('duplicates.part')}
            </Button>
            <Button
              leftSection={<IconMerge size={16} />}
              loading={isBusy}
              disabled={open.mustAgree}
              onClick={() => join(chosen)}
            >
              {t('merge.confirm')}
            </Button>
          </>
        )}
      </div>
      {isCurrent && canDecide && !open.mustAgree && (
        <Keys onMerge={() => !isBusy && join(chosen)} onPart={() => !isBusy && part()} />
      )}
    </li>
  )
}

/** The letters act on the pair that is pointed at. */
function Keys({ onMerge, onPart }: { onMerge: () => void; onPart: () => void }) {
  const { t } = useTranslation('contacts')
  const group = t('duplicates.title')
  useActions([
    {
      id: 'pair.merge',
      label: t('merge.confirm'),
      group,
      shortcut: 'mergePair',
      icon: IconMerge,
      perform: onMerge,
    },
    {
      id: 'pair.part',
      label: t('duplicates.part'),
      group,
      shortcut: 'partPair',
      icon: IconX,
      perform: onPart,
    },
  ])
  return null
}

function useDecisions(pair: readonly [Contact, Contact], onDecided: () => void, onBack: () => void) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const notTheSame = useNotTheSame()
  const forget = useForgetNotTheSame()
  const takeApart = useTakeApart()
  const onError = (error: Error) => void toast({ message: errorText(error), tone: 'danger' })
  // By the time somebody undoes, the pair is gone from the screen: promises are still told, callbacks are not.
  const { join, isBusy, ...open } = useJoin(pair, (merge) => {
    onDecided()
    announce(t('merge.done', { name: merge.survivor.display_name }))
    const undo = {
      label: t('undo'),
      perform: () => void takeApart.mutateAsync(merge.id).then(onBack, onError),
    }
    void toast({ message: t('merge.done', { name: merge.survivor.display_name }), undo })
  })
  function part(): void {
    notTheSame.mutate(pair, {
      onSuccess: () => {
        onDecided()
        const undo = { label: t('undo'), perform: () => void forget.mutateAsync(pair).then(onBack, onError) }
        void toast({ message: t('duplicates.parted'), undo })
      },
      onError,
    })
  }
  return { join, part, isBusy: isBusy || notTheSame.isPending, open }
}

/** The button that adds a phone, with the drawer and the code behind it. Not there while the company does without. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Connection } from '@/shared/api/types'
import { useTranslation } from '@/shared/i18n/translate'
import { IconPhone } from '@/shared/ui/icons'
import { PairDialog } from './PairDialog'
import type { PastValues } from './PastFields'
import { PhoneDrawer } from './PhoneDrawer'
import { useOffersPhones, usePhoneAct } from './queries'

export function LinkPhone() {
  const { t } = useTranslation('connections')
  const isOffered = useOffersPhones()
  const [opened, setOpened] = useState<'drawer' | Connection | null>(null)
  const act = usePhoneAct()
  if (!isOffered) return null
  function askForCodes(saved: Connection, past: PastValues): void {
    act.mutate({ id: saved.id, act: 'pair', past })
    setOpened(saved)
  }
  return (
    <>
      <Button
        mt="md"
        variant="default"
        leftSection={<IconPhone size={16} />}
        onClick={() => setOpened('drawer')}
      >
        {t('phone.add')}
      </Button>
      {opened === 'drawer' && (
        <PhoneDrawer connection={null} onClose={() => setOpened(null)} onSaved={askForCodes} />
      )}
      {opened !== null && opened !== 'drawer' && (
        <PairDialog connection={opened} onClose={() => setOpened(null)} />
      )}
    </>
  )
}

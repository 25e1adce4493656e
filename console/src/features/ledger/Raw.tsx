/** The webhook as it came: read only when asked, since each look is written into the audit log. */
import { Button, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { Failed, Loading } from '@/shared/ui/states'
import { Code } from './Code'
import classes from './ledger.module.css'
import { rawQuery } from './queries'

export function Raw({ payload }: { payload: number }) {
  const { t } = useTranslation('ledger')
  const [isOpen, setOpen] = useState(false)
  if (isOpen) return <Opened payload={payload} />
  return (
    <div className={classes.rawDoor}>
      <Button variant="default" onClick={() => setOpen(true)} data-testid="open-raw">
        {t('raw.open')}
      </Button>
      <span className={classes.small}>{t('raw.audited')}</span>
    </div>
  )
}

function Opened({ payload }: { payload: number }) {
  const { t } = useTranslation('ledger')
  const canSeeNumbers = useCan('contacts.read')
  const [showsNumbers, setNumbers] = useState(false)
  const raw = useQuery(rawQuery(payload, showsNumbers))
  return (
    <>
      {canSeeNumbers && (
        <Switch
          label={t('raw.numbers')}
          checked={showsNumbers}
          onChange={({ currentTarget }) => setNumbers(currentTarget.checked)}
        />
      )}
      {raw.isPending && <Loading />}
      {raw.isError && <Failed error={raw.error} />}
      {raw.data && <Code title={t('raw.title')} value={raw.data.text || raw.data.body} />}
    </>
  )
}

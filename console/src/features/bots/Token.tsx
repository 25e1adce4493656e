/** The token with which a bot sends answers by itself; shown this one time. */
import { Alert, Button } from '@mantine/core'
import type { Bot } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { CopyButton } from '@/shared/ui/CopyButton'
import { Section } from '@/shared/ui/Section'
import classes from './bots.module.css'
import { useBotToken } from './queries'

export function Token({ bot }: { bot: Bot }) {
  const { t } = useTranslation('bots')
  const errorText = useErrorText()
  const make = useBotToken(bot.id)
  const address = `${window.location.origin}/api/bots/${bot.id}/answer/`
  return (
    <Section title={t('later')} description={t('laterText')}>
      <div className={classes.inside}>
        <code className={classes.code}>{address}</code>
        {make.isError && <Alert color="red">{errorText(make.error)}</Alert>}
        {make.data ? (
          <>
            <Alert color="teal">{t('tokenShown')}</Alert>
            <code className={classes.code}>{make.data.token}</code>
            <CopyButton value={make.data.token}>
              {(copy, isCopied) => (
                <Button variant="default" onClick={copy}>
                  {isCopied ? t('copied') : t('copy')}
                </Button>
              )}
            </CopyButton>
          </>
        ) : (
          <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
            {t(bot.has_token ? 'replaceToken' : 'makeToken')}
          </Button>
        )}
      </div>
    </Section>
  )
}

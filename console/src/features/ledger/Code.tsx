/** JSON as it is, with a way to copy it. */
import { Button } from '@mantine/core'
import { useTranslation } from '@/shared/i18n/translate'
import { CopyButton } from '@/shared/ui/CopyButton'
import { IconCopy } from '@/shared/ui/icons'
import classes from './ledger.module.css'

export function Code({ title, value }: { title: string; value: unknown }) {
  const { t } = useTranslation('ledger')
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <section className={classes.codeBox}>
      <header>
        <h3>{title}</h3>
        <CopyButton value={text}>
          {(copy, isCopied) => (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconCopy size={14} aria-hidden />}
              onClick={copy}
            >
              {t(isCopied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.code} tabIndex={0} aria-label={title}>
        <pre>{text}</pre>
      </section>
    </section>
  )
}

/** The frame of the pages before the login: name, card, language. */
import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Language } from '@/shared/api/types'
import { currentLanguage, languageNames, languages, switchLanguage } from '@/shared/i18n'
import { useTranslation } from '@/shared/i18n/translate'
import { useTitle } from '@/shared/ui/Page'
import classes from './AuthFrame.module.css'

interface AuthFrameProps {
  title: string
  text?: string
  children: ReactNode
  /** Under the card: the way to another of these pages. */
  foot?: ReactNode
}

export function AuthFrame({ title, text, children, foot }: AuthFrameProps) {
  const { t } = useTranslation('auth')
  useTitle(title)
  return (
    <div className={classes.frame}>
      <main className={classes.main}>
        <div className={classes.brand}>
          <img src="/icon.svg" alt="" width={32} height={32} />
          <span>Helpdesk</span>
        </div>
        <section className={classes.card}>
          <h1 className={classes.title}>{title}</h1>
          {text && <p className={classes.text}>{text}</p>}
          {children}
        </section>
        {foot && <div className={classes.foot}>{foot}</div>}
      </main>
      <footer>
        <NativeSelect
          className={classes.language}
          size="xs"
          aria-label={t('language')}
          value={currentLanguage()}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(event) => void switchLanguage(event.currentTarget.value as Language)}
        />
      </footer>
    </div>
  )
}

/** Copies a text and says so for two seconds. The look is the caller's. */
import { type ReactNode, useState } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import { announce } from './announce'

interface CopyButtonProps {
  value: string
  children: (copy: () => void, isCopied: boolean) => ReactNode
}

export function CopyButton({ value, children }: CopyButtonProps) {
  const { t } = useTranslation('common')
  const [isCopied, setCopied] = useState(false)
  async function copy(): Promise<void> {
    if (!(await copyText(value))) return
    setCopied(true)
    announce(t('copied'))
    setTimeout(() => setCopied(false), 2_000)
  }
  return <>{children(() => void copy(), isCopied)}</>
}

/** The clipboard needs HTTPS or localhost; over plain HTTP in a local network the old way still works. */
export async function copyText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value)
    return true
  } catch {
    const field = document.createElement('textarea')
    field.value = value
    document.body.append(field)
    field.select()
    const done = document.execCommand('copy')
    field.remove()
    return done
  }
}

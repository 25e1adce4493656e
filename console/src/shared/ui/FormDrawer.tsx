/** Add or edit beside the list: title, form, and a foot with Save that stays in sight. */
import { Alert, Button, Drawer } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from '@/shared/i18n/translate'
import classes from './FormDrawer.module.css'
import { IconWarning } from './icons'

interface FormDrawerProps {
  isOpen: boolean
  title: string
  onClose: () => void
  onSubmit: (event: FormEvent<HTMLFormElement>) => void
  isBusy?: boolean
  /** What the server said about the form as a whole. */
  error?: string | null
  submitLabel?: string
  /** On the left of the foot: delete, restore. */
  aside?: ReactNode
  /** For people who may look but not change. */
  isReadOnly?: boolean
  size?: number
  children: ReactNode
  /** After the fields, also for people who may only look: what belongs to the row but is not edited. */
  below?: ReactNode
}

export function FormDrawer(props: FormDrawerProps) {
  const { t } = useTranslation('common')
  const {
    isOpen,
    title,
    onClose,
    onSubmit,
    isBusy,
    error,
    submitLabel,
    aside,
    isReadOnly,
    size = 460,
    children,
    below,
  } = props
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': t('close') }}
      classNames={{
        content: classes.content,
        header: classes.header,
        title: classes.title,
        body: classes.body,
      }}
    >
      <form className={classes.form} onSubmit={onSubmit} noValidate>
        <div className={classes.fields}>
          {error && (
            <Alert color="red" icon={<IconWarning size={18} />} role="alert">
              {error}
            </Alert>
          )}
          <fieldset className={classes.fieldset} disabled={isReadOnly}>
            {children}
          </fieldset>
          {below}
        </div>
        <footer className={classes.foot}>
          <div className={classes.aside}>{aside}</div>
          <Button variant="default" onClick={onClose}>
            {isReadOnly ? t('close') : t('cancel')}
          </Button>
          {!isReadOnly && (
            <Button type="submit" loading={isBusy}>
              {submitLabel ?? t('save')}
            </Button>
          )}
        </footer>
      </form>
    </Drawer>
  )
}

/** Me: name, language, theme. Choices apply at once; the name is saved. */
import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Language, Theme } from '@/shared/api/types'
import { languageNames, languages } from '@/shared/i18n'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { useChangeMe } from '@/shared/session/queries'
import { useMe } from '@/shared/session/store'
import { Avatar } from '@/shared/ui/Avatar'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { toast } from '@/shared/ui/toast'
import classes from './ProfilePage.module.css'

export function ProfilePage() {
  const { t } = useTranslation('auth')
  return (
    <Page title={t('profile.title')} width="narrow">
      <Identity />
      <Appearance />
    </Page>
  )
}

function Identity() {
  const { t } = useTranslation(['auth', 'common'])
  const { user } = useMe()
  const change = useChangeMe()
  const errorText = useErrorText()
  const form = useForm({ initialValues: { name: user.name } })
  function save({ name }: { name: string }): void {
    change.mutate(
      { name },
      {
        onSuccess: () => void toast({ message: t('profile.saved') }),
        onError: (error) => {
          if (!showFieldErrors(form, error)) void toast({ message: errorText(error), tone: 'danger' })
        },
      },
    )
  }
  return (
    <Section title={t('profile.identity')}>
      <form className={classes.identity} onSubmit={form.onSubmit(save)}>
        <Avatar name={user.name} size={56} />
        <div className={classes.fields}>
          <TextInput label={t('profile.name')} autoComplete="name" {...form.getInputProps('name')} />
          <TextInput label={t('email')} value={user.email} description={t('profile.emailHint')} readOnly />
          <Button
            type="submit"
            className={classes.save}
            loading={change.isPending}
            disabled={form.values.name.trim() === '' || form.values.name === user.name}
          >
            {t('common:save')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function Appearance() {
  const { t } = useTranslation('auth')
  const { user } = useMe()
  const change = useChangeMe()
  const themes: Theme[] = ['auto', 'light', 'dark']
  return (
    <Section title={t('profile.appearance')}>
      <div className={classes.fields}>
        <NativeSelect
          label={t('language')}
          value={user.language}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(event) => change.mutate({ language: event.currentTarget.value as Language })}
        />
        <fieldset className={classes.choice}>
          <legend>{t('profile.theme')}</legend>
          <SegmentedControl
            aria-label={t('profile.theme')}
            value={user.theme}
            data={themes.map((value) => ({ value, label: t(`profile.themes.${value}`) }))}
            onChange={(value) => change.mutate({ theme: value as Theme })}
          />
        </fieldset>
      </div>
    </Section>
  )
}

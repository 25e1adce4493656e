/** Makes a key and shows it this one time. */
import { Alert, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { showFieldErrors } from '@/shared/lib/forms'
import { CopyButton } from '@/shared/ui/CopyButton'
import { FormDrawer } from '@/shared/ui/FormDrawer'
import { IconInfo } from '@/shared/ui/icons'
import classes from './forms.module.css'
import { type Scope, useCreateApiKey } from './queries'

const SCOPES: Scope[] = ['read', 'write', 'ai', 'admin']
const DAYS = ['', '30', '90', '365'] as const

interface ApiKeyValues extends Record<string, unknown> {
  name: string
  scopes: Scope[]
  days: string
}

export function ApiKeyDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings')
  const errorText = useErrorText()
  const create = useCreateApiKey()
  const form = useForm<ApiKeyValues>({
    initialValues: { name: '', scopes: ['read'], days: '' },
    validate: {
      name: (value) => (value.trim() ? null : t('apiKeys.nameMissing')),
      scopes: (value) => (value.length > 0 ? null : t('apiKeys.scopesMissing')),
    },
  })
  function save({ name, scopes, days }: ApiKeyValues): void {
    const body = { name: name.trim(), scopes, expires_at: days ? inDays(Number(days)) : null }
    create.mutate(body, { onError: (error) => showFieldErrors(form, error) })
  }
  const isElsewhere = create.isError && Object.keys(form.errors).length === 0
  return (
    <FormDrawer
      isOpen
      title={t('apiKeys.add')}
      onClose={onClose}
      onSubmit={form.onSubmit(save)}
      isBusy={create.isPending}
      error={isElsewhere ? errorText(create.error) : null}
      submitLabel={t('apiKeys.create')}
      isReadOnly={create.isSuccess}
      below={create.data && <NewKey value={create.data.key} />}
    >
      {!create.data && (
        <>
          <TextInput
            label={t('apiKeys.name')}
            description={t('apiKeys.nameHint')}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Checkbox.Group label={t('apiKeys.scopes')} {...form.getInputProps('scopes')}>
            <div className={classes.scopes}>
              {SCOPES.map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  label={t(`apiKeys.scope.${scope}`)}
                  description={t(`apiKeys.scopeText.${scope}`)}
                />
              ))}
            </div>
          </Checkbox.Group>
          <NativeSelect
            label={t('apiKeys.expires')}
            data={DAYS.map((value) => ({
              value,
              label: value ? t('apiKeys.inDays', { count: Number(value) }) : t('apiKeys.noExpiry'),
            }))}
            {...form.getInputProps('days')}
          />
        </>
      )}
    </FormDrawer>
  )
}

function NewKey({ value }: { value: string }) {
  const { t } = useTranslation('settings')
  return (
    <>
      <Alert color="teal" icon={<IconInfo size={18} />} title={t('apiKeys.createdTitle')}>
        {t('apiKeys.createdText')}
      </Alert>
      <div className={classes.key}>
        <code>{value}</code>
        <CopyButton value={value}>
          {(copy, isCopied) => (
            <Button variant="default" onClick={copy}>
              {isCopied ? t('apiKeys.copied') : t('apiKeys.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </>
  )
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString()
}

/** Contacts that were deleted, each to bring back. */
import { Button } from '@mantine/core'
import type { Contact } from '@/shared/api/types'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { contactTitle, formatPhone } from '@/shared/lib/phone'
import { DataTable } from '@/shared/ui/DataTable'
import { toast } from '@/shared/ui/toast'
import { useRestoreContact } from '../queries'

export function Deleted({ contacts, onMore }: { contacts: readonly Contact[]; onMore: (() => void) | null }) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const restore = useRestoreContact()
  return (
    <>
      <DataTable
        caption={t('deletedTitle')}
        columns={[
          { key: 'name', header: t('name'), cell: contactTitle },
          { key: 'number', header: t('columns.number'), cell: ({ number }) => formatPhone(number) },
        ]}
        // Who became part of somebody else comes back by taking the two apart.
        rows={contacts.filter(({ merged_into }) => merged_into === null)}
        rowKey={({ id }) => id}
        actionsLabel={t('restore')}
        actionsWidth="130px"
        actions={(contact) => (
          <Button
            size="xs"
            variant="default"
            loading={restore.isPending && restore.variables === contact.id}
            aria-label={t('restoreOne', { name: contactTitle(contact) })}
            onClick={() =>
              restore.mutate(contact.id, {
                onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
              })
            }
          >
            {t('restore')}
          </Button>
        )}
      />
      {onMore && (
        <Button mt="md" variant="default" onClick={onMore}>
          {t('showMore')}
        </Button>
      )}
    </>
  )
}

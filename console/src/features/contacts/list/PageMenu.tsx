/** Everything else that can be done with the list: order, columns, files, duplicates, those deleted. */
import { Button, Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '@/shared/api/client'
import { toApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { download } from '@/shared/lib/download'
import { useCan } from '@/shared/session/store'
import {
  IconChevronDown,
  IconDownload,
  IconFileSpreadsheet,
  IconMerge,
  IconTrash,
  IconUsers,
} from '@/shared/ui/icons'
import { toast } from '@/shared/ui/toast'
import { asked } from '../queries'
import type { ContactsSearch } from '../search'

interface PageMenuProps {
  search: ContactsSearch
  onChange: (search: ContactsSearch) => void
}

const KINDS = ['csv', 'xlsx'] as const

export function PageMenu({ search, onChange }: PageMenuProps) {
  const { t } = useTranslation('contacts')
  const errorText = useErrorText()
  const canExport = useCan('contacts.export')
  const canImport = useCan('contacts.import')
  const canDelete = useCan('contacts.delete')
  const exporting = useMutation({
    mutationFn: async (kind: 'csv' | 'xlsx') => {
      const query = { ...asked(search), kind }
      const answer = api.GET('/api/contacts/export/', { params: { query }, parseAs: 'blob' })
      const response = await download(answer, `contacts.${kind}`)
      if (!response.ok) throw toApiError(response, await response.json().catch(() => null))
    },
    onError: (error) => void toast({ message: errorText(error), tone: 'danger' }),
  })
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <Button
          variant="default"
          rightSection={<IconChevronDown size={16} />}
          loading={exporting.isPending}
          data-testid="contacts-menu"
        >
          {t('more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {canImport && (
          <Menu.Item
            component={Link}
            to="/contacts/imports"
            leftSection={<IconFileSpreadsheet size={16} />}
            data-testid="contacts-import"
          >
            {t('imports.title')}
          </Menu.Item>
        )}
        {canExport &&
          KINDS.map((kind) => (
            <Menu.Item
              key={kind}
              leftSection={<IconDownload size={16} />}
              onClick={() => exporting.mutate(kind)}
              data-testid={`contacts-export-${kind}`}
            >
              {t(`export.${kind}`)}
            </Menu.Item>
          ))}
        <Menu.Item component={Link} to="/contacts/duplicates" leftSection={<IconMerge size={16} />}>
          {t('duplicates.title')}
        </Menu.Item>
        {canDelete && (
          <Menu.Item
            leftSection={search.deleted ? <IconUsers size={16} /> : <IconTrash size={16} />}
            onClick={() => onChange(search.deleted ? {} : { deleted: true })}
          >
            {search.deleted ? t('segments.all') : t('deletedTitle')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

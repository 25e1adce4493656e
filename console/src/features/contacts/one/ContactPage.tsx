/** One contact: who it is, how it is reached, and everything that happened between it and the company. */
import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { isApiError } from '@/shared/api/errors'
import type { Contact } from '@/shared/api/types'
import { GroupSection } from '@/shared/contacts/GroupSection'
import { contactQuery } from '@/shared/contacts/queries'
import { useTranslation } from '@/shared/i18n/translate'
import { contactTitle } from '@/shared/lib/phone'
import { useCan } from '@/shared/session/store'
import { IconBack, IconUsers } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Empty, Failed, Loading, NoPermission } from '@/shared/ui/states'
import { Addresses } from './Addresses'
import { ContactMenu } from './ContactMenu'
import { Details } from './Details'
import classes from './one.module.css'
import { Timeline } from './Timeline'

export function ContactPage() {
  const { t } = useTranslation('contacts')
  const canRead = useCan('contacts.read')
  const id = Number(useParams({ from: '/shell/contacts/$contact' }).contact)
  const { data: contact, error, refetch } = useQuery({ ...contactQuery(id), enabled: canRead })
  return (
    <Page
      title={contact ? contactTitle(contact) : t('contact')}
      back={
        <Link to="/contacts" className={classes.back} aria-label={t('back')}>
          <IconBack size={18} aria-hidden />
        </Link>
      }
      actions={contact && <ContactMenu contact={contact} />}
    >
      {!canRead && <NoPermission />}
      {canRead && !contact && !error && <Loading />}
      {error &&
        !contact &&
        (isApiError(error) && error.isMissing ? (
          <Empty icon={IconUsers} title={t('missing')}>
            {t('missingText')}
          </Empty>
        ) : (
          <Failed error={error} onRetry={() => void refetch()} />
        ))}
      {contact && <Parts key={contact.id} contact={contact} />}
    </Page>
  )
}

function Parts({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  return (
    <>
      <div className={classes.marks}>
        {contact.is_deleted && contact.merged_into === null && (
          <Badge variant="light" color="gray" tt="none">
            {t('isDeleted')}
          </Badge>
        )}
        {contact.merged_into !== null && (
          <Link
            to="/contacts/$contact"
            params={{ contact: String(contact.merged_into) }}
            className={classes.link}
          >
            {t('isMerged')}
          </Link>
        )}
        {contact.is_blocked && (
          <Badge variant="light" color="red" tt="none">
            {t('blocked')}
          </Badge>
        )}
        {contact.bot_off && (
          <Badge variant="light" color="gray" tt="none">
            {t('botOff')}
          </Badge>
        )}
      </div>
      <div className={classes.parts}>
        <div className={classes.side}>
          {contact.is_group && (
            <div className={classes.card}>
              <GroupSection contact={contact} />
            </div>
          )}
          <Details contact={contact} />
          <Addresses contact={contact} />
        </div>
        <Timeline contact={contact} />
      </div>
    </>
  )
}

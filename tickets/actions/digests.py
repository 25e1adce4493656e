"""The e-mail digest: what a person missed while no console was open, in one letter instead of many."""

from datetime import timedelta
from smtplib import SMTPException

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.timezone import now

from tenants.models import Membership, User
from tenants.models.membership import Presence
from tenants.scoping import CompanyTask
from tickets.actions import timers
from tickets.models import Notification, NotificationSettings, Ticket, Timer
from tickets.models.ticket import Status

PERIODS = {"hourly": timedelta(hours=1), "daily": timedelta(days=1)}
MOST_LINES = 20


def expect(wishes: NotificationSettings) -> None:
    """Something for the next letter happened. The first such thing sets the clock."""
    period = PERIODS.get(wishes.digest)
    if period is None or Timer.objects.filter(kind="digest", subject=_subject(wishes.user_id)).exists():
        return
    last = wishes.digest_sent_at
    due = max(now() + timedelta(minutes=10), last + period if last else now())
    timers.start("digest", subject=_subject(wishes.user_id), due_at=due, data={"user": wishes.user_id})


def schedule(wishes: NotificationSettings) -> None:
    """The person changed their mind."""
    if wishes.digest == "off":
        timers.stop("digest", subject=_subject(wishes.user_id))


def ring(timer: Timer) -> None:
    """It is time for a letter, unless the person is back at their console or asked for quiet."""
    wishes = NotificationSettings.objects.filter(user=timer.data["user"]).first()
    if wishes is None or wishes.digest not in PERIODS:
        return
    member = Membership.objects.active().filter(user=wishes.user_id).select_related("company").first()
    if member is None or member.presence == Presence.ONLINE:
        return
    if wishes.is_quiet(now(), member.company.timezone):
        timers.start("digest", subject=timer.subject, due_at=now() + timedelta(minutes=30), data=timer.data)
        return
    write.nudge(timer.company_id, wishes.user_id)


@shared_task(base=CompanyTask, autoretry_for=(SMTPException, OSError), retry_backoff=5, max_retries=6)
def write(company_id: int, user_id: int) -> None:
    """Post the letter when there is still something to say. A lost run is made up for by the next letter."""
    wishes = NotificationSettings.objects.select_related("user", "company").get(user=user_id)
    news = _news(wishes)
    unread = Ticket.objects.live().filter(agent=user_id, status=Status.OPEN, unread_count__gt=0).count()
    if news or unread:
        _post(wishes.user, wishes.company.name, news, unread)
        NotificationSettings.objects.filter(pk=wishes.pk).update(digest_sent_at=now())


def _news(wishes: NotificationSettings) -> list[Notification]:
    rows = Notification.objects.unread().with_parts().filter(user=wishes.user_id)
    if wishes.digest_sent_at:
        rows = rows.filter(at__gt=wishes.digest_sent_at)
    return [row for row in rows.order_by("-at")[:MOST_LINES] if wishes.wants(row.kind, "email")]


def _post(user: User, company: str, news: list[Notification], unread: int) -> None:
    words = {
        "name": user.name,
        "company": company,
        "news": news,
        "unread": unread,
        "link": settings.PUBLIC_URL,
    }
    letter = render_to_string(f"mail/digest.{user.language}.txt", words)
    subject, _, body = letter.partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [user.email])


def _subject(user_id: int) -> str:
    return f"user:{user_id}"

"""Telling people: a notice in "Việc của tôi" and, by their preference, a mail after commit."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django_tasks import task
from wagtail.models import Site

from portal.core import clock
from portal.core.extension_points import NoticeKind, gather
from portal.core.mail import KIND_HEADER
from portal.core.models import Notice, NoticePreference

if TYPE_CHECKING:
    from portal.accounts.models import User

Words = str | Promise | Callable[["User"], "str | Promise"]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A small text file that goes with a mail, such as an event for a calendar."""

    name: str
    content: str
    content_type: str
    """With its parameters, without the character set, which is UTF-8."""


def kinds() -> dict[str, NoticeKind]:
    """Every declared kind of notice by its code."""
    return {kind.code: kind for kind in gather("portal_notice_kinds")}


def tell(
    recipients: Iterable["User"],
    kind: str,
    *,
    subject: Words,
    body: Words,
    url: Words = "",
    action_label: Words = "",
    enclosed: Callable[["User"], Enclosure] | None = None,
) -> list[Notice]:
    """Write one notice for each recipient in their own language; queue the mails on commit.

    Words may be plain, lazy, or a function of the recipient. `enclosed` is made now, for the mail
    of those who get one. Nobody is told twice. Raises LookupError when no app declares `kind`.
    """
    declared = _declared(kind)
    people = list({person.pk: person for person in recipients}.values())
    wants = _wishes(people, declared)
    notices = []
    files: dict[int, dict[str, str]] = {}
    for person in people:
        with translation.override(person.language):
            if enclosed is not None and wants[person.pk]:
                files[person.pk] = asdict(enclosed(person))
            notices.append(
                Notice(
                    recipient=person,
                    kind=kind,
                    subject=_said(subject, person)[:250],
                    body=_said(body, person),
                    url=_said(url, person)[:300],
                    action_label=_said(action_label, person)[:100],
                    mail_wanted=wants[person.pk],
                )
            )
    with transaction.atomic():
        Notice.objects.bulk_create(notices)
        by_mail = [notice.pk for notice in notices if notice.mail_wanted]
        if by_mail:
            # By notice, and as text: a task's arguments are kept as JSON.
            kept = {str(one.pk): files[one.recipient_id] for one in notices if files} or None
            transaction.on_commit(partial(mail_notices.enqueue, by_mail, kept))
    return notices


def mail_to(
    address: str,
    kind: str,
    *,
    subject: str | Promise,
    body: str | Promise,
    url: str = "",
    action_label: str | Promise = "",
    language: str = "vi",
    enclosed: Enclosure | None = None,
) -> None:
    """Mail somebody who has no account (an invited judge, a guest), queued on commit."""
    _declared(kind)
    with translation.override(language):
        letter = {
            "subject": str(subject),
            "body": str(body),
            "url": url,
            "action_label": str(action_label),
            "language": language,
        }
    file = asdict(enclosed) if enclosed else None
    transaction.on_commit(partial(mail_letter.enqueue, address, kind, letter, file))


def mark_read(notice: Notice) -> None:
    """Remember that the recipient has opened the notice; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=clock.now())


def mark_all_read(user: "User") -> None:
    """Remember that this person has seen everything so far."""
    Notice.objects.filter(recipient=user, read_at__isnull=True).update(read_at=clock.now())


def prefer_all(user: "User", wanted: Collection[str]) -> None:
    """Keep, for every declared kind, whether its code is among those `wanted` by mail."""
    with transaction.atomic():
        for kind in kinds().values():
            if not kind.always_mailed:
                NoticePreference.objects.update_or_create(
                    user=user, kind=kind.code, defaults={"by_mail": kind.code in wanted}
                )


@task()
def mail_notices(
    notice_ids: list[int], enclosed: Mapping[str, dict[str, str]] | None = None
) -> int:
    """Mail these notices, each once, and answer how many went out.

    `enclosed` are the files that go with some of them, by the notice's key.
    """
    sent = 0
    waiting = Notice.objects.filter(pk__in=notice_ids, mailed_at__isnull=True)
    for notice in waiting.select_related("recipient"):
        letter = {
            "subject": notice.subject,
            "body": notice.body,
            "url": notice.url,
            "action_label": notice.action_label,
            "language": notice.recipient.language,
        }
        try:
            _post(notice.recipient.email, notice.kind, letter, (enclosed or {}).get(str(notice.pk)))
        except Exception:
            # The backend has logged why; the others still get theirs.
            logger.exception("Notice %s could not be mailed", notice.pk)
            continue
        Notice.objects.filter(pk=notice.pk).update(mailed_at=clock.now())
        sent += 1
    return sent


@task()
def mail_letter(
    address: str, kind: str, letter: dict[str, str], enclosed: dict[str, str] | None = None
) -> None:
    """Mail one letter that belongs to no account."""
    _post(address, kind, letter, enclosed)


def _declared(kind: str) -> NoticeKind:
    try:
        return kinds()[kind]
    except KeyError:
        raise LookupError(f"No portal_notice_kinds provider declares {kind!r}.") from None


def _wishes(people: list["User"], kind: NoticeKind) -> dict[int, bool]:
    chosen = dict(
        NoticePreference.objects.filter(user__in=people, kind=kind.code).values_list(
            "user_id", "by_mail"
        )
    )
    return {
        person.pk: bool(person.is_active and person.email)
        and (kind.always_mailed or chosen.get(person.pk, kind.by_mail))
        for person in people
    }


def _said(words: Words, person: "User") -> str:
    if callable(words):
        words = words(person)
    return str(words)


def _post(
    address: str, kind: str, letter: dict[str, str], enclosed: dict[str, str] | None = None
) -> None:
    url = letter["url"]
    site = Site.objects.filter(is_default_site=True).first()
    context: dict[str, Any] = {
        "subject": letter["subject"],
        "heading": letter["subject"],
        "body": letter["body"],
        "action_url": f"{settings.SITE_URL}{url}" if url.startswith("/") else url,
        "action_label": letter["action_label"],
        "portal_site": {"name": (site and site.site_name) or settings.WAGTAIL_SITE_NAME},
        "portal_mode": settings.PORTAL_MODE,
    }
    with translation.override(letter["language"]):
        message = EmailMultiAlternatives(
            # A line break in a subject is refused by the mail library.
            subject=" ".join(letter["subject"].split()),
            body=render_to_string("mail/notice.txt", context),
            to=[address],
            headers={KIND_HEADER: kind},
        )
        message.attach_alternative(render_to_string("mail/notice.html", context), "text/html")
    if enclosed:
        message.attach(enclosed["name"], enclosed["content"], enclosed["content_type"])
    message.send()

"""What owners, officers and readers are told about trust and freshness, each in their language.

A letter names only what belongs to the organisation it goes to.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.techmart import links
from events.techmart.models import (
    Expert,
    MarketRecord,
    ProblemReport,
    SavedSearch,
    Standing,
    VerificationStep,
)
from events.techmart.models.trust import kind_of
from portal.accounts import roles
from portal.accounts.models import Membership, Organisation, User
from portal.core.noticing import mail_to, tell
from portal.core.templatetags.portal import day

if TYPE_CHECKING:
    from events.techmart.alerts import Found
    from events.techmart.confirming import Stage

CONFIRM = "techmart.confirm"
VERIFIED = "techmart.verified"
FACTS_CHANGED = "techmart.facts_changed"
REPORTED = "techmart.reported"
REPORT_ANSWERED = "techmart.report_answered"
REPORT_RECEIPT = "techmart.report_receipt"
ALERT = "techmart.alert"


def officers() -> Iterable[User]:
    return User.objects.filter(is_active=True, groups__name=roles.OFFICERS).distinct()


def owners_of(organisation: Organisation) -> list[User]:
    """The owners of an organisation's account: they are asked to confirm."""
    return list(
        User.objects.filter(
            memberships__organisation=organisation,
            memberships__role=Membership.Role.OWNER,
            memberships__state=Membership.State.ACTIVE,
            is_active=True,
        )
    )


def speaks_for(record: MarketRecord) -> list[User]:
    """Who answers for a record; nobody, where it was entered for somebody without an account."""
    standing = record.standing
    if isinstance(record, Expert):
        person = standing.person
        return [person] if person and person.is_active else []
    return owners_of(standing.organisation) if standing.organisation else []


# Verification ---------------------------------------------------------------------------------


def level_set(record: MarketRecord, step: VerificationStep) -> None:
    """The owners learn what readers now see."""

    def body(_person: User) -> str:
        lines = [
            _("“%(name)s” now stands at: %(level)s.")
            % {"name": record, "level": step.get_level_display()}
        ]
        if step.institution and step.on_day:
            lines.append(
                _("Checked on %(day)s by %(who)s.")
                % {"day": day(step.on_day), "who": step.institution}
            )
        return "\n\n".join(lines)

    tell(
        speaks_for(record),
        VERIFIED,
        subject=lambda _person: _("Level of verification: “%(name)s”") % {"name": record},
        body=body,
        url=lambda _person: reverse("techmart:record", args=[kind_of(record), record.pk]),
        action_label=lambda _person: _("See the record"),
    )


def facts_changed(record: MarketRecord, changed: Sequence[str]) -> None:
    """The officers look again at what they had checked."""
    from events.techmart.verifying import fact_label

    tell(
        officers(),
        FACTS_CHANGED,
        subject=lambda _person: _("Changed after the check: “%(name)s”") % {"name": record},
        body=lambda _person: (
            _("Its level of verification stays, with a note to readers. Look again at: %(facts)s.")
            % {"facts": ", ".join(fact_label(record, name) for name in changed)}
        ),
        url=lambda _person: verification_address(record),
        action_label=lambda _person: _("Look again"),
    )


def verification_address(record: MarketRecord) -> str:
    """The officers' screen of a record's ladder."""
    return reverse("techmart_trust:ladder", args=[kind_of(record), record.pk])


# Freshness ------------------------------------------------------------------------------------


def ask_to_confirm(
    person: User,
    organisation: Organisation | None,
    asked: Sequence[tuple[MarketRecord, Standing, "Stage"]],
) -> None:
    """One letter with everything of an organisation (or an expert) that is to be confirmed."""

    def subject(_person: User) -> str:
        words = ngettext(
            "Is it still true? %(count)s record in the market",
            "Is it still true? %(count)s records in the market",
            len(asked),
        ) % {"count": len(asked)}
        return f"{words} · {organisation}" if organisation else words

    def body(_person: User) -> str:
        lines = [
            f"– {record} ({standing.code}): {stage.said(standing)}"
            for record, standing, stage in asked
        ]
        return "\n\n".join(
            [
                _(
                    "Readers trust what was confirmed lately. Open the page, look it over and "
                    "press “Confirm all”; you need not sign in."
                ),
                "\n".join(lines),
                _("The link is yours alone and opens for %(days)s days.")
                % {"days": links.CONFIRM_DAYS},
            ]
        )

    tell(
        [person],
        CONFIRM,
        subject=subject,
        body=body,
        url=lambda _person: links.confirm_address(person, organisation),
        action_label=lambda _person: _("Confirm"),
    )


# Reports --------------------------------------------------------------------------------------


def reported(report: ProblemReport) -> None:
    """Officers are told; whoever left an address gets a receipt."""
    tell(
        officers(),
        REPORTED,
        subject=lambda _person: (
            _("Report %(code)s: “%(name)s”") % {"code": report.code, "name": report.record}
        ),
        body=lambda _person: f"{report.get_kind_display()}\n\n{report.text}",
        url=lambda _person: reverse("techmart_trust:problem", args=[report.pk]),
        action_label=lambda _person: _("Read and decide"),
    )
    if report.email:
        with translation.override(report.language):
            mail_to(
                report.email,
                REPORT_RECEIPT,
                subject=_("We received your report %(code)s") % {"code": report.code},
                body=_("Thank you for telling us. An officer looks into it and answers here."),
                language=report.language,
            )


def report_answered(report: ProblemReport) -> None:
    """Whoever left an address reads the answer by mail; others on the page of the receipt."""
    if not report.email:
        return
    with translation.override(report.language):
        mail_to(
            report.email,
            REPORT_ANSWERED,
            subject=_("Answer to your report %(code)s") % {"code": report.code},
            body=f"{report.get_state_display()}.\n\n{report.answer}",
            language=report.language,
        )


# Alerts ---------------------------------------------------------------------------------------


def new_matches(person: User, found: Sequence[tuple[SavedSearch, "Found"]]) -> None:
    """One letter with what is new in all searches of a person that are due."""
    total = sum(one.count for _search, one in found)

    def body(_person: User) -> str:
        parts = []
        for search, one in found:
            lines = [f"{search.name} ({one.count}):"]
            lines += [f"– {title}" + (f"\n  {url}" if url else "") for title, url in one.lines]
            if one.url:
                lines.append(_("See all: %(url)s") % {"url": one.url})
            parts.append("\n".join(lines))
        stop = links.stop_address(person, [search for search, _one in found])
        parts.append(
            _("You no longer want these letters? Stop them here: %(url)s")
            % {"url": f"{settings.SITE_URL}{stop}"}
        )
        return "\n\n".join(parts)

    tell(
        [person],
        ALERT,
        subject=lambda _person: (
            ngettext(
                "%(count)s new technology matches your saved searches",
                "%(count)s new technologies match your saved searches",
                total,
            )
            % {"count": total}
        ),
        body=body,
        url=lambda _person: reverse("techmart:searches"),
        action_label=lambda _person: _("My saved searches"),
    )

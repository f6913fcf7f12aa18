"""The way of a record to the public: what it needs, sending it, and what its owner declares.

Approving and returning are the officers', in the back office.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Workflow

from events.techmart import telling
from events.techmart.models import Demand, Expert, MarketRecord, Offer, Supplier
from events.techmart.permissions import may_send, may_take_back, may_write
from portal.accounts import roles
from portal.core import auditing, clock
from portal.core.verdicts import Refused
from portal.pages import owned_records
from portal.pages.newsroom import approved_by
from portal.pages.owned_records import Missing

if TYPE_CHECKING:
    from portal.accounts.models import User

_WANTED: dict[type[MarketRecord], Missing] = {
    Offer: [
        ("title", _("Name it.")),
        ("kind", _("Choose what kind it is.")),
        ("problem", _("Say whose problem it solves.")),
        ("summary", _("Sum it up in two or three sentences.")),
        ("advantages", _("Say what gets better.")),
        ("stage", _("Choose how far it has come.")),
        ("transfer_forms", _("Choose how it can be handed over.")),
        ("contact_name", _("Say whom we may call.")),
    ],
    Demand: [
        ("title", _("Name it.")),
        ("problem", _("Describe the problem.")),
        ("contact_name", _("Say whom we may call.")),
    ],
    Expert: [
        ("full_name", _("Say your name.")),
        ("advises_on", _("Say what you give advice on.")),
    ],
    Supplier: [
        ("name", _("Name it.")),
        ("about", _("Describe the organisation.")),
    ],
}
"""What a record needs before it may be sent. Everything else raises `fullness` and never blocks."""


def wanted(model: type[MarketRecord]) -> list[str]:
    """The fields that a record needs before it may be sent or published."""
    return [name for name, _text in _WANTED[model]]


def by_officers() -> Workflow:
    """Offers are technical and legal matter: programme officers read them, in one step."""
    return approved_by(roles.OFFICERS, "Chuyên viên duyệt")


def missing(draft: MarketRecord) -> Missing:
    """What stands between a draft and its review."""
    return [(name, text) for name, text in _WANTED[type(draft)] if not _said(draft, name)]


def _said(draft: MarketRecord, name: str) -> bool:
    value = getattr(draft, name)
    return bool(value.exists() if hasattr(value, "exists") else value)


def send(record: MarketRecord, by: "User", *, declared: bool) -> None:
    """Put the newest draft before the officers, the owner declaring the right to offer it.

    Raises Refused: not permitted, not declared ("not_declared"), incomplete ("incomplete", with
    `details`), or nobody reviews.
    """
    with transaction.atomic():
        may_send(by, record).require()
        if not declared:
            raise Refused(
                _("Declare first that you may offer this and that what you say is true."),
                code="not_declared",
                field="declared",
            )
        owned_records.send(record, by, may_send, missing, by_officers)
        type(record.standing)._base_manager.filter(pk=record.standing.pk).update(
            declared_at=clock.now(), declared_by=by
        )


def take_back(record: MarketRecord, by: "User") -> None:
    """Take the draft out of the review, to go on writing. Raises Refused."""
    owned_records.take_back(record, by, may_take_back)


def ask_owner(record: MarketRecord, by: "User") -> None:
    """A member has finished: the owners of the account are asked to read and send it.

    Raises Refused: not permitted, "incomplete" with `details`, nobody owns the account
    ("no_owner"), or they were asked since the draft was last saved ("asked").
    """
    with transaction.atomic():
        stored = owned_records.locked(record)
        may_write(by, stored).require()
        if lacking := missing(owned_records.draft_of(stored)):
            raise Refused(_("It is not complete yet."), code="incomplete", details=dict(lacking))
        telling.ask_owner(stored, by)
        auditing.record("techmart.ready", stored, user=by, revision=stored.latest_revision_id)

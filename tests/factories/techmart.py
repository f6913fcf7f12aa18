"""The market for tests: records written, sent and approved the way people do it."""

from typing import Any, TypeVar

from events.techmart.models import (
    Demand,
    Expert,
    MarketPage,
    MarketRecord,
    Offer,
    Supplier,
    Term,
)
from events.techmart.reviewing import send
from events.techmart.writing import start
from portal.accounts.models import Organisation, User
from portal.core import secrecy
from portal.pages.owned_records import draft_of, keep_draft
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.directory import owner_of
from tests.factories.pages import LivePageFactory

R = TypeVar("R", bound=MarketRecord)
CONTACT = {"contact_name": "Ngô Thị Mẫu", "contact_phone": "+84912345678"}


class MarketPageFactory(LivePageFactory):
    class Meta:
        model = MarketPage

    title = "Sàn công nghệ"
    slug = "techmart"


def word(which: str, slug: str) -> Term:
    return Term.objects.get(list=which, slug=slug)


def words(which: str, *slugs: str) -> list[Term]:
    return [word(which, slug) for slug in slugs]


def offer(organisation: Organisation | None = None, *, live: bool = True, **facts: Any) -> Offer:
    """An offer with everything an officer asks for; public unless `live` is False."""
    wanted = {
        "title": "Máy băm lá mía",
        "kind": word("offer_kind", "thiet-bi"),
        "problem": "Đốt lá mía sau thu hoạch làm ô nhiễm không khí.",
        "summary": "Máy băm lá mía tại ruộng, giữ ẩm cho đất.",
        "advantages": "Không phải đốt đồng, giữ được chất hữu cơ.",
        "stage": word("stage", "da-thuong-mai-hoa"),
        "transfer_forms": words("transfer_form", "mua-ban-thiet-bi"),
        **CONTACT,
        **facts,
    }
    return _made(Offer, organisation, live, wanted)


def demand(organisation: Organisation | None = None, *, live: bool = True, **facts: Any) -> Demand:
    wanted = {
        "title": "Xử lý nước thải mì mùa mưa",
        "problem": "Ao sinh học tràn mỗi khi mưa lớn.",
        **CONTACT,
        **facts,
    }
    return _made(Demand, organisation, live, wanted)


def supplier(
    organisation: Organisation | None = None, *, live: bool = True, **facts: Any
) -> Supplier:
    organisation = organisation or OrganisationFactory()
    wanted = {"name": organisation.name, "about": "Chế tạo máy nông nghiệp.", **facts}
    return _made(Supplier, organisation, live, wanted)


def expert(
    person: User | None = None, *, live: bool = True, agreed: tuple[str, ...] = (), **facts: Any
) -> Expert:
    """An expert who agreed to be listed, and to what `agreed` names ("phone", "email", "photo")."""
    person = person or UserFactory()
    wanted = {"full_name": "Trần Văn Thí Dụ", "advises_on": "Xử lý nước thải.", **facts}
    many, plain = _apart(Expert, wanted)
    consents = {f"{name}_agreed": True for name in ("listed", *agreed)}
    record = start(Expert(**plain), None, person, person=person, **consents)
    return _finished(record, many, person, live)


def _made(
    model: type[R], organisation: Organisation | None, live: bool, wanted: dict[str, Any]
) -> R:
    organisation = organisation or OrganisationFactory()
    owner = owner_of(organisation)
    # What stands beside the record is no part of what its owner writes.
    beside = {
        field.name: wanted.pop(field.name)
        for field in model._meta.get_field("standing").related_model._meta.get_fields()
        if field.name in wanted
    }
    many, plain = _apart(model, wanted)
    record = start(model(**plain), organisation, owner, **beside)
    return _finished(record, many, owner, live)


def _apart(model: type[R], wanted: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Lists (words, rows) apart from plain columns."""
    many = {name: value for name, value in wanted.items() if isinstance(value, (list, tuple))}
    return many, {name: value for name, value in wanted.items() if name not in many}


def _finished(record: R, many: dict[str, Any], owner: User, live: bool) -> R:
    draft = draft_of(record)
    for name, value in many.items():
        setattr(draft, name, value)
    keep_draft(draft, stored(record), owner)
    return approve(sent(stored(record), owner)) if live else stored(record)


def sent(record: R, owner: User) -> R:
    """A record that waits for an officer."""
    send(record, owner, declared=True)
    return stored(record)


def approve(record: R, by: User | None = None) -> R:
    """What the officers' dialogue does."""
    officer = by or UserFactory(officer=True)
    task_state = record.current_workflow_task_state
    record.current_workflow_task.on_action(task_state, officer, "approve", **{secrecy.FIELD: True})
    return stored(record)


def stored(record: R) -> R:
    """The record as the database has it now."""
    related = ("latest_revision", "standing__organisation")
    found: R = type(record)._base_manager.select_related(*related).get(pk=record.pk)
    return found

"""Connection requests and needs, made by the verbs that people use."""

from typing import Any

from events.techmart import connecting, needs
from events.techmart.models import ConnectionRequest, Need, Term
from portal.accounts.models import User
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.directory import owner_of
from tests.factories.techmart import offer, word

ANSWERS = {
    "cooperation": "Muốn mua một máy và thử trên 5 ha.",
    "unclear": "Máy chạy được trên đất ướt không?",
    "about_asker": "Hợp tác xã mía 200 ha.",
}
STEPS = ("new", "received", "passed_on", "accepted", "in_contact", "negotiating", "memorandum")


def asked(record: Any = None, asker: User | None = None, **answers: str) -> ConnectionRequest:
    """A request of an organisation with `asker` as its owner."""
    asker = asker or UserFactory(full_name="Hồ Thị Bí Mật", phone="+84908765432")
    membership = asker.memberships.select_related("organisation").first()
    organisation = (
        membership.organisation
        if membership
        else OrganisationFactory(owner=asker, name="Hợp tác xã Kín Tiếng")
    )
    return connecting.ask(
        record or offer(), organisation, asker, {**ANSWERS, **answers}, agreed=True
    )


def moved_to(
    state: str, officer: User, record: Any = None, asker: User | None = None
) -> ConnectionRequest:
    """A request that has come as far as `state`, the owner having accepted on the way."""
    request = asked(record, asker)
    for step in STEPS[1 : STEPS.index(state) + 1]:
        if step == "received":
            connecting.receive(request, officer)
        elif step == "passed_on":
            connecting.pass_on(
                request,
                officer,
                words="Một hợp tác xã muốn thử máy trên 5 ha.",
                presented_as="Một hợp tác xã trồng mía",
            )
        elif step == "accepted":
            connecting.accept(request, owner_of(request.record.standing.organisation))
        else:
            connecting.go_on(request, officer, step)
    return request


def reason(which: str) -> Term:
    return word(which, "khac")


def need(**facts: Any) -> Need:
    return needs.receive(
        Need.Kind.NEED,
        {"problem": "Ao nước thải mì tràn khi mưa lớn.", "phone": "+84912345678", **facts},
    )

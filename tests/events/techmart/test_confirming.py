"""Freshness: one letter an organisation, a page without signing in, and what owners answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse

from events.techmart import confirming, links
from events.techmart.confirming import Answer, Stage, key_of, morning
from events.techmart.models import Demand, Freshness, Offer
from events.techmart.models.shared import HIDDEN_AFTER, confirmed_for
from events.techmart.trust_telling import CONFIRM
from portal.accounts.models import Membership
from portal.core import auditing, clock
from portal.core.extension_points import gather
from portal.core.verdicts import Refused
from tests.events.techmart.living import at, confirmed_at, later, letters, run
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.directory import owner_of
from tests.factories.techmart import demand, expert, offer, stored, supplier
from tests.reading import page_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db: None) -> Any:
    return OrganisationFactory(name="Công ty Mía Xanh")


@pytest.fixture
def owner(company: Any) -> Any:
    return owner_of(company)


def old(record: Any, days: float) -> Any:
    """Confirmed so many days ago."""
    return confirmed_at(record, clock.now() - timedelta(days=days))


def link(person: Any, organisation: Any = None) -> str:
    return links.confirm_address(person, organisation)


def fresh(record: Any) -> bool:
    return stored(record).standing.freshness() is Freshness.CONFIRMED


# The letter -----------------------------------------------------------------------------------


def test_one_letter_names_everything_of_an_organisation(
    company: Any, owner: Any, django_capture_on_commit_callbacks: Any
) -> None:
    records = [offer(company, title="Máy băm"), demand(company), supplier(company)]
    for record in records:
        confirmed_at(record, later())
    with django_capture_on_commit_callbacks(execute=True):
        run(later(days=151))
    [letter] = letters(owner, CONFIRM)
    for record in records:
        assert record.standing.code in letter.body
    assert letter.url.startswith(reverse("techmart_links:confirm", args=["x"])[:-2])
    assert [one.to for one in mail.outbox] == [[owner.email]]
    assert letter.url in mail.outbox[0].body


def test_a_letter_names_nobody_else(company: Any, owner: Any) -> None:
    other = OrganisationFactory(name="Hợp tác xã Bí Mật")
    mine, theirs = offer(company, title="Máy băm"), offer(other, title="Nồi sấy", anonymous=True)
    for record in (mine, theirs):
        confirmed_at(record, later())
    run(later(days=151))
    for person, own, foreign in (
        (owner, mine, theirs),
        (owner_of(other), theirs, mine),
    ):
        [letter] = letters(person, CONFIRM)
        said = f"{letter.subject} {letter.body}"
        assert own.title in said
        assert foreign.title not in said
        assert foreign.standing.code not in said
        assert str(foreign.standing.organisation) not in said


def test_an_expert_is_asked_alone() -> None:
    person = UserFactory()
    confirmed_at(expert(person), later())
    run(later(days=151))
    assert len(letters(person, CONFIRM)) == 1


def test_whoever_owns_two_organisations_answers_for_each(company: Any, owner: Any) -> None:
    second = OrganisationFactory(owner=owner)
    for organisation in (company, second):
        confirmed_at(offer(organisation), later())
    run(later(days=151))
    assert len(letters(owner, CONFIRM)) == 2


def test_members_and_those_who_left_are_not_asked(company: Any, owner: Any) -> None:
    confirmed_at(offer(company), later())
    member = MembershipFactory(organisation=company).user
    left = MembershipFactory(
        organisation=company, role=Membership.Role.OWNER, state=Membership.State.LEFT
    ).user
    run(later(days=151))
    assert letters(owner, CONFIRM)
    assert not letters(member, CONFIRM)
    assert not letters(left, CONFIRM)


def test_letters_go_out_in_the_morning_once_a_day(company: Any, owner: Any) -> None:
    first, second = offer(company), offer(company)
    confirmed_at(first, later())
    confirmed_at(second, later(days=20, hours=1))
    run(later(days=150, minutes=1))
    assert not letters(owner, CONFIRM)  # reached after eight: tomorrow
    run(later(days=151))
    run(later(days=151, minutes=1))
    [letter] = letters(owner, CONFIRM)
    assert first.standing.code in letter.body
    assert second.standing.code not in letter.body


def test_what_is_due_soon_goes_along(company: Any, owner: Any) -> None:
    first, second = offer(company), offer(company)
    confirmed_at(first, later())
    confirmed_at(second, later(days=10))
    run(later(days=151))
    [letter] = letters(owner, CONFIRM)
    assert second.standing.code in letter.body
    run(later(days=161))
    assert len(letters(owner, CONFIRM)) == 1


def test_nobody_is_asked_about_what_is_closed_or_taken_down(company: Any, owner: Any) -> None:
    closed, down = offer(company), offer(company)
    for record in (closed, down):
        confirmed_at(record, later())
    confirming.close(stored(closed), owner)
    stored(down).unpublish()
    assert run(later(days=400))["techmart: owners asked to confirm"] == 0
    assert not letters(owner, CONFIRM)


def test_a_demand_of_nobody_with_an_account_is_left_to_officers(company: Any) -> None:
    record = confirmed_at(demand(company), later())
    type(record.standing).objects.update(organisation=None)
    assert run(later(days=220))["techmart: owners asked to confirm"] == 0


def test_a_clock_that_stood_still_tells_only_where_it_is_now(company: Any, owner: Any) -> None:
    confirmed_at(offer(company), later())
    run(later(days=300))
    assert len(letters(owner, CONFIRM)) == 1
    run(later(days=301))
    assert len(letters(owner, CONFIRM)) == 1


# The link -------------------------------------------------------------------------------------


def test_opening_the_link_does_nothing(company: Any, owner: Any, client: Client) -> None:
    record = old(offer(company), 160)
    before = stored(record).standing.last_confirmed_at
    response = client.get(link(owner, company))
    page = page_of(response)
    assert record.title in words(page)
    assert page.select_one("form[method=post] button")
    assert stored(record).standing.last_confirmed_at == before
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert client.head(link(owner, company)).status_code == 200
    assert stored(record).standing.last_confirmed_at == before


def test_confirm_all_with_exceptions(company: Any, owner: Any, client: Client) -> None:
    true, gone, wrong = (old(offer(company, title=name), 190) for name in ("Một", "Hai", "Ba"))
    address = link(owner, company)
    posted = {"act": "all", key_of(gone): "gone", key_of(wrong): "change"}
    page = page_of(client.post(address, posted, follow=True))
    assert fresh(true)
    assert stored(gone).standing.closed_at
    assert not fresh(wrong)
    assert not Offer.objects.public().filter(pk=gone.pk).exists()
    left = page.select(".confirm .row__title")
    assert [words(one) for one in left] == ["Ba"]
    assert auditing.history(true).first().action == "techmart.confirmed"
    assert auditing.history(true).first().user == owner


def test_only_what_was_ticked(company: Any, owner: Any, client: Client) -> None:
    one, other = old(offer(company), 190), old(offer(company), 190)
    client.post(link(owner, company), {"act": "chosen", key_of(one): "true"})
    assert fresh(one)
    assert not fresh(other)


def test_a_used_link_says_so_and_does_nothing_more(
    company: Any, owner: Any, client: Client
) -> None:
    record = old(offer(company), 190)
    address = link(owner, company)
    client.post(address, {"act": "all"})
    confirmed = stored(record).standing.last_confirmed_at
    page = page_of(client.get(address))
    assert not page.select_one("main form")
    assert page.select_one(".notice--ok")
    client.post(address, {"act": "all", key_of(record): "gone"})
    standing = stored(record).standing
    assert (standing.last_confirmed_at, standing.closed_at) == (confirmed, None)


def test_a_hidden_record_is_shown_again(company: Any, owner: Any, client: Client) -> None:
    record = old(offer(company), 300)
    assert not Offer.objects.public().exists()
    client.post(link(owner, company), {"act": "all"})
    assert list(Offer.objects.public()) == [record]


def test_an_old_link_is_explained(company: Any, owner: Any, client: Client) -> None:
    old(offer(company), 190)
    address = at(clock.now() - timedelta(days=links.CONFIRM_DAYS, minutes=1), link, owner, company)
    response = client.get(address)
    assert response.status_code == 410
    assert page_of(response, 410).select_one("main .notice--warn a")
    assert client.post(address, {"act": "all"}).status_code == 410
    assert not fresh(Offer.objects.get())


@pytest.mark.parametrize("broken", ["x", "a:b:c", "ă", "y" * 900])
def test_a_broken_link_is_explained(broken: str, client: Client) -> None:
    for name in ("confirm", "stop"):
        address = reverse(f"techmart_links:{name}", args=["T"]).replace("T", broken)
        assert page_of(client.get(address), 404).select_one("main .notice--warn a")


@pytest.mark.parametrize(
    "said", [[], "x", {}, {"p": "x", "o": 1, "t": 1}, {"p": 1, "o": 1, "t": 10**30}, {"p": 1}]
)
def test_a_link_that_says_something_else_opens_nothing(said: Any, client: Client) -> None:
    token = signing.dumps(said, salt=links._CONFIRM)
    address = reverse("techmart_links:confirm", args=[token])
    assert client.get(address).status_code == 404


def test_a_link_of_another_kind_opens_nothing(owner: Any, company: Any, client: Client) -> None:
    token = signing.dumps({"p": owner.pk, "o": company.pk, "t": 1}, salt=links._STOP)
    assert client.get(reverse("techmart_links:confirm", args=[token])).status_code == 404


def test_whoever_lost_the_organisation_confirms_nothing(
    company: Any, owner: Any, client: Client
) -> None:
    record = old(offer(company), 190)
    address = link(owner, company)
    Membership.objects.filter(user=owner).update(role=Membership.Role.MEMBER)
    assert client.get(address).status_code == 404
    assert client.post(address, {"act": "all"}).status_code == 404
    assert not fresh(record)


def test_a_link_never_reaches_another_organisation(
    company: Any, owner: Any, client: Client
) -> None:
    second = OrganisationFactory(owner=owner)
    mine, other = old(offer(company), 190), old(offer(second), 190)
    client.post(link(owner, company), {"act": "all", key_of(other): "gone"})
    assert fresh(mine)
    assert not fresh(other)
    assert not stored(other).standing.closed_at


# The workspace --------------------------------------------------------------------------------


def test_the_same_page_for_who_is_signed_in(company: Any, owner: Any, client: Client) -> None:
    record, own = old(offer(company), 190), old(expert(owner), 190)
    client.force_login(owner)
    address = reverse("techmart:confirm")
    page = page_of(client.get(address))
    assert len(page.select("form.confirm")) == 2
    client.post(address, {"group": str(company.pk), "act": "all"})
    assert fresh(record)
    assert not fresh(own)
    client.post(address, {"group": "me", "act": "all"})
    assert fresh(own)


def test_a_mistake_is_taken_back(company: Any, owner: Any, client: Client) -> None:
    record = demand(company)
    client.force_login(owner)
    address = reverse("techmart:confirm")
    client.post(address, {"group": str(company.pk), key_of(record): "gone"})
    assert stored(record).standing.ended_as == "withdrawn"
    posted = {"group": str(company.pk), "act": "reopen", "record": key_of(record)}
    client.post(address, posted)
    assert list(Demand.objects.public()) == [record]
    assert stored(record).standing.ended_as == ""


def test_members_and_strangers_answer_nothing(company: Any, client: Client) -> None:
    record = old(offer(company), 190)
    for person in (MembershipFactory(organisation=company).user, UserFactory()):
        client.force_login(person)
        page = page_of(client.get(reverse("techmart:confirm")))
        assert not page.select_one("form.confirm")
        client.post(reverse("techmart:confirm"), {"group": str(company.pk), "act": "all"})
        assert not fresh(record)
        with pytest.raises(Refused) as refused:
            confirming.answer([record], {key_of(record): Answer.GONE}, person)
        assert refused.value.code == "not_owner"


def test_owners_have_it_among_their_work(company: Any, owner: Any) -> None:
    address = reverse("techmart:confirm")
    record = old(offer(company), 100)
    assert address not in [task.url for task in gather("portal_tasks", owner)]
    old(record, 151)
    [task] = [one for one in gather("portal_tasks", owner) if one.url == address]
    assert not task.urgent
    old(record, 181)
    [task] = [one for one in gather("portal_tasks", owner) if one.url == address]
    assert task.urgent


PAGE_QUERIES = 16


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_costs_the_same(
    count: int, company: Any, owner: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        old(offer(company), 190)
    client.force_login(owner)
    address = reverse("techmart:confirm")
    client.get(address)
    with django_assert_max_num_queries(PAGE_QUERIES):
        assert len(page_of(client.get(address)).select(".confirm .row")) == count


# Officers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "state"), [(160, "soon"), (190, "unconfirmed"), (300, "hidden"), (10, "")]
)
def test_officers_see_what_is_out_of_date(
    days: int, state: str, company: Any, officer: Any, client: Client
) -> None:
    old(offer(company), days)
    old(expert(), days)
    client.force_login(officer)
    for tab in ("soon", "unconfirmed", "hidden"):
        response = client.get(reverse("techmart_trust:freshness"), {"state": tab})
        assert len(page_of(response).select("tbody tr")) == (2 if tab == state else 0)


LIST_QUERIES = 18


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_of_officers_costs_the_same(
    count: int, company: Any, officer: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        old(offer(company), 190)
        old(demand(company), 190)
    client.force_login(officer)
    address = reverse("techmart_trust:freshness")
    client.get(address)
    with django_assert_max_num_queries(LIST_QUERIES):
        assert len(page_of(client.get(address)).select("tbody tr")) == 2 * count


# Arithmetic -----------------------------------------------------------------------------------


def test_the_stages_follow_one_another(settings: Any) -> None:
    for days in (6, 30, 180, 720):
        settings.TECHMART_CONFIRMED_DAYS = days
        moments = [stage.after for stage in Stage]
        assert moments == sorted(moments)
        assert moments[1] == confirmed_for()
        assert moments[-1] == confirmed_for() + HIDDEN_AFTER


def test_the_last_morning() -> None:
    assert morning(later()) == later(hours=-1.5)
    assert morning(later(hours=-2)) == later(days=-1, hours=-1.5)

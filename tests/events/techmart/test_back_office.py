"""Officers read, compare, approve and return records, enter some for others, keep the words."""

import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from events.techmart.entering import enter_expert, enter_offer
from events.techmart.models import Demand, Expert, Offer, Term
from events.techmart.office.checks import checks
from events.techmart.viewsets import uses_of
from events.techmart.writing import save_draft
from portal.core import secrecy
from portal.core.models import ConsentRecord, SecrecyCheck
from portal.core.verdicts import Refused
from portal.pages.owned_records import Where, draft_of, where
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.directory import owner_of
from tests.factories.techmart import demand, expert, offer, sent, stored, supplier, word, words
from tests.reading import page_of
from tests.reading import words as text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

LIST_QUERIES = 24
TERM_QUERIES = 50


def space(model: Any) -> str:
    return f"wagtailsnippets_techmart_{model._meta.model_name}"


def address(name: str, record: Any, *more: Any) -> str:
    return reverse(f"{space(type(record))}:{name}", args=[record.pk, *more])


def filled(client: Any, path: str) -> dict[str, Any]:
    """What the form of the back office would send back as it stands."""
    form = page_of(client.get(path)).select_one("form[data-edit-form]")
    found: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name]"):
        name = field["name"]
        if "__prefix__" in name or field.get("type") == "submit":
            continue
        if field.get("type") == "checkbox":
            if field.has_attr("checked"):
                found.setdefault(name, []).append(field.get("value", "on"))
        else:
            value = field.get_text() if field.name == "textarea" else field.get("value", "")
            found[name] = value.lstrip("\n")
    for select in form.select("select[name]"):
        if "__prefix__" not in select["name"]:
            chosen = select.select_one("option[selected]")
            found[select["name"]] = chosen["value"] if chosen else ""
    return found


def act(client: Any, record: Any, action: str, **said: str) -> Any:
    task = record.current_workflow_task_state
    path = address("workflow_action", record, action, task.pk)
    return client.post(path, said, headers={"X-Requested-With": "XMLHttpRequest"})


@pytest.mark.parametrize("make", [offer, demand, supplier])
def test_an_officer_approves_only_with_the_tick(make: Any, officer: Any, signed_in: Any) -> None:
    client = signed_in(officer)
    record = make(live=False)
    waiting = sent(record, owner_of(record.standing.organisation))
    assert act(client, waiting, "approve").status_code == 200, "asks for the tick"
    assert not stored(waiting).live
    act(client, waiting, "approve", **{secrecy.FIELD: "on"})
    assert where(stored(waiting)) is Where.LIVE
    assert SecrecyCheck.objects.get().checked_by == officer


def test_an_officer_returns_it_with_words(officer: Any, signed_in: Any) -> None:
    record = offer(live=False)
    waiting = sent(record, owner_of(record.standing.organisation))
    act(signed_in(officer), waiting, "reject", comment="Thiếu số liệu.")
    assert where(stored(waiting)) is Where.RETURNED


@pytest.mark.parametrize("make", [offer, demand, expert, supplier])
def test_an_officer_changes_a_draft_in_its_form(make: Any, officer: Any, signed_in: Any) -> None:
    record = make(live=False)
    client = signed_in(officer)
    path = address("edit", record)
    answer = client.post(path, filled(client, path))
    assert answer.status_code == 302, text_of(page_of(answer, None))[:2000]
    assert where(stored(record)) is Where.DRAFT


def test_an_officer_answers_the_questions_of_a_kind(officer: Any, signed_in: Any) -> None:
    record = offer(live=False, details={"model": "BM-1"})
    client = signed_in(officer)
    facts = filled(client, address("edit", record))
    line = next(one for one in facts["answers"].splitlines() if one.endswith("BM-1"))
    facts["answers"] = facts["answers"].replace(line, line.replace("BM-1", "BM-180"))
    client.post(address("edit", record), facts)
    assert draft_of(stored(record)).details == {"model": "BM-180"}
    facts = {**filled(client, address("edit", record)), "answers": "Màu sắc: xanh"}
    assert page_of(client.post(address("edit", record), facts)).select_one(".w-field__errors")


def test_publishing_from_the_form_needs_the_tick_and_everything(
    officer: Any, signed_in: Any
) -> None:
    record = offer(live=False, advantages="")
    client = signed_in(officer)
    facts = {**filled(client, address("edit", record)), "action-publish": "1", secrecy.FIELD: "on"}
    client.post(address("edit", record), facts)
    assert not stored(record).live, "incomplete"
    facts["advantages"] = "Không phải đốt đồng."
    without = {name: value for name, value in facts.items() if name != secrecy.FIELD}
    client.post(address("edit", record), without)
    assert not stored(record).live, "without the tick"
    client.post(address("edit", record), facts)
    assert stored(record).live


def test_a_form_out_of_date_is_refused(officer: Any, signed_in: Any) -> None:
    record = offer(live=False)
    client = signed_in(officer)
    facts = filled(client, address("edit", record))
    draft = draft_of(record)
    draft.title = "Máy băm của chủ"
    save_draft(draft, stored(record).draft_version, owner_of(record.standing.organisation))
    client.post(address("edit", record), facts)
    assert draft_of(stored(record)).title == "Máy băm của chủ"


def test_the_review_panel_names_what_to_look_at_and_leads_to_the_comparison(
    officer: Any, signed_in: Any
) -> None:
    record = offer()
    draft = draft_of(record)
    draft.summary = "Gọi 0912 345 678 để mua."
    save_draft(draft, record.draft_version, owner_of(record.standing.organisation))
    client = signed_in(officer)
    panel = page_of(client.get(address("edit", record))).select_one(".market-review")
    assert panel
    compare = reverse(f"{space(Offer)}:revisions_compare", args=[record.pk, "live", "latest"])
    assert panel.select_one(f'a[href="{compare}"]')
    page = page_of(client.get(compare))
    assert "0912 345 678" in text_of(page)
    assert [check for check in checks(stored(record), draft) if not check.good]


def test_a_text_that_names_an_unnamed_owner_is_seen() -> None:
    organisation = OrganisationFactory(name="Công ty Máy Ví Dụ")
    quiet = offer(organisation, live=False, anonymous=True)
    loud = offer(
        organisation, live=False, anonymous=True, summary="Sản phẩm của CÔNG TY MÁY VÍ DỤ."
    )

    def worries(record: Any) -> int:
        return sum(not check.good for check in checks(record, draft_of(record)))

    assert worries(loud) == worries(quiet) + 1


# Lists -------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("make", [offer, demand, expert, supplier])
def test_a_list_costs_the_same_for_one_and_for_many(
    make: Any, count: int, officer: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    records = [make(live=False) for _number in range(count)]
    client = signed_in(officer)
    path = reverse(f"{space(type(records[0]))}:list")
    client.get(path)
    with django_assert_max_num_queries(LIST_QUERIES):
        assert client.get(path).status_code == 200


def test_the_list_is_narrowed_by_state_owner_and_freshness(officer: Any, signed_in: Any) -> None:
    draft, live = offer(live=False, title="Bản nháp"), offer(title="Công khai")
    waiting = offer(live=False, title="Đang chờ")
    sent(waiting, owner_of(waiting.standing.organisation))
    client = signed_in(officer)

    def found(**query: Any) -> set[str]:
        page = page_of(client.get(reverse(f"{space(Offer)}:list"), query))
        text = text_of(page.select_one("#listing-results, main"))
        return {one for one in ("Bản nháp", "Công khai", "Đang chờ") if one in text}

    def rows(**query: Any) -> int:
        page = page_of(client.get(reverse(f"{space(Offer)}:list"), query))
        return len(page.select("table.listing tbody tr"))

    assert rows() == 3
    assert found(q="cong khai") >= {"Công khai"}
    assert [rows(q="cong khai"), rows(q=draft.standing.code)] == [1, 1]
    assert [rows(state=state) for state in ("draft", "in_review", "live", "returned")] == [
        *(1, 1, 1, 0)
    ]
    assert rows(organisation=live.standing.organisation_id) == 1
    assert [rows(freshness=one) for one in ("confirmed", "hidden")] == [1, 2]
    assert rows(verification="assessed") == 0
    assert rows(kind=live.kind_id) == 3


# Entering ----------------------------------------------------------------------------------


def test_an_officer_enters_an_offer_that_its_owners_find(officer: Any, signed_in: Any) -> None:
    organisation = OrganisationFactory()
    client = signed_in(officer)
    path = reverse("market_enter:index")
    facts = {"what": "offer", "name": "Máy sấy bã mì", "declared": "on"}
    assert client.post(path, facts).status_code == 422
    facts |= {"organisation": organisation.pk, "kind": word("offer_kind", "thiet-bi").pk}
    answer = client.post(path, facts)
    record = Offer.objects.get()
    assert answer.url == address("edit", record)
    assert record.standing.declared_by == officer
    owners = page_of(signed_in(owner_of(organisation)).get(reverse("techmart:records")))
    assert "Máy sấy bã mì" in text_of(owners)


def test_an_expert_is_entered_with_consents_on_paper(officer: Any) -> None:
    person = UserFactory()
    record = enter_expert("Lê Văn Mẫu", person, ["listed", "phone"], officer, declared=True)
    standing = stored(record).standing
    assert (standing.person, standing.listed_agreed, standing.photo_agreed) == (person, True, False)
    assert set(ConsentRecord.objects.values_list("channel", flat=True)) == {"paper"}
    with pytest.raises(Refused) as refused:
        enter_expert("Lê Văn Mẫu", person, [], officer, declared=True)
    assert refused.value.code == "exists"
    with pytest.raises(Refused) as refused:
        enter_expert("Lê Văn Mẫu", None, ["phone"], officer, declared=True)
    assert refused.value.code == "not_listed"
    assert Expert.objects.count() == 1


def test_only_officers_enter(editor: Any, officer: Any, signed_in: Any) -> None:
    with pytest.raises(Refused) as refused:
        enter_offer(OrganisationFactory(), "Máy", None, editor, declared=True)
    assert refused.value.code == "not_officer"
    client = signed_in(officer)
    demand_facts = {"what": "demand", "name": "Cần máy", "organisation": OrganisationFactory().pk}
    client.post(reverse("market_enter:index"), demand_facts)
    assert Demand.objects.get().standing.declared_at is None


# Words -------------------------------------------------------------------------------------


def test_words_are_counted_closed_and_never_deleted(officer: Any, signed_in: Any) -> None:
    kind = word("offer_kind", "thiet-bi")
    offer(crops=words("crop", "mia"))
    counts = uses_of([kind, word("crop", "mia"), word("crop", "lua")])
    assert [counts[kind.pk], counts[word("crop", "mia").pk], counts[word("crop", "lua").pk]] == [
        *(1, 1, 0)
    ]
    client = signed_in(officer)
    assert client.get(reverse("market_terms:delete", args=[kind.pk])).status_code == 302
    path = reverse("market_terms:edit", args=[kind.pk])
    facts = filled(client, path)
    facts.pop("offered")
    assert client.post(path, facts).status_code == 302
    assert not Term.objects.get(pk=kind.pk).offered


def test_a_word_stays_in_its_list(officer: Any, signed_in: Any) -> None:
    client = signed_in(officer)
    path = reverse("market_terms:edit", args=[word("crop", "mia").pk])
    facts = filled(client, path)
    assert client.post(path, {**facts, "list": "sector"}).status_code == 200
    parent = word("sector", "du-lich").pk
    assert client.post(path, {**facts, "parent": parent}).status_code == 200
    assert client.post(path, {**facts, "parent": word("crop", "lua").pk}).status_code == 302


@pytest.mark.parametrize("count", [1, 5])
def test_the_words_cost_the_same_for_few_and_for_many(
    count: int, officer: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    Term.objects.filter(list="ip_status").exclude(slug="bi-quyet").delete()
    for number in range(1, count):
        Term.objects.create(list="ip_status", label=f"Từ {number}", slug=f"tu-{number}")
    client = signed_in(officer)
    path = reverse("market_terms:index") + "?list=ip_status"
    client.get(path)
    with django_assert_max_num_queries(TERM_QUERIES):
        assert len(page_of(client.get(path)).select("table.listing tbody tr")) == count


@pytest.mark.parametrize("make", [offer, demand, supplier, expert])
def test_a_list_is_taken_away_without_contacts_and_formulas(
    make: Any, officer: Any, signed_in: Any
) -> None:
    named = {offer: "title", demand: "title", supplier: "name", expert: "full_name"}[make]
    record = make(**{named: "=HYPERLINK(1)"})
    address = reverse(f"wagtailsnippets_techmart_{record._meta.model_name}:list")
    answer = signed_in(officer).get(address, {"export": "xlsx"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    shown = [str(cell.value) for cell in cells]
    assert record.standing.code in shown
    assert "'=HYPERLINK(1)" in shown
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [one for one in shown if "912345678" in one or "Ngô Thị Mẫu" in one]

"""My records in the market: beginning, writing, sending, naming, closing, consents, pictures."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from events.techmart.agreeing import about, agree
from events.techmart.closing import close, reopen, set_anonymous
from events.techmart.models import Demand, Expert, Offer, Supplier
from events.techmart.pictures import MOST_PICTURES, put_picture
from events.techmart.reviewing import ask_owner
from events.techmart.writing import start_expert, start_supplier
from portal.core.models import ConsentRecord, Notice
from portal.core.verdicts import Refused
from portal.pages.owned_records import Where, draft_of, where
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.directory import owner_of
from tests.factories.techmart import demand, expert, offer, sent, stored, supplier, word
from tests.reading import page_of
from tests.reading import words as text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

LIST_QUERIES = 24


def address(name: str, record: Any, *more: Any) -> str:
    return reverse(f"techmart:{name}", args=[record._meta.model_name, record.pk, *more])


def owner(record: Any) -> Any:
    standing = record.standing
    return getattr(standing, "person", None) or owner_of(standing.organisation)


def filled(client: Any, record: Any) -> dict[str, Any]:
    """What the form would send back as it stands."""
    form = page_of(client.get(address("edit", record))).select_one("form.record-form")
    found: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name]"):
        if field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                found.setdefault(field["name"], []).append(field.get("value", "on"))
        else:
            value = field.get_text() if field.name == "textarea" else field.get("value", "")
            found[field["name"]] = value.lstrip("\n")
    for select in form.select("select[name]"):
        chosen = select.select_one("option[selected]")
        found[select["name"]] = chosen["value"] if chosen else ""
    return found


def picture(name: str = "nha-xuong-cua-anh-ba.jpg", *, place: bool = False) -> SimpleUploadedFile:
    file = BytesIO()
    exif = Image.Exif()
    if place:
        exif[0x010F] = "May Anh Cua Anh Ba"
    Image.new("RGB", (64, 48), "green").save(file, "JPEG", exif=exif)
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


# Beginning ---------------------------------------------------------------------------------


def test_a_member_begins_an_offer_in_the_name_of_their_organisation(signed_in: Any) -> None:
    organisation = OrganisationFactory(country="KH", phone="+85512345678")
    member = MembershipFactory(organisation=organisation).user
    client = signed_in(member)
    kind = word("offer_kind", "thiet-bi")
    answer = client.post(
        reverse("techmart:new") + "?kind=offer",
        {"organisation": organisation.pk, "kind": kind.pk, "title": "Máy  sấy bã mì"},
    )
    record = Offer.objects.get()
    assert answer.url == address("edit", record)
    draft = draft_of(record)
    assert (draft.title, draft.origin, draft.contact_name) == (
        "Máy sấy bã mì",
        "KH",
        member.full_name,
    )
    client.post(address("edit", record), filled(client, record))
    assert draft_of(stored(record)).contact_phone.as_e164 == "+85512345678"
    assert where(record) is Where.DRAFT


def test_nobody_begins_anything_for_another_organisation(signed_in: Any) -> None:
    client = signed_in(MembershipFactory().user)
    answer = client.post(
        reverse("techmart:new") + "?kind=demand",
        {"organisation": OrganisationFactory().pk, "title": "Cảnh báo mặn"},
    )
    assert answer.status_code == 422
    assert not Demand.objects.exists()


def test_people_without_an_organisation_are_told_the_way(signed_in: Any) -> None:
    client = signed_in(UserFactory())
    page = page_of(client.get(reverse("techmart:new") + "?kind=offer"))
    assert page.select_one(f'a[href="{reverse("accounts:organisations")}"]')
    assert page.select_one('a[href="?kind=expert"]'), "an expert needs none"


def test_there_is_one_page_for_a_supplier_and_one_record_for_an_expert() -> None:
    organisation = OrganisationFactory()
    boss = owner_of(organisation)
    assert start_supplier(organisation, boss) == start_supplier(organisation, boss)
    assert start_expert(boss) == start_expert(boss)
    assert (Supplier.objects.count(), Expert.objects.count()) == (1, 1)


# Writing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [offer, demand, expert, supplier])
def test_a_form_saved_as_it_stands_changes_nothing(make: Any, signed_in: Any) -> None:
    record = make()
    before = record.latest_revision.content
    client = signed_in(owner(record))
    answer = client.post(address("edit", record), filled(client, record))
    assert answer.status_code == 302, page_of(answer, None).select(".error-summary")
    after = stored(record).latest_revision.content
    volatile = {
        *("latest_revision", "has_unpublished_changes", "live", "live_revision"),
        *("first_published_at", "last_published_at"),
    }
    assert {name for name in before if before[name] != after[name]} <= volatile
    assert where(stored(record)) is Where.CHANGED, "the live version stays"


def test_amounts_are_typed_as_people_say_them_and_the_payback_stands_at_once(
    signed_in: Any,
) -> None:
    record = offer(live=False)
    client = signed_in(owner(record))
    facts = {
        **filled(client, record),
        "price_kind": "range",
        "price_min": "95 triệu",
        "price_max": "1,2 tỷ",
        "investment": "120 triệu",
        "yearly_cost_before": "100 triệu",
        "yearly_cost_after": "40.000.000",
        "then": "economy",
    }
    answer = client.post(address("edit", record), facts)
    assert answer.url == f"{address('edit', record)}?part=economy#economy"
    draft = draft_of(stored(record))
    assert (draft.price_min, draft.price_max) == (95_000_000, 1_200_000_000)
    assert draft.payback_months == 24
    page = page_of(client.get(answer.url))
    assert "24" in text_of(page.select_one(".record-payback"))
    assert page.select_one("details#economy").has_attr("open")
    assert page.select_one("#id_price_min")["value"] == "95.000.000"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"price_kind": "fixed"}, "price_min"),
        ({"price_kind": "range", "price_min": "5 triệu"}, "price_max"),
        ({"price_kind": "range", "price_min": "5 triệu", "price_max": "4 triệu"}, "price_max"),
        ({"price_kind": "negotiable", "price_min": "5 triệu"}, "price_kind"),
        ({"investment": "nhiều lắm"}, "investment"),
        ({"contact_phone": "12"}, "contact_phone"),
        ({"transferred_count": "9" * 40}, "transferred_count"),
        ({"trl": "12"}, "trl"),
        ({"title": ""}, "title"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    wrong: dict[str, str], field: str, signed_in: Any
) -> None:
    record = offer(live=False)
    client = signed_in(owner(record))
    facts = {**filled(client, record), "summary": "Chữ tôi vừa gõ.", **wrong}
    answer = client.post(address("edit", record), facts)
    assert answer.status_code == 422
    page = page_of(answer, 422)
    assert page.select_one(f"#id_{field}")["aria-invalid"] == "true"
    assert page.select_one("#id_summary").get_text().strip() == "Chữ tôi vừa gõ."
    assert draft_of(stored(record)).summary != "Chữ tôi vừa gõ."


def test_a_public_record_does_not_lose_what_it_needs(signed_in: Any) -> None:
    record = offer()
    client = signed_in(owner(record))
    answer = client.post(address("edit", record), {**filled(client, record), "advantages": ""})
    assert answer.status_code == 422
    assert page_of(answer, 422).select_one("#id_advantages")["aria-invalid"] == "true"


def test_a_demand_begins_with_its_name(signed_in: Any) -> None:
    member = MembershipFactory().user
    facts = {"organisation": member.memberships.get().organisation_id, "title": "Cảnh báo mặn"}
    signed_in(member).post(reverse("techmart:new") + "?kind=demand", facts)
    assert str(draft_of(Demand.objects.get())) == "Cảnh báo mặn"


@pytest.mark.parametrize("kind", ["supplier", "expert"])
def test_suppliers_and_experts_begin_with_what_is_known(kind: str, signed_in: Any) -> None:
    member = MembershipFactory().user
    facts = {"organisation": member.memberships.get().organisation_id}
    client = signed_in(member)
    path = reverse("techmart:new") + f"?kind={kind}"
    assert client.get(path).status_code == 200
    answer = client.post(path, facts)
    assert client.get(answer.url).status_code == 200


def test_rows_are_added_by_saving_and_taken_out_by_a_tick(signed_in: Any) -> None:
    record = offer(live=False)
    client = signed_in(owner(record))
    facts = {
        **filled(client, record),
        "specs-0-name": "Bề rộng làm việc",
        "specs-0-value": "1,8",
        "specs-0-unit": "m",
        "references-0-user_name": "HTX Tân Biên",
        "ip_rights-0-grant_number": "2-0001234",
        "then": "specs",
    }
    answer = client.post(address("edit", record), facts)
    draft = draft_of(stored(record))
    assert [str(one) for one in draft.specs.all()] == ["Bề rộng làm việc: 1,8 m"]
    assert [one.may_be_named for one in draft.references.all()] == [False]
    assert [one.grant_number for one in draft.ip_rights.all()] == ["2-0001234"]
    page = page_of(client.get(answer.url))
    assert page.select_one("#id_specs-1-name"), "an empty row for the next one"
    client.post(address("edit", record), {**filled(client, record), "specs-0-DELETE": "on"})
    assert not draft_of(stored(record)).specs.exists()


def test_each_kind_asks_its_own_questions_and_keeps_answers_to_others(signed_in: Any) -> None:
    record = offer(live=False)
    client = signed_in(owner(record))
    facts = {**filled(client, record), "detail_model": "BM-180", "detail_made_in_year": "2025"}
    client.post(address("edit", record), facts)
    assert draft_of(stored(record)).details == {"model": "BM-180", "made_in_year": 2025}
    software = word("offer_kind", "phan-mem")
    client.post(address("edit", record), {**filled(client, record), "kind": software.pk})
    page = page_of(client.get(address("edit", record)))
    assert page.select_one("#id_detail_platform")
    assert not page.select_one("#id_detail_model")
    assert draft_of(stored(record)).details["model"] == "BM-180"


def test_a_word_that_is_closed_stays_where_it_was_chosen(signed_in: Any) -> None:
    stage = word("stage", "da-thuong-mai-hoa")
    type(stage).objects.filter(pk=stage.pk).update(offered=False)
    chosen, other = offer(live=False), offer(live=False, stage=word("stage", "mau-thu"))
    for record, offers in ((chosen, True), (other, False)):
        page = page_of(signed_in(owner(record)).get(address("edit", record)))
        assert bool(page.select(f'#id_stage option[value="{stage.pk}"]')) is offers


def test_who_saves_an_old_version_is_told_and_loses_nothing(signed_in: Any) -> None:
    record = offer(live=False)
    client = signed_in(owner(record))
    facts = filled(client, record)
    client.post(address("edit", record), {**facts, "title": "Máy băm hai trục"})
    answer = client.post(address("edit", record), {**facts, "title": "Máy băm ba trục"})
    assert answer.status_code == 422
    assert page_of(answer, 422).select_one("#id_title")["value"] == "Máy băm ba trục"
    assert draft_of(stored(record)).title == "Máy băm hai trục"


def test_nothing_is_written_while_an_officer_reads(signed_in: Any) -> None:
    waiting = offer(live=False)
    sent(waiting, owner(waiting))
    client = signed_in(owner(waiting))
    assert client.get(address("edit", waiting)).url == address("record", waiting)
    client.post(address("take_back", waiting))
    assert client.get(address("edit", waiting)).status_code == 200


@pytest.mark.parametrize("make", [offer, demand, expert, supplier])
def test_the_newest_draft_is_shown_as_everybody_would_see_it(make: Any, signed_in: Any) -> None:
    record = make(live=False)
    answer = signed_in(owner(record)).get(address("preview", record))
    assert str(record) in text_of(page_of(answer))


HOSTILE = [
    "Ten\x00 nhom",
    "31/02/2026",
    "9" * 400,
    "NaN",
    "-1",
    "🚀\u202e<b>{{ 7 }}%(a)s",
    "ă" * 5000,
]


@pytest.mark.parametrize("make", [offer, demand, expert, supplier])
def test_nothing_that_is_sent_breaks_a_form(make: Any, signed_in: Any) -> None:
    record = make()
    client = signed_in(owner(record))
    form = filled(client, record)
    counts = {name: value for name, value in form.items() if "_FORMS" in name}
    for payload in HOSTILE:
        sent_facts = {**dict.fromkeys(form, payload), **counts, "then": payload}
        assert client.post(address("edit", record), sent_facts).status_code in (302, 400, 422)
        broken = {**form, **dict.fromkeys(counts, payload)}
        assert client.post(address("edit", record), broken).status_code in (302, 400, 422)
    assert client.post(address("edit", record)).status_code == 422, "nothing at all"
    keys = {name: "999999999" for name in form if name.endswith("-id")}
    assert client.post(address("edit", record), {**form, **keys}).status_code in (302, 400, 422)


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_that_is_sent_breaks_the_small_forms(payload: str, signed_in: Any) -> None:
    record = demand()
    client = signed_in(owner(record))
    for kind in ("offer", "demand", "supplier", payload):
        facts = {"organisation": payload, "kind": payload, "title": payload}
        query = {"kind": kind, "page": payload}
        assert client.get(reverse("techmart:records"), query).status_code in (200, 400)
        answer = client.post(reverse("techmart:new", query=query), facts)
        assert answer.status_code in (200, 302, 400, 422)
    for name in ("send", "naming", "close", "reopen", "ready"):
        answer = client.post(address(name, record), {"ended_as": payload, "declared": payload})
        assert answer.status_code in (302, 422)
    machine = offer(live=False)
    client = signed_in(owner(machine))
    facts = {"picture-version": payload, "picture-alt": payload, "picture-picture": payload}
    assert client.post(address("picture", machine), facts).status_code == 302
    facts["picture-picture"] = SimpleUploadedFile("a.jpg", payload.encode("utf8"))  # type: ignore[assignment]
    assert client.post(address("picture", machine), facts).status_code == 302
    assert client.post(address("remove_picture", machine, 2**62)).status_code == 302


# Sending -----------------------------------------------------------------------------------


def test_the_owner_declares_and_sends(signed_in: Any) -> None:
    record = offer(live=False)
    client = signed_in(owner(record))
    refused = client.post(address("send", record))
    assert refused.status_code == 422
    assert page_of(refused, 422).select_one("#id_declared")["aria-invalid"] == "true"
    assert client.post(address("send", record), {"declared": "on"}).status_code == 302
    assert where(stored(record)) is Where.IN_REVIEW
    assert stored(record).standing.declared_by == owner(record)


def test_a_member_asks_the_owner_once_for_each_draft(signed_in: Any) -> None:
    record = offer(live=False)
    member = MembershipFactory(organisation=record.standing.organisation).user
    client = signed_in(member)
    page = page_of(client.get(address("record", record)))
    assert not page.select_one(f'form[action="{address("send", record)}"]')
    assert page.select_one(f'form[action="{address("ready", record)}"]')
    client.post(address("ready", record))
    notice = Notice.objects.get(kind="techmart.ready")
    assert (notice.recipient, notice.url) == (owner(record), address("record", record))
    with pytest.raises(Refused) as refused:
        ask_owner(stored(record), member)
    assert refused.value.code == "asked"


def test_what_is_incomplete_is_not_sent_and_says_what_is_missing(signed_in: Any) -> None:
    record = offer(live=False, advantages="")
    client = signed_in(owner(record))
    page = page_of(client.get(address("record", record)))
    assert not page.select_one(f'form[action="{address("send", record)}"]')
    assert page.select_one("#missing-title")
    client.post(address("send", record), {"declared": "on"})
    assert where(stored(record)) is Where.DRAFT


# Naming, closing ---------------------------------------------------------------------------


def test_owners_hide_their_name_and_members_do_not(signed_in: Any) -> None:
    record = offer()
    member = MembershipFactory(organisation=record.standing.organisation).user
    with pytest.raises(Refused) as refused:
        set_anonymous(record, True, member)
    assert refused.value.code == "not_owner"
    client = signed_in(owner(record))
    client.post(address("naming", record), {"anonymous": "on"})
    assert stored(record).standing.anonymous
    client.post(address("naming", record))
    assert not stored(record).standing.anonymous


def test_suppliers_and_experts_have_a_name() -> None:
    page = supplier()
    with pytest.raises(Refused) as refused:
        set_anonymous(page, True, owner(page))
    assert refused.value.code == "always_named"


def test_closing_hides_at_once_and_opening_again_confirms(signed_in: Any) -> None:
    record = demand()
    client = signed_in(owner(record))
    assert client.get(address("close", record)).status_code == 200
    assert client.post(address("close", record)).status_code == 422, "what became of it?"
    client.post(address("close", record), {"ended_as": "signed", "note": "Ký với HTX."})
    assert not Demand.objects.public().exists()
    standing = stored(record).standing
    assert (standing.ended_as, standing.end_note) == ("signed", "Ký với HTX.")
    confirmed = standing.last_confirmed_at
    client.post(address("reopen", record))
    assert Demand.objects.public().exists()
    standing = stored(record).standing
    assert standing.ended_as == ""
    assert standing.last_confirmed_at > confirmed


def test_closing_twice_is_refused() -> None:
    record = offer()
    boss = owner(record)
    with pytest.raises(Refused) as refused:
        reopen(record, boss)
    assert refused.value.code == "open"
    close(record, boss)
    with pytest.raises(Refused) as refused:
        close(stored(record), boss)
    assert refused.value.code == "closed"


# Consents ----------------------------------------------------------------------------------


def test_an_expert_agrees_to_each_thing_by_itself(signed_in: Any) -> None:
    record = start_expert(UserFactory(full_name="Trần Văn Thí Dụ"))
    person = record.standing.person
    client = signed_in(person)
    path = reverse("techmart:consents", args=[record.pk])
    assert not page_of(client.get(path)).select("input[checked]"), "none is ticked before"
    assert client.post(path, {"phone": "on"}).status_code == 422, "not without being listed"
    client.post(path, {"listed": "on", "phone": "on"})
    standing = stored(record).standing
    agreed = (standing.listed_agreed, standing.phone_agreed, standing.email_agreed)
    assert agreed == (True, True, False)
    kept = ConsentRecord.objects.filter(about=about(record), withdrawn_at__isnull=True)
    assert {one.text.purpose for one in kept} == {
        "techmart-expert-listed",
        "techmart-expert-phone",
    }
    assert all(one.text.version == 1 and one.given_at for one in kept)


def test_withdrawing_holds_at_once() -> None:
    record = expert(agreed=("phone",))
    person = record.standing.person
    agree(record, ["listed", "phone"], person)
    assert Expert.objects.public().exists()
    agree(stored(record), [], person)
    assert not Expert.objects.public().exists()
    assert not ConsentRecord.objects.filter(about=about(record), withdrawn_at=None).exists()
    assert ConsentRecord.objects.filter(about=about(record)).count() == 2, "kept as evidence"


def test_nobody_agrees_for_an_expert(signed_in: Any) -> None:
    record = expert()
    stranger = UserFactory()
    with pytest.raises(Refused) as refused:
        agree(record, ["listed"], stranger)
    assert refused.value.code == "not_the_expert"
    path = reverse("techmart:consents", args=[record.pk])
    assert signed_in(stranger).get(path).status_code == 404


# Pictures ----------------------------------------------------------------------------------


def test_a_picture_carries_nothing_of_its_owner(signed_in: Any) -> None:
    record = offer(live=False)
    client = signed_in(owner(record))
    client.post(
        address("picture", record),
        {
            "picture-picture": picture(place=True),
            "picture-alt": "Máy băm trên ruộng",
            "picture-version": record.draft_version,
        },
    )
    (kept,) = draft_of(stored(record)).pictures.all()
    assert kept.alt == "Máy băm trên ruộng"
    assert "anh-ba" not in kept.image.file.name
    assert record.standing.code.lower() in kept.image.file.name
    with kept.image.file.open() as file:
        content = file.read()
    assert b"Anh Ba" not in content
    assert not Image.open(BytesIO(content)).getexif()
    page = page_of(client.get(address("edit", record)))
    assert page.select_one(".record-pictures img")["alt"] == "Máy băm trên ruộng"
    client.post(address("remove_picture", record, kept.image_id))
    assert not draft_of(stored(record)).pictures.exists()


def test_a_picture_needs_words_for_who_does_not_see_it(signed_in: Any) -> None:
    record = offer(live=False)
    client = signed_in(owner(record))
    client.post(
        address("picture", record),
        {"picture-picture": picture(), "picture-version": record.draft_version},
    )
    assert not draft_of(stored(record)).pictures.exists()
    with pytest.raises(Refused) as refused:
        put_picture(record, picture(), "  ", record.draft_version, owner(record))
    assert refused.value.code == "no_alt"


def test_there_is_a_most_of_pictures() -> None:
    record = offer(live=False)
    for _number in range(MOST_PICTURES):
        current = stored(record)
        put_picture(current, picture(), "Máy", current.draft_version, owner(record))
    with pytest.raises(Refused) as refused:
        put_picture(stored(record), picture(), "Máy", 0, owner(record))
    assert refused.value.code == "too_many"


def test_a_logo_and_a_photo_replace_the_one_before() -> None:
    for record in (supplier(live=False), expert(live=False)):
        for _time in range(2):
            current = stored(record)
            put_picture(current, picture(), "Ảnh", current.draft_version, owner(record))
        draft = draft_of(stored(record))
        assert (draft.logo if isinstance(draft, Supplier) else draft.photo) is not None


# The list ----------------------------------------------------------------------------------


def test_the_list_says_where_each_stands_and_what_to_do(signed_in: Any) -> None:
    organisation = OrganisationFactory()
    begun = offer(organisation, live=False, title="Máy sấy")
    offer(organisation, title="Máy băm")
    offer(title="Của người khác")
    text = text_of(page_of(signed_in(owner(begun)).get(reverse("techmart:records"))))
    assert "Máy sấy" in text
    assert "Máy băm" in text
    assert "Của người khác" not in text
    assert str(Where.DRAFT.label) in text


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_for_one_and_for_many(
    count: int, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    organisation = OrganisationFactory()
    for _number in range(count):
        offer(organisation)
        demand(organisation, live=False)
    client = signed_in(owner_of(organisation))
    client.get(reverse("techmart:records"))
    with django_assert_max_num_queries(LIST_QUERIES):
        client.get(reverse("techmart:records"))


def test_to_strangers_no_record_exists(signed_in: Any) -> None:
    record = offer(live=False)
    client = signed_in(MembershipFactory().user)
    for name in ("record", "edit", "preview", "close"):
        assert client.get(address(name, record)).status_code == 404
    for name in ("send", "take_back", "ready", "naming", "reopen", "picture"):
        assert client.post(address(name, record)).status_code == 404
    assert client.get(f"/workspace/market/nothing/{record.pk}/").status_code == 404

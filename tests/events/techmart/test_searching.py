"""What search knows of the market, and what it must not know."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from events.techmart.models import MarketPage, OfferStanding
from events.techmart.models.shared import HIDDEN_AFTER, confirmed_for
from events.techmart.searching import documents
from portal.core import clock
from portal.core.extension_points import providers
from portal.search.indexing import rebuild
from portal.search.models import Document
from tests.events.techmart.full import OWNER, full_offer
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.pages import english
from tests.factories.techmart import demand, expert, offer, supplier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market")]

INDEX_QUERIES = 17
KINDS = ("offer", "demand", "expert", "supplier")


def found(language: str = "vi") -> set[tuple[str, str]]:
    kept = Document.objects.filter(kind__in=KINDS, language=language)
    return set(kept.values_list("kind", "title"))


def test_all_four_kinds_are_found(market: MarketPage) -> None:
    english(market, title="Techmart")
    offer(title="Máy băm", title_en="Shredder", summary_en="It shreds.")
    offer(title="Chỉ tiếng Việt")
    demand(title="Cần máy sấy")
    expert(full_name="Trần Văn Thí Dụ")
    supplier(name="Xưởng Cơ Khí")
    offer(title="Còn nháp", live=False)
    rebuild()
    assert found() == {
        ("offer", "Máy băm"),
        ("offer", "Chỉ tiếng Việt"),
        ("demand", "Cần máy sấy"),
        ("expert", "Trần Văn Thí Dụ"),
        ("supplier", "Xưởng Cơ Khí"),
    }
    assert found("en") == {("offer", "Shredder")}


@pytest.mark.parametrize("make", [offer, demand, expert, supplier])
def test_search_follows_when_a_record_goes_live_and_down(
    make: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record = make()
    assert len(found()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        record.unpublish()
    assert found() == set()


def test_what_is_not_confirmed_again_falls_back_and_then_out(client: Client) -> None:
    made = offer(title="Máy băm lá mía")
    [document] = documents("vi", [f"offer:{made.pk}"])
    assert document.rank == 0
    assert document.visible_until == (
        made.standing.last_confirmed_at + confirmed_for() + HIDDEN_AFTER
    )
    rebuild()
    late = clock.now() + confirmed_for() + timedelta(days=1)
    with clock.held_at(late):
        [document] = documents("vi", [f"offer:{made.pk}"])
        assert document.rank == -1
        assert "may-bam-la-mia" in client.get("/tim-kiem/?q=bam+la+mia").content.decode()
    with clock.held_at(late + HIDDEN_AFTER):
        assert list(documents("vi", [f"offer:{made.pk}"])) == []
        assert "may-bam-la-mia" not in client.get("/tim-kiem/?q=bam+la+mia").content.decode()


def test_a_closed_record_has_no_document() -> None:
    made = offer()
    OfferStanding.objects.filter(pk=made.standing.pk).update(closed_at=clock.now())
    assert list(documents("vi")) == []


def test_the_owner_is_a_way_to_an_offer_only_where_it_is_named(client: Client) -> None:
    full_offer(OrganisationFactory(name=OWNER))
    rebuild()
    query = "/tim-kiem/?q=khi+sinh+hoc+vam+co"
    assert "/techmart/cong-nghe/" in client.get(query).content.decode()
    OfferStanding.objects.update(anonymous=True)
    rebuild()
    [document] = documents("vi")
    told = f"{document.title} {document.summary} {document.body} {document.url}"
    for sign in (OWNER, "Vàm Cỏ", "VN-0", "Tân Hội", "Giấu Tên"):
        assert sign not in told
    kept = Document.objects.get(kind="offer")
    values = " ".join(str(value) for value in vars(kept).values())
    assert "vam co" not in values.lower()
    assert "/techmart/cong-nghe/" not in client.get("/tim-kiem/?q=vam+co").content.decode()
    suggested = client.get("/tim-kiem/goi-y/?q=vam+co").content.decode()
    assert "/techmart/cong-nghe/" not in suggested


def test_contacts_are_in_no_document() -> None:
    made = offer(contact_name="Ngô Thị Mẫu", contact_email="mau@vi-du.example")
    [document] = documents("vi", [f"offer:{made.pk}"])
    assert "Mẫu" not in document.body
    assert "vi-du.example" not in document.body


@pytest.mark.parametrize("count", [1, 5])
def test_indexing_costs_the_same(count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        offer(title=f"Máy {number}")
        demand(title=f"Cần {number}")
        expert(full_name=f"Người Thứ {number}")
        supplier(name=f"Xưởng {number}")
    with django_assert_num_queries(INDEX_QUERIES):
        assert len(list(documents("vi"))) == 4 * count


def test_an_organisation_is_shown_the_way_to_its_page() -> None:
    made = supplier(name="Xưởng Cơ Khí")
    other = OrganisationFactory()
    key = made.standing.organisation_id
    links = [
        link
        for give in providers("portal_organisation_links")
        for link in give(UserFactory(), [key, other.pk]).get(key, ())
    ]
    assert any(link.url.endswith(f"/nha-cung-ung/{made.standing.slug}/") for link in links)

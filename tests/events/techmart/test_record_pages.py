"""The public pages of one offer, one demand, one expert and one supplier."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from events.techmart.models import (
    DemandStanding,
    ExpertStanding,
    MarketPage,
    Offer,
    OfferPicture,
    OfferStanding,
    SupplierCertificate,
)
from events.techmart.models.shared import HIDDEN_AFTER, confirmed_for
from portal.core import clock
from tests.events.techmart.full import OWNER, full_offer, telling_picture
from tests.factories.accounts import OrganisationFactory
from tests.factories.core import UnitFactory
from tests.factories.pages import ImageFactory, english
from tests.factories.techmart import demand, expert, offer, supplier, word, words
from tests.reading import page_of
from tests.reading import words as words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market")]

OFFER = "/techmart/cong-nghe/thu-hoi-khi-sinh-hoc-tu-nuoc-thai-nha-may-tinh-bot-mi/"
OFFER_QUERIES = 44
DEMAND_QUERIES = 25
EXPERT_QUERIES = 21
SUPPLIER_QUERIES = 35


def soup(client: Client, url: str) -> BeautifulSoup:
    return page_of(client.get(url))


def told(page: BeautifulSoup) -> dict[str, Any]:
    graph = json.loads(page.select_one('script[type="application/ld+json"]').string)["@graph"]
    return {thing["@type"]: thing for thing in graph}


def part(page: BeautifulSoup, id: str) -> str:
    return words_of(page.select_one(f"section[aria-labelledby={id}]"))


def headings(page: BeautifulSoup) -> list[str]:
    return [one["id"] for one in page.select(".record .page-part > h2[id]")]


def facts(page: BeautifulSoup) -> dict[str, str]:
    return {words_of(one.dt): words_of(one.dd) for one in page.select(".record dl.facts > div")}


@pytest.fixture
def owner() -> Any:
    return OrganisationFactory(name=OWNER)


def test_an_offer_answers_the_problem_first(client: Client, owner: Any) -> None:
    full_offer(owner)
    page = soup(client, OFFER)
    assert headings(page)[:2] == ["problem", "advantages"]
    assert headings(page).index("ready") < headings(page).index("economy")
    assert headings(page).index("economy") < headings(page).index("transfer")
    assert words_of(page.select_one(".lead")).startswith("Bể kỵ khí")
    assert OWNER in words_of(page.select_one(".record-owner"))
    told_facts = facts(page)
    assert "9/9" in " ".join(told_facts.values())
    assert "12.000 m³" in part(page, "specs")
    assert "380 V, 30 kW" in part(page, "specs")
    assert "1.500 m³/ngày" in part(page, "specs") or "1500 m³/ngày" in part(page, "specs")
    assert "VN-0" in part(page, "rights")
    assert "05/04/2023" in part(page, "rights")
    assert page.select_one('a[href="https://video.example/kenh-vam-co"]')
    assert page.select_one("[data-print]")
    assert page.select(".share a")
    assert page.select_one(f'a[href="{OFFER}ho-so/"]')
    pictures = page.select(".record-pictures picture img")
    assert [one["alt"] for one in pictures] == ["Bể phủ bạt 0"]
    assert all(one["width"] and one["height"] for one in pictures)


def test_the_comparison_shows_its_own_arithmetic(client: Client, owner: Any) -> None:
    full_offer(owner)
    page = soup(client, OFFER)
    table = page.select_one("table.economy")
    rows = [[words_of(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows[0][1:] == ["4.000.000.000 ₫", "1.000.000.000 ₫"]
    assert rows[1][1:] == ["–", "6.000.000.000 ₫"]
    foot = words_of(table.select_one("tfoot"))
    assert "3.000.000.000 ₫" in foot
    assert "24 tháng" in foot


@pytest.mark.parametrize(
    ("amounts", "has_table", "pays_back"),
    [
        ({"investment": None, "yearly_cost_before": None, "yearly_cost_after": None}, False, False),
        ({"yearly_cost_after": 5_000_000_000}, True, False),
        ({"investment": None}, True, False),
        ({"yearly_cost_after": 3_999_999_999}, True, False),
        ({}, True, True),
    ],
)
def test_no_payback_is_promised_that_the_amounts_do_not_give(
    client: Client, owner: Any, amounts: dict[str, Any], has_table: bool, pays_back: bool
) -> None:
    full_offer(owner, **amounts)
    page = soup(client, OFFER)
    assert bool(page.select_one("table.economy")) == has_table
    foot = words_of(page.select_one("table.economy tfoot")) if has_table else ""
    assert ("24 tháng" in foot) == pays_back
    assert ("Hoàn vốn" in facts(page)) == pays_back


def test_users_are_named_only_where_they_agreed(client: Client, owner: Any) -> None:
    full_offer(owner, count=2)
    answer = client.get(OFFER).content.decode()
    assert "Nhà máy Được Nêu 1" in answer
    assert "Giấu Tên" not in answer
    assert "2 nơi khác ở Xã Tân Hội" in part(soup(client, OFFER), "ready")
    assert "4 nơi" in words_of(page_of(client.get(OFFER)).select_one(".record-strong"))


def test_a_bare_offer_shows_no_empty_parts(client: Client) -> None:
    offer()
    page = soup(client, "/techmart/cong-nghe/may-bam-la-mia/")
    assert headings(page) == ["problem", "advantages", "ready", "transfer"]
    assert not page.select(".record table")
    assert "thỏa thuận" in part(page, "transfer")


def test_who_vouches_and_how_fresh_it_is(client: Client, owner: Any) -> None:
    made = full_offer(owner)
    OfferStanding.objects.filter(pk=made.standing.pk).update(
        verification="demonstrated", verified_at=clock.now()
    )
    trust = soup(client, OFFER).select_one(".trust")
    assert trust.select_one(".chip--ok")
    assert not trust.select_one(".chip--warn")
    with clock.held_at(clock.now() + confirmed_for() + timedelta(days=1)):
        trust = soup(client, OFFER).select_one(".trust")
        assert trust.select_one(".chip--warn")
        assert made.standing.confirmed_on is not None
        assert made.standing.confirmed_on.strftime("%d/%m/%Y") in words_of(trust)


@pytest.mark.parametrize("route", ["cong-nghe", "nhu-cau", "nha-cung-ung"])
def test_closed_is_gone_for_good_and_hidden_may_come_back(client: Client, route: str) -> None:
    make: Any = {"cong-nghe": offer, "nhu-cau": demand, "nha-cung-ung": supplier}[route]
    record = make()
    url = f"/techmart/{route}/{record.standing.slug}/"
    assert client.get(url).status_code == 200
    late = clock.now() + confirmed_for() + HIDDEN_AFTER + timedelta(days=1)
    with clock.held_at(late):
        page = page_of(client.get(url), 404)
        assert page.select_one(f'main a[href="/techmart/{route}/"]')
        assert page.select_one('meta[name=robots][content="noindex"]')
        assert str(record) not in words_of(page)
    type(record.standing).objects.filter(pk=record.standing.pk).update(closed_at=clock.now())
    page = page_of(client.get(url), 410)
    assert page.select_one(f'main a[href="/techmart/{route}/"]')
    assert str(record) not in words_of(page)
    record.unpublish()
    assert client.get(url).status_code == 404


def test_of_an_expert_who_took_back_the_consent_nothing_is_said(client: Client) -> None:
    record = expert()
    url = f"/techmart/chuyen-gia/{record.standing.slug}/"
    assert client.get(url).status_code == 200
    ExpertStanding.objects.filter(pk=record.standing.pk).update(closed_at=clock.now())
    assert client.get(url).status_code == 404
    ExpertStanding.objects.filter(pk=record.standing.pk).update(closed_at=None, listed_agreed=False)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("make", [offer, demand, expert, supplier])
def test_drafts_have_no_address(client: Client, make: Any) -> None:
    record = make(live=False)
    for route in ("cong-nghe", "nhu-cau", "chuyen-gia", "nha-cung-ung"):
        assert client.get(f"/techmart/{route}/{record.standing.slug}/").status_code == 404
    assert client.get(f"/techmart/cong-nghe/{record.standing.slug}/ho-so/").status_code == 404


def test_an_english_reader_is_told_what_stays_vietnamese(
    client: Client, owner: Any, market: MarketPage
) -> None:
    english(market, title="Techmart")
    full_offer(owner, title_en="Biogas from starch wastewater", summary_en="A covered pond.")
    page = soup(client, OFFER.replace("/techmart", "/en/techmart"))
    assert page.select_one("h1").get_text() == "Biogas from starch wastewater"
    assert page.select_one(".lead").get("lang") is None
    assert page.select_one("section[aria-labelledby=problem] .prose")["lang"] == "vi"
    assert "Details in Vietnamese" in words_of(page.select_one(".notice"))
    assert "In real use at 2 places" in words_of(page.select_one(".record-side"))
    assert "3 billion VND" in words_of(page.select_one(".record-side"))
    links = {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}
    assert links["vi"].endswith(OFFER)
    vietnamese = soup(client, OFFER)
    assert not vietnamese.select(".record > .notice")
    assert vietnamese.select_one("link[rel=canonical]")["href"].endswith(OFFER)
    assert vietnamese.select_one('meta[property="og:url"]')["content"].endswith(OFFER)


def test_what_programs_are_told_of_an_offer(client: Client, owner: Any) -> None:
    full_offer(owner)
    things = told(soup(client, OFFER))
    offered = things["Offer"]
    assert offered["itemOffered"]["@type"] == "Product"
    assert offered["offeredBy"]["name"] == OWNER
    assert offered["priceSpecification"]["minPrice"] == 3_000_000_000
    assert offered["priceSpecification"]["priceCurrency"] == "VND"
    assert things["BreadcrumbList"]["itemListElement"][-1]["name"].startswith("Thu hồi")


def test_the_owner_is_linked_to_the_page_of_the_supplier(client: Client, owner: Any) -> None:
    made = full_offer(owner)
    supplier(made.standing.organisation, name="Vàm Cỏ Xanh")
    link = soup(client, OFFER).select_one(".record-owner a")
    assert link.get_text() == "Vàm Cỏ Xanh"
    page = soup(client, link["href"])
    assert page.select_one(f'#offers + ul a[href="{OFFER}"]')


def test_a_demand(client: Client) -> None:
    record = demand(
        current_way="Để ao tự lắng.",
        must_have="Chịu được mưa 100 mm.",
        scale="2.000 m³ mỗi ngày",
        crops=words("crop", "khoai-mi"),
        budget_min=1_000_000_000,
        budget_max=2_000_000_000,
        needed_by=date(2027, 5, 1),
        min_trl=7,
    )
    url = f"/techmart/nhu-cau/{record.standing.slug}/"
    answer = client.get(url).content.decode()
    page = page_of(client.get(url))
    assert headings(page)[:3] == ["problem", "current-way", "must-have"]
    assert "01/05/2027" in facts(page).values()
    assert "tỷ" not in answer, "the budget is not for everybody"
    assert told(page)["Demand"]["identifier"] == record.standing.code
    type(record).objects.filter(pk=record.pk).update(budget_shown=True)
    assert "1 tỷ đồng – 2 tỷ đồng" in words_of(page_of(client.get(url))).replace("\u00a0", " ")
    assert record.contact_name not in answer
    assert "912345678" not in answer.replace(" ", "")


def test_a_demand_without_a_name_names_nobody(client: Client, owner: Any) -> None:
    ward = UnitFactory(name="Tân Hội", kind="Xã", full_name="Xã Tân Hội")
    record = demand(owner, anonymous=True, unit=ward)
    answer = client.get(f"/techmart/nhu-cau/{record.standing.slug}/").content.decode()
    assert OWNER not in answer
    assert "Tân Hội" not in answer
    DemandStanding.objects.filter(pk=record.standing.pk).update(anonymous=False)
    answer = client.get(f"/techmart/nhu-cau/{record.standing.slug}/").content.decode()
    assert OWNER in answer
    assert "Tân Hội" in answer


def test_each_field_of_an_expert_waits_for_its_own_consent(client: Client) -> None:
    private: dict[str, Any] = {
        "phone": "+84901234502",
        "email": "chuyengia@vi-du.example",
        "photo": ImageFactory(),
        "degree": word("degree", "ts"),
        "rank": word("rank", "pgs"),
        "position": "Trưởng khoa",
        "fields": words("field", "moi-truong"),
    }
    record = expert(**private)
    url = f"/techmart/chuyen-gia/{record.standing.slug}/"
    answer = client.get(url).content.decode()
    page = page_of(client.get(url))
    assert page.select_one("h1").get_text() == "PGS. TS. Trần Văn Thí Dụ"
    assert "chuyengia@" not in answer
    assert "901234" not in answer.replace(" ", "")
    assert not page.select(".record-portrait")
    assert not {"telephone", "email", "image"} & set(told(page)["Person"])
    for consent, found in (
        ("phone", 'a[href^="tel:"]'),
        ("email", 'a[href="mailto:chuyengia@vi-du.example"]'),
        ("photo", ".record-portrait img[alt]"),
    ):
        ExpertStanding.objects.filter(pk=record.standing.pk).update(**{f"{consent}_agreed": True})
        assert page_of(client.get(url)).select(found), consent
        ExpertStanding.objects.filter(pk=record.standing.pk).update(**{f"{consent}_agreed": False})
        assert not page_of(client.get(url)).select(f"main {found}"), consent


def test_a_supplier_with_its_papers_and_offers(client: Client, owner: Any) -> None:
    made = supplier(
        owner,
        name="Vàm Cỏ Xanh",
        phone="+84901234502",
        certificates=[
            SupplierCertificate(
                kind=word("certificate", "iso-9001"), number="VN-9001", valid_until=date(2020, 1, 1)
            )
        ],
    )
    offer(owner, title="Có Tên")
    offer(owner, title="Không Tên", anonymous=True)
    demand(owner, title="Cần máy sấy")
    demand(owner, title="Nhu cầu kín", anonymous=True)
    url = f"/techmart/nha-cung-ung/{made.standing.slug}/"
    answer = client.get(url).content.decode()
    page = page_of(client.get(url))
    assert [one.get_text() for one in page.select("#offers + ul h3 a")] == ["Có Tên"]
    assert [one.get_text() for one in page.select("#demands + ul h3 a")] == ["Cần máy sấy"]
    assert "Không Tên" not in answer
    assert "Nhu cầu kín" not in answer
    assert "VN-9001" in part(page, "papers")
    assert "01/01/2020" in part(page, "papers")
    assert "901234" not in answer.replace(" ", "")
    assert told(page)["Organization"]["name"] == "Vàm Cỏ Xanh"


# --- whose it is stays unknown --------------------------------------------------------------------


@pytest.fixture
def veiled(owner: Any) -> Offer:
    """An offer of an organisation that has a page of its own and a name on a picture's file."""
    supplier(owner, name="Vàm Cỏ Xanh")
    made = full_offer(owner, anonymous=True)
    OfferStanding.objects.filter(pk=made.standing.pk).update(
        source="techport", canonical_url="https://techport.example/vam-co/1"
    )
    return made


def leaks(text: str) -> list[str]:
    """What of the owner a text tells."""
    signs = (OWNER, "Vàm Cỏ", "vam-co", "VN-0", "1-2020-0", "Ngô Thị Mẫu", "912345678", "Tân Hội:")
    return [sign for sign in signs if sign in text]


@pytest.mark.usefixtures("veiled")
def test_no_page_tells_whose_an_anonymous_offer_is(client: Client, market: MarketPage) -> None:
    english(market, title="Techmart")
    for url in (OFFER, OFFER.replace("/techmart", "/en/techmart")):
        page = soup(client, url)
        html = str(page)
        assert leaks(html) == []
        assert "offeredBy" not in told(page)["Offer"]
        assert "Sở" in words_of(page.select_one(".record-owner")) or "department" in html


def test_a_picture_named_after_the_owner_is_not_shown(client: Client, owner: Any) -> None:
    pictures = [OfferPicture(image=telling_picture(), alt="Bể phủ bạt")]
    made = full_offer(owner, anonymous=True, pictures=pictures)
    assert not soup(client, OFFER).select(".record-pictures")
    assert "vam-co" not in client.get(OFFER).content.decode()
    received = telling_picture(f"{made.standing.code.lower()}-0a1b2c3d.jpg")
    made.pictures.update(image=received)
    assert soup(client, OFFER).select(".record-pictures img")
    assert "vam-co" not in client.get(OFFER).content.decode()


@pytest.mark.usefixtures("veiled")
def test_the_suppliers_page_and_the_sitemap_do_not_tell(client: Client) -> None:
    page = soup(client, "/techmart/nha-cung-ung/vam-co-xanh/")
    assert not page.select("#offers")
    assert OFFER not in str(page)
    sitemap = client.get("/sitemap.xml")
    if b"sitemapindex" in sitemap.content:
        sitemap = client.get("/sitemap-pages.xml")
    assert OFFER in sitemap.content.decode(), "the offer itself is public"


# --- what it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 5])
def test_one_offer_costs_the_same(
    client: Client, owner: Any, count: int, django_assert_num_queries: Any
) -> None:
    full_offer(owner, count=count)
    for number in range(count):
        offer(title=f"Máy {number}", crops=words("crop", "khoai-mi"))
        demand(title=f"Cần {number}", sectors=words("sector", "xu-ly-chat-thai"))
    client.get(OFFER)  # fills what is kept for all requests, and makes the pictures
    with django_assert_num_queries(OFFER_QUERIES):
        client.get(OFFER)


@pytest.mark.parametrize("count", [1, 5])
def test_one_demand_costs_the_same(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    record = demand(crops=words("crop", "khoai-mi"))
    for number in range(count):
        offer(title=f"Máy {number}", crops=words("crop", "khoai-mi"))
    url = f"/techmart/nhu-cau/{record.standing.slug}/"
    client.get(url)
    with django_assert_num_queries(DEMAND_QUERIES):
        client.get(url)


@pytest.mark.parametrize("count", [1, 5])
def test_one_expert_costs_the_same(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    fields = ["moi-truong", "nang-luong", "hoa-hoc", "y-duoc", "vat-lieu"][:count]
    record = expert(fields=words("field", *fields), photo=ImageFactory(), agreed=("photo",))
    url = f"/techmart/chuyen-gia/{record.standing.slug}/"
    client.get(url)
    with django_assert_num_queries(EXPERT_QUERIES):
        client.get(url)


@pytest.mark.parametrize("count", [1, 5])
def test_one_supplier_costs_the_same(
    client: Client, owner: Any, count: int, django_assert_num_queries: Any
) -> None:
    papers = [
        SupplierCertificate(kind=word("certificate", "iso-9001"), number=str(n))
        for n in range(count)
    ]
    record = supplier(owner, certificates=papers, logo=ImageFactory())
    for number in range(count):
        full_offer(owner, title=f"Máy {number}")
        demand(owner, title=f"Cần {number}")
    url = f"/techmart/nha-cung-ung/{record.standing.slug}/"
    client.get(url)
    with django_assert_num_queries(SUPPLIER_QUERIES):
        client.get(url)

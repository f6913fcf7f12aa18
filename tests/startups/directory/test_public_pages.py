"""The public list with its filters and counts, one startup, both languages, open data."""

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from startups.directory.browsing import Answers, count
from startups.directory.models import DirectoryPage, Need, Sector, Stage, StartupProfile
from tests.factories.accounts import OrganisationFactory
from tests.factories.core import UnitFactory
from tests.factories.directory import draft, public, recognise, sent
from tests.factories.pages import ImageFactory, english
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

LIST_QUERIES = 25
PROFILE_QUERIES = 23


def soup(client: Client, url: str) -> BeautifulSoup:
    return page_of(client.get(url))


def names(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select(".startups h2 a")]


def options(page: BeautifulSoup, name: str) -> dict[str, str]:
    """Each answer that is offered, with its label and count."""
    found = page.select(f"#startups-{name} option[value]")
    return {option["value"]: words(option) for option in found if option["value"]}


@pytest.fixture
def several(directory: DirectoryPage) -> dict[str, StartupProfile]:
    """Three startups of two sectors; one of them recognised, one not yet public."""
    ward = UnitFactory(name="Tân Ninh", kind="Phường", full_name="Phường Tân Ninh")
    farming = Sector.objects.get(slug="nong-nghiep-thuc-pham")
    growth = Stage.objects.get(slug="tang-truong")
    money, mentors = Need.objects.get(slug="von"), Need.objects.get(slug="co-van")
    made = {
        "tuoi": public(
            name="Tưới Đúng", tagline="Tưới theo độ ẩm", stage=growth, unit=ward, needs=[money]
        ),
        "chanh": public(name="Chanh Zero", sector=farming, needs=[money, mentors]),
        "ao": public(name="Ao Sâu", sector=farming, unit=ward),
    }
    recognise(made["tuoi"])
    sent(name="Chưa Duyệt", sector=farming)
    draft(name="Còn Nháp")
    return made


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Ao Sâu", "Chanh Zero", "Tưới Đúng"]),
        ("q=tuoi dung", ["Tưới Đúng"]),
        ("q=ĐỘ ẨM", ["Tưới Đúng"]),
        ("q=khong co gi", []),
        ("q=%25%25", []),
        ("linh-vuc=nong-nghiep-thuc-pham", ["Ao Sâu", "Chanh Zero"]),
        ("giai-doan=tang-truong", ["Tưới Đúng"]),
        ("nhu-cau=von", ["Chanh Zero", "Tưới Đúng"]),
        ("nhu-cau=von&linh-vuc=nong-nghiep-thuc-pham", ["Chanh Zero"]),
        ("cong-nhan=co", ["Tưới Đúng"]),
        ("cong-nhan=co&nhu-cau=co-van", []),
    ],
)
def test_filters_live_in_the_address(client: Client, asked: str, found: list[str]) -> None:
    page = soup(client, f"/khoi-nghiep/?{asked}")
    assert names(page) == found
    assert bool(page.select_one(".empty")) == (not found)


def test_every_answer_says_how_many_it_leaves(
    client: Client, several: dict[str, StartupProfile]
) -> None:
    page = soup(client, "/khoi-nghiep/?nhu-cau=von")
    assert options(page, "linh-vuc") == {
        "nong-nghiep-thuc-pham": "Nông nghiệp và thực phẩm (1)",
        "cong-nghe-so": "Công nghệ số (1)",
    }
    # Its own choice does not narrow the other answers of a filter.
    assert options(page, "nhu-cau") == {"von": "Vốn đầu tư (2)", "co-van": "Cố vấn (1)"}
    ward = several["ao"].unit
    assert options(page, "dia-ban") == {str(ward.pk): "Phường Tân Ninh (1)"}
    assert names(soup(client, f"/khoi-nghiep/?dia-ban={ward.pk}")) == ["Ao Sâu", "Tưới Đúng"]
    assert "(1)" in words(page.select_one("label[for=startups-cong-nhan]"))
    assert page.select_one("#startups-giai-thuong") is None, "nobody has won anything"


def test_counting_is_over_what_the_other_filters_leave() -> None:
    answers = [
        Answers(1, 1, {"a": frozenset({"x"}), "b": frozenset({"p"})}),
        Answers(2, 2, {"a": frozenset({"y"}), "b": frozenset({"p", "q"})}),
        Answers(3, 3, {"a": frozenset(), "b": frozenset({"q"})}),
    ]
    assert count(answers, "b", {"a": "x", "b": "q"}) == {"p": 1}
    assert count(answers, "a", {"a": "x", "b": "q"}) == {"y": 1}
    assert count(answers, "b", {}) == {"p": 2, "q": 2}


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    "asked",
    [
        *("page=abc", "page=-1", "page=99999999999999999999", "linh-vuc=khong-co", "dia-ban=abc"),
        *("dia-ban=999999999999999999999", "cong-nhan=1", "giai-thuong=co", "nhu-cau=%27--"),
        "giai-doan=%F0%9F%9A%80",
    ],
)
def test_what_nobody_offered_is_not_asked(client: Client, asked: str) -> None:
    page = soup(client, f"/khoi-nghiep/?{asked}")
    assert len(names(page)) == 3
    canonical = page.select_one("link[rel=canonical]")["href"]
    assert canonical == "http://localhost/khoi-nghiep/"


def test_an_empty_directory_says_so(directory: DirectoryPage, client: Client) -> None:
    page = soup(client, "/khoi-nghiep/")
    assert page.select_one(".empty__title").get_text(strip=True)
    assert not page.select(".filter-bar select")


def test_twenty_four_a_page(directory: DirectoryPage, client: Client) -> None:
    for number in range(26):
        public(name=f"Số {number:02d}")
    assert len(names(soup(client, "/khoi-nghiep/"))) == 24
    second = soup(client, "/khoi-nghiep/?page=2")
    assert names(second) == ["Số 24", "Số 25"]


@pytest.mark.parametrize("number", [1, 3, 20])
def test_the_list_costs_the_same(
    directory: DirectoryPage, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    for n in range(number):
        profile = public(name=f"Số {n}", logo=ImageFactory(), needs=[Need.objects.first()])
        recognise(profile)
    client.get("/khoi-nghiep/")  # fills what is kept for all requests, and makes the pictures
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/khoi-nghiep/")


@pytest.mark.parametrize("number", [1, 8])
def test_one_startup_costs_the_same(
    directory: DirectoryPage, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    profile = public(
        name="Ao Sâu",
        logo=ImageFactory(),
        needs=list(Need.objects.all()[: min(number, 5)]),
        products=tuple({"name": f"Sản phẩm {n}"} for n in range(number)),
        team=tuple({"full_name": f"Người {n}"} for n in range(number)),
        team_agreed=True,
    )
    for n in range(number):
        recognise(profile, number=f"{n}/QĐ")
    client.get("/khoi-nghiep/ao-sau/")
    with django_assert_num_queries(PROFILE_QUERIES):
        client.get("/khoi-nghiep/ao-sau/")


def full(**facts: Any) -> StartupProfile:
    """A profile with everything in it."""
    wanted: dict[str, Any] = {
        "name": "Bã Xanh",
        "tagline": "Bao bì từ bã mì",
        "description": "Chúng tôi ép bã mì.\n\nKhông nhựa.",
        "problem": "Bã mì bỏ phí.",
        "solution": "Khay tự hủy.",
        "founded_year": 2023,
        "website": "https://baxanh.example",
        "email": "lienhe@baxanh.example",
        "phone": "+84901234502",
        "needs": [Need.objects.get(slug="von")],
        "products": ({"name": "Khay 3 ngăn", "summary": "Chịu nước 4 giờ"},),
        "team": ({"full_name": "Trần Thị Hạnh", "role": "Sáng lập"},),
        "team_agreed": True,
    }
    return public(**{**wanted, **facts})


def told(page: BeautifulSoup) -> dict[str, Any]:
    graph = json.loads(page.select_one('script[type="application/ld+json"]').string)["@graph"]
    return {thing["@type"]: thing for thing in graph}


def test_one_startup(directory: DirectoryPage, client: Client) -> None:
    profile = full()
    recognise(profile, number="27/QĐ-SKHCN", issued_on=date(2025, 5, 20), issuer="Sở KH&CN")
    recognise(profile, number="1/QĐ", issued_on=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    page = soup(client, "/khoi-nghiep/ba-xanh/")
    assert page.select_one("h1").get_text() == "Bã Xanh"
    assert [words(crumb) for crumb in page.select(".breadcrumbs li")][1:] == [
        "Khởi nghiệp",
        "Bã Xanh",
    ]
    assert words(page.select_one("#startup-about + .prose")).startswith("Chúng tôi ép bã mì.")
    recognition = words(page.select_one("section[aria-labelledby=startup-recognition]"))
    assert "27/QĐ-SKHCN" in recognition
    assert "20/05/2025" in recognition
    assert "1/QĐ " not in recognition, "it ended years ago"
    assert "Khay 3 ngăn" in words(page.select_one("section[aria-labelledby=startup-products]"))
    assert page.select_one("link[rel=canonical]")["href"].endswith("/khoi-nghiep/ba-xanh/")
    assert page.select_one("[data-print]")
    assert page.select(".share a")


def test_what_programs_are_told(directory: DirectoryPage, client: Client) -> None:
    full()
    things = told(soup(client, "/khoi-nghiep/ba-xanh/"))
    organisation = things["Organization"]
    assert organisation["name"] == "Bã Xanh"
    assert organisation["url"] == "https://baxanh.example"
    assert organisation["foundingDate"] == "2023"
    assert not {"email", "telephone", "award", "logo", "address"} & set(organisation)
    assert things["BreadcrumbList"]["itemListElement"][-1]["name"] == "Bã Xanh"


def test_email_and_phone_only_with_the_owners_tick(
    directory: DirectoryPage, client: Client
) -> None:
    full()
    answer = client.get("/khoi-nghiep/ba-xanh/").content.decode()
    assert "lienhe@baxanh.example" not in answer
    assert "901 234 502" not in answer
    full(name="Đồng Ý", show_email=True, show_phone=True)
    page = soup(client, "/khoi-nghiep/dong-y/")
    assert page.select_one('a[href="mailto:lienhe@baxanh.example"]')
    organisation = told(page)["Organization"]
    assert organisation["email"] == "lienhe@baxanh.example"
    assert organisation["telephone"].startswith("+84")


def test_the_english_page_says_what_stays_vietnamese(
    directory: DirectoryPage, client: Client
) -> None:
    english(directory, title="Startups")
    full(tagline_en="Packaging from cassava pulp", name_en="Green Pulp")
    page = soup(client, "/en/startups/ba-xanh/")
    assert page.select_one("h1").get_text() == "Green Pulp"
    assert page.select_one(".lead").get_text() == "Packaging from cassava pulp"
    assert page.select_one(".lead").get("lang") is None
    assert page.select_one("#startup-about + .prose")["lang"] == "vi"
    assert "Details in Vietnamese" in words(page.select_one(".notice"))
    list_of = soup(client, "/en/startups/?linh-vuc=cong-nghe-so")
    assert names(list_of) == ["Green Pulp"]
    assert options(list_of, "linh-vuc") == {"cong-nghe-so": "Digital technology (1)"}
    vietnamese = soup(client, "/khoi-nghiep/ba-xanh/")
    assert not vietnamese.select(".notice")
    assert not vietnamese.select("main [lang]")
    links = {link["hreflang"]: link["href"] for link in vietnamese.select("link[hreflang]")}
    assert links["en"].endswith("/en/startups/ba-xanh/")


def test_a_wholly_english_profile_needs_no_note(directory: DirectoryPage, client: Client) -> None:
    english(directory, title="Startups")
    public(name="Ao Sâu", tagline_en="Deep ponds", description_en="We dig.")
    page = soup(client, "/en/startups/ao-sau/")
    assert not page.select(".notice")
    assert page.select_one("h1")["lang"] == "vi", "a name nobody has put into English"


@pytest.mark.usefixtures("several")
def test_drafts_have_no_address(client: Client) -> None:
    for slug in ("chua-duyet", "con-nhap", "khong-co"):
        assert client.get(f"/khoi-nghiep/{slug}/").status_code == 404
        assert client.get(f"/api/v1/startups/{slug}").status_code == 404


def test_taken_down_is_gone(client: Client, several: dict[str, StartupProfile]) -> None:
    several["ao"].unpublish()
    assert client.get("/khoi-nghiep/ao-sau/").status_code == 404
    assert names(soup(client, "/khoi-nghiep/")) == ["Chanh Zero", "Tưới Đúng"]


@pytest.mark.usefixtures("several")
def test_search_engines_learn_the_addresses(client: Client) -> None:
    answer = client.get("/sitemap.xml")
    inside = client.get("/sitemap-pages.xml") if b"sitemapindex" in answer.content else answer
    text = inside.content.decode()
    assert "/khoi-nghiep/chanh-zero/" in text
    assert "chua-duyet" not in text


@pytest.mark.usefixtures("several")
def test_open_data(client: Client) -> None:
    found = client.get("/api/v1/startups?sector=nong-nghiep-thuc-pham").json()
    assert [one["name"] for one in found["items"]] == ["Ao Sâu", "Chanh Zero"]
    one = client.get("/api/v1/startups/tuoi-dung").json()
    assert one["recognitions"][0]["number"] == "12/QĐ-SKHCN"
    assert one["page"].endswith("/khoi-nghiep/tuoi-dung/")
    assert not {"email", "phone", "team"} & set(one)


def test_no_open_data_without_a_directory(client: Client) -> None:
    public(OrganisationFactory(), name="Ao Sâu")
    assert client.get("/api/v1/startups").json()["items"] == []

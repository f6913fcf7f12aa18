"""The public list, one document, the feed, the map for search engines."""

import xml.etree.ElementTree as ET
from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.documents import get_document_model

from portal.news.models import Topic
from portal.regulations.models import OfficialDocument, RegulationsIndexPage
from tests.factories.pages import english, home
from tests.factories.regulations import (
    IssuerFactory,
    KindFactory,
    OfficialDocumentFactory,
    RegulationsIndexFactory,
    RelationFactory,
    file_of,
)
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

ATOM = "{http://www.w3.org/2005/Atom}"
LIST_QUERIES = 18
DOCUMENT_QUERIES = 20
FEED_QUERIES = 11


def soup(client: Client, url: str) -> BeautifulSoup:
    return page_of(client.get(url))


def numbers(page: BeautifulSoup) -> list[str]:
    return [link.get_text(strip=True) for link in page.select(".documents tbody th a")]


@pytest.fixture
def several(register: RegulationsIndexPage) -> None:
    """A law, two decrees and a decision, over three years."""
    law = KindFactory(slug="luat", label="Luật", label_en="Law")
    assembly = IssuerFactory(slug="quoc-hoi", label="Quốc hội", label_en="The National Assembly")
    OfficialDocumentFactory(
        number="93/2025/QH15",
        kind=law,
        issuer=assembly,
        issued_on=date(2025, 6, 27),
        subject="Khoa học, công nghệ và đổi mới sáng tạo",
    )
    OfficialDocumentFactory(
        number="42/2022/NĐ-CP", issued_on=date(2022, 6, 24), subject="Dịch vụ công trực tuyến"
    )
    OfficialDocumentFactory(
        number="13/2023/NĐ-CP",
        issued_on=date(2023, 4, 17),
        expires_on=date(2024, 1, 1),
        subject="Bảo vệ dữ liệu cá nhân",
    )


def test_newest_first_twenty_a_page(register: RegulationsIndexPage, client: Client) -> None:
    for _number in range(22):
        OfficialDocumentFactory()
    OfficialDocumentFactory(draft=True)
    newest = list(
        OfficialDocument.objects.published()
        .order_by("-issued_on", "-pk")
        .values_list("number", flat=True)
    )
    page = soup(client, "/van-ban/")
    assert numbers(page) == [f"Nghị định {number}" for number in newest[:20]]
    shown = page.select_one(".list-head p").get_text()
    assert [int(part) for part in shown.replace("–", " ").split() if part.isdigit()] == [1, 20, 22]
    second = soup(client, "/van-ban/?page=2&nguon=thu")
    assert numbers(second) == [f"Nghị định {number}" for number in newest[20:]]
    canonical = second.select_one("link[rel=canonical]")["href"]
    assert canonical == "http://localhost/van-ban/?page=2"


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=du lieu ca nhan", ["13/2023/NĐ-CP"]),
        ("q=DỮ LIỆU", ["13/2023/NĐ-CP"]),
        ("q=42/2022", ["42/2022/NĐ-CP"]),
        ("q=42-2022-nd-cp", ["42/2022/NĐ-CP"]),
        ("q=nd-cp", ["13/2023/NĐ-CP", "42/2022/NĐ-CP"]),
        ("q=khong co gi", []),
        ("q=%25%25%25", []),
        ("loai=luat", ["93/2025/QH15"]),
        ("co-quan=chinh-phu", ["13/2023/NĐ-CP", "42/2022/NĐ-CP"]),
        ("nam=2022", ["42/2022/NĐ-CP"]),
        ("hieu-luc=het", ["13/2023/NĐ-CP"]),
        ("hieu-luc=con&co-quan=chinh-phu", ["42/2022/NĐ-CP"]),
        ("hieu-luc=ngung", []),
    ],
)
def test_filters_live_in_the_address(client: Client, asked: str, found: list[str]) -> None:
    page = soup(client, f"/van-ban/?{asked}")
    assert [one.split()[-1] for one in numbers(page)] == found
    assert bool(page.select_one(".empty")) == (not found)


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    "asked",
    [
        *("page=abc", "page=-1", "page=999999999999999999999", "nam=abc", "nam=9999999999"),
        *("nam=²", "loai=khong-co", "loai=luat&loai=", "hieu-luc=%F0%9F%9A%80", "co-quan=%27--"),
        "nam=2025%0d%0a",
    ],
)
def test_what_nobody_offered_is_not_asked(client: Client, asked: str) -> None:
    assert len(numbers(soup(client, f"/van-ban/?{asked}"))) == 3


@pytest.mark.usefixtures("several")
def test_documents_are_found_by_a_synonym(client: Client) -> None:
    found = numbers(soup(client, "/van-ban/?q=innovation"))
    assert found == ["Luật 93/2025/QH15"]


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("name", ["q", "loai", "co-quan", "nam", "hieu-luc", "page"])
def test_hostile_queries_are_answered(client: Client, name: str) -> None:
    assert client.get(f"/van-ban/?{name}=%00").status_code == 400
    for hostile in ("ă" * 10_000, "%FF%FE", "🚀\u202e", "<script>", "%25", "_"):
        assert client.get(f"/van-ban/?{name}={hostile}").status_code == 200


@pytest.mark.usefixtures("several")
def test_the_form_shows_what_was_asked_and_the_way_back(client: Client) -> None:
    page = soup(client, "/van-ban/?q=dữ liệu&co-quan=chinh-phu&nam=2023&hieu-luc=het")
    assert page.select_one("#documents-q")["value"] == "dữ liệu"
    chosen = [option["value"] for option in page.select(".filter-bar option[selected]")]
    assert chosen == ["chinh-phu", "2023", "het"]
    assert page.select_one(".filter-bar a")["href"] == "/van-ban/"
    years = [option["value"] for option in page.select("#documents-year option")]
    assert years == ["", "2025", "2023", "2022"]


def test_an_empty_register_says_so(register: RegulationsIndexPage, client: Client) -> None:
    page = soup(client, "/van-ban/")
    assert page.select_one(".empty__title").get_text(strip=True)
    assert not page.select(".data-table")


def test_one_document(register: RegulationsIndexPage, client: Client) -> None:
    old = OfficialDocumentFactory(number="43/2011/NĐ-CP", issued_on=date(2011, 6, 13))
    new = OfficialDocumentFactory(
        number="42/2022/NĐ-CP",
        issued_on=date(2022, 6, 24),
        effective_on=date(2022, 8, 15),
        subject="Cung cấp thông tin và dịch vụ công trực tuyến",
        signatory="Nguyễn Văn Ký",
        signatory_position="Phó Thủ tướng",
        summary="Dòng một.\n\nDòng hai.",
        body=[("paragraph", "<p>Điều 1. Phạm vi</p>")],
        topics=[Topic.objects.create(label="Chuyển đổi số", slug="chuyen-doi-so")],
    )
    RelationFactory(document=new, other=old)
    file = file_of(new)
    page = soup(client, "/van-ban/42-2022-nd-cp/")
    assert page.select_one("h1").get_text() == "Nghị định 42/2022/NĐ-CP"
    assert page.select_one(".lead").get_text() == new.subject
    assert page.select_one("link[rel=canonical]")["href"].endswith("/van-ban/42-2022-nd-cp/")
    assert page.select_one("meta[name=description]")["content"] == new.subject
    crumbs = [words(crumb) for crumb in page.select(".breadcrumbs li")]
    assert crumbs[1:] == ["Văn bản", "Nghị định 42/2022/NĐ-CP"]
    facts = [words(fact) for fact in page.select_one(".document-facts").select("dd")]
    for fact in ("42/2022/NĐ-CP", "Nguyễn Văn Ký, Phó Thủ tướng", "15/08/2022", "Chuyển đổi số"):
        assert fact in facts
    chip = page.select_one(".page-head .chip")
    assert chip.get_text(strip=True)
    assert chip.select_one("use")["href"].endswith("#circle-check")
    [link] = page.select(".downloads a")
    assert link["href"] == file.url
    assert "PDF" in words(link)
    assert "KB" in words(link) or "B" in words(link)
    assert "Điều 1. Phạm vi" in page.select_one(".page-body").get_text()
    assert page.select_one("[data-print]").has_attr("hidden")  # a script shows it
    [other] = page.select('[aria-labelledby="document-relations"] a')
    assert other["href"] == "/van-ban/43-2011-nd-cp/"
    back = soup(client, other["href"])
    assert back.select_one('[aria-labelledby="document-relations"] a')["href"].endswith(
        new.slug + "/"
    )
    assert back.select_one(".page-head .chip--danger")


def test_the_inverse_side_has_words_of_its_own(
    register: RegulationsIndexPage, client: Client
) -> None:
    english(register, title="Documents")
    old, new = OfficialDocumentFactory(), OfficialDocumentFactory()
    RelationFactory(document=new, other=old)

    def label(document: OfficialDocument) -> str:
        page = soup(client, f"/en/documents/{document.slug}/")
        return words(page.select_one('[aria-labelledby="document-relations"] dt'))

    assert (label(new), label(old)) == ("Replaces", "Is replaced by")


def test_drafts_and_their_relations_are_not_told(
    register: RegulationsIndexPage, client: Client
) -> None:
    draft, shown = OfficialDocumentFactory(draft=True), OfficialDocumentFactory()
    RelationFactory(document=draft, other=shown)
    page = soup(client, f"/van-ban/{shown.slug}/")
    assert not page.select('[aria-labelledby="document-relations"]')
    assert page.select_one(".page-head .chip--ok")
    for address in (draft.slug, "khong-co", f"{draft.slug}/luu"):
        assert client.get(f"/van-ban/{address}/").status_code == 404


def test_a_copy_is_one_file_with_its_source(register: RegulationsIndexPage, client: Client) -> None:
    file_of(OfficialDocumentFactory(number="42/2022/NĐ-CP"))
    response = client.get("/van-ban/42-2022-nd-cp/luu/")
    assert response["Content-Disposition"] == 'attachment; filename="42-2022-nd-cp.html"'
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("base")["href"] == "http://localhost/van-ban/42-2022-nd-cp/"
    assert page.select_one("h1").get_text() == "Nghị định 42/2022/NĐ-CP"
    assert page.select("hr + p a")[0]["href"] == "http://localhost/van-ban/42-2022-nd-cp/"
    assert not page.select("script")


def test_english_readers_get_english_or_are_told(
    register: RegulationsIndexPage, client: Client
) -> None:
    english(register, title="Documents")
    OfficialDocumentFactory(number="1/2024/NĐ-CP", subject_en="On something")
    OfficialDocumentFactory(number="2/2024/NĐ-CP", subject="Về việc khác")
    page = soup(client, "/en/documents/")
    assert numbers(page) == ["Decree 2/2024/NĐ-CP", "Decree 1/2024/NĐ-CP"]
    subjects = page.select(".documents tbody td:nth-of-type(1)")
    assert [(words(cell), cell.get("lang")) for cell in subjects] == [
        ("Về việc khác", "vi"),
        ("On something", None),
    ]
    translated = soup(client, "/en/documents/1-2024-nd-cp/")
    assert translated.select_one(".lead").get_text() == "On something"
    assert translated.select_one(".notice")
    only_vietnamese = soup(client, "/en/documents/2-2024-nd-cp/")
    assert only_vietnamese.select_one(".lead")["lang"] == "vi"
    alternates = {link["hreflang"]: link["href"] for link in translated.select("link[hreflang]")}
    assert alternates == {
        "vi": "http://localhost/van-ban/1-2024-nd-cp/",
        "en": "http://localhost/en/documents/1-2024-nd-cp/",
    }


def test_the_feed_is_valid_atom(register: RegulationsIndexPage, client: Client) -> None:
    OfficialDocumentFactory(number="7/2024/NĐ-CP", subject="Về <A> & B")
    OfficialDocumentFactory(draft=True)
    response = client.get("/van-ban/feed/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    for required in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{required}") is not None, required
    assert feed.find(f"{ATOM}id").text == "http://localhost/van-ban/feed/"
    [entry] = feed.findall(f"{ATOM}entry")
    for required in ("id", "title", "updated", "author", "link"):
        assert entry.find(f"{ATOM}{required}") is not None, required
    assert entry.find(f"{ATOM}summary").text == "Về <A> & B"
    assert entry.find(f"{ATOM}link").get("href") == "http://localhost/van-ban/7-2024-nd-cp/"
    for moment in feed.iter(f"{ATOM}updated"):
        assert datetime.fromisoformat(moment.text).tzinfo is not None


def test_an_empty_feed_is_valid_too(register: RegulationsIndexPage, client: Client) -> None:
    feed = ET.fromstring(client.get("/van-ban/feed/").content)
    assert datetime.fromisoformat(feed.find(f"{ATOM}updated").text)


def test_search_engines_are_told_of_each_public_document(
    register: RegulationsIndexPage, client: Client
) -> None:
    shown, draft = OfficialDocumentFactory(), OfficialDocumentFactory(draft=True)
    sitemap = client.get("/sitemap-pages.xml").content.decode()
    assert f"<loc>http://localhost/van-ban/{shown.slug}/</loc>" in sitemap
    assert f"/{draft.slug}/" not in sitemap


@pytest.mark.parametrize("count", [1, 100])
def test_the_list_costs_the_same_however_long(
    register: RegulationsIndexPage, client: Client, count: int, django_assert_num_queries
) -> None:
    many(count)
    client.get("/van-ban/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/van-ban/")


@pytest.mark.parametrize("count", [1, 100])
def test_a_document_costs_the_same_however_much_hangs_on_it(
    register: RegulationsIndexPage, client: Client, count: int, django_assert_num_queries
) -> None:
    centre = OfficialDocumentFactory(
        body=[("paragraph", "<p>Điều 1.</p>")],
        topics=[Topic.objects.create(label="Chủ đề", slug="chu-de")],
    )
    for document in many(count):
        RelationFactory(document=centre, other=document, kind="based_on")
        RelationFactory(document=document, other=centre, kind="amends")
        file_of(centre)
    client.get(f"/van-ban/{centre.slug}/")
    with django_assert_num_queries(DOCUMENT_QUERIES):
        page = client.get(f"/van-ban/{centre.slug}/")
    assert len(page_of(page).select('[aria-labelledby="document-relations"] a')) == 2 * count
    assert get_document_model().objects.count() == count


@pytest.mark.parametrize("count", [1, 100])
def test_the_feed_costs_the_same(
    register: RegulationsIndexPage, client: Client, count: int, django_assert_num_queries
) -> None:
    many(count)
    client.get("/van-ban/feed/")
    with django_assert_num_queries(FEED_QUERIES):
        client.get("/van-ban/feed/")


def many(count: int) -> list[OfficialDocument]:
    return [OfficialDocumentFactory() for _number in range(count)]


def test_there_is_one_register_a_language(register: RegulationsIndexPage) -> None:
    assert not RegulationsIndexPage.can_create_at(home())
    assert RegulationsIndexPage.public_in("vi") == register
    assert RegulationsIndexPage.public_in("en") is None
    RegulationsIndexFactory(parent=home("en"), title="Documents")
    assert RegulationsIndexPage.public_in("en").title == "Documents"

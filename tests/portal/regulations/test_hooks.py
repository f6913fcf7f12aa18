"""What search and open data know of official documents."""

from datetime import date

import pytest
from django.test import Client

from portal.regulations.models import RegulationsIndexPage
from portal.regulations.registering import delete_document, save_document
from portal.search.indexing import rebuild
from portal.search.models import Document
from tests.factories.pages import english
from tests.factories.regulations import (
    IssuerFactory,
    KindFactory,
    OfficialDocumentFactory,
    RelationFactory,
    file_of,
)
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
LIST_QUERIES = 4
DETAIL_QUERIES = 6


def found(client: Client, query: str, prefix: str = "") -> list[str]:
    page = page_of(client.get(f"{prefix}/tim-kiem/?q={query}&loai=regulation"))
    return [link["href"] for link in page.select("#main .row__title a")]


def test_search_finds_by_number_and_words(register: RegulationsIndexPage, client: Client) -> None:
    english(register, title="Documents")
    both = OfficialDocumentFactory(
        number="42/2022/NĐ-CP",
        subject="Dịch vụ công trực tuyến",
        subject_en="Online public services",
        body=[("paragraph", "<p>Phạm vi điều chỉnh</p>")],
    )
    only = OfficialDocumentFactory(number="13/2023/NĐ-CP", subject="Bảo vệ dữ liệu cá nhân")
    OfficialDocumentFactory(subject="Dữ liệu chưa công bố", draft=True)
    rebuild()
    assert found(client, "du lieu") == [f"/van-ban/{only.slug}/"]
    assert found(client, "pham vi dieu chinh") == [f"/van-ban/{both.slug}/"]
    assert found(client, "42/2022/NĐ-CP") == [f"/van-ban/{both.slug}/"]
    assert found(client, "online services", "/en") == [f"/en/documents/{both.slug}/"]
    assert found(client, "du lieu", "/en") == [f"/van-ban/{only.slug}/"]
    assert client.get("/tim-kiem/?q=du lieu").status_code == 200


def test_verbs_keep_search_true(
    register: RegulationsIndexPage, editor: object, django_capture_on_commit_callbacks
) -> None:
    document = OfficialDocumentFactory()
    with django_capture_on_commit_callbacks(execute=True):
        save_document(document, editor)
    assert Document.objects.filter(kind="regulation").count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        delete_document(document, editor)
    assert not Document.objects.filter(kind="regulation").exists()


def test_without_a_register_nothing_is_told(client: Client) -> None:
    document = OfficialDocumentFactory()
    rebuild()
    assert not Document.objects.filter(kind="regulation").exists()
    assert client.get("/api/v1/regulations").json() == {"items": [], "count": 0}
    assert client.get(f"/api/v1/regulations/{document.slug}").status_code == 404


def test_open_data_gives_documents_with_their_status(
    register: RegulationsIndexPage, client: Client
) -> None:
    old = OfficialDocumentFactory(number="43/2011/NĐ-CP", issued_on=date(2011, 6, 13))
    new = OfficialDocumentFactory(number="42/2022/NĐ-CP", issued_on=date(2022, 6, 24))
    OfficialDocumentFactory(draft=True)
    RelationFactory(document=new, other=old)
    attached = file_of(new)
    items = client.get("/api/v1/regulations").json()["items"]
    assert [(one["number"], one["status"]) for one in items] == [
        ("42/2022/NĐ-CP", "in-force"),
        ("43/2011/NĐ-CP", "expired"),
    ]
    assert items[0]["page"].endswith("/van-ban/42-2022-nd-cp/")
    detail = client.get("/api/v1/regulations/42-2022-nd-cp").json()
    assert detail["files"][0]["url"].endswith(attached.url)
    assert detail["relations"] == [
        {"kind": "replaces", "inverse": False, "number": old.number, "slug": old.slug}
    ]
    [inverse] = client.get("/api/v1/regulations/43-2011-nd-cp").json()["relations"]
    assert (inverse["inverse"], inverse["number"]) == (True, new.number)


def test_open_data_is_filtered(register: RegulationsIndexPage, client: Client) -> None:
    law = KindFactory(slug="luat", label="Luật")
    assembly = IssuerFactory(slug="quoc-hoi", label="Quốc hội")
    OfficialDocumentFactory(
        kind=law, issuer=assembly, issued_on=date(2025, 6, 27), subject="Dữ liệu"
    )
    OfficialDocumentFactory(expires_on=date(2024, 6, 1))

    def count(query: str) -> int:
        return int(client.get(f"/api/v1/regulations?{query}").json()["count"])

    for query in ("kind=luat", "issuer=quoc-hoi", "year=2025", "status=in-force", "q=du lieu"):
        assert count(query) == 1, query
    assert count("kind=khong-co") == 0
    assert count("year=2000") == 0


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("year=abc", 422),
        ("year=99999999999999999999", 422),
        ("status=gone", 422),
        ("limit=abc", 422),
        ("q=%00", 400),
        (f"q={'ă' * 10_000}", 200),
        ("kind=%FF", 200),
    ],
)
def test_bad_questions_get_clear_answers(
    register: RegulationsIndexPage, client: Client, query: str, status: int
) -> None:
    assert client.get(f"/api/v1/regulations?{query}").status_code == status


@pytest.mark.parametrize("count", [1, 100])
def test_open_data_costs_the_same(
    register: RegulationsIndexPage, client: Client, count: int, django_assert_num_queries
) -> None:
    centre = OfficialDocumentFactory()
    for _number in range(count):
        RelationFactory(document=centre, other=OfficialDocumentFactory())
        file_of(centre)
    client.get("/api/v1/regulations?limit=100")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/api/v1/regulations?limit=100")
    with django_assert_num_queries(DETAIL_QUERIES):
        detail = client.get(f"/api/v1/regulations/{centre.slug}").json()
    assert len(detail["relations"]) == len(detail["files"]) == count

"""OpenSearch answers as the database does, and where it cannot, the database answers."""

import os
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import requests
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client

from portal.core import clock
from portal.search import finding, opensearch, postings
from portal.search.finding import count_by_kind, find, read_query, suggest
from portal.search.indexing import rebuild, write
from portal.search.models import Document
from portal.search.opensearch import asking
from portal.search.opensearch.address import Address, address_of
from portal.search.opensearch.bodies import bulk_lines, clause, index_name, search_body, text_of
from portal.search.opensearch.server import server_at
from portal.search.wanted import Every, Some, question_of
from tests.conftest import NO_SEARCH_SERVER
from tests.factories.pages import StandardPageFactory, home
from tests.factories.search import document
from tests.portal.search.small_opensearch import SmallOpenSearch
from tests.portal.search.test_expected_finds import FINDS, FINDS_IN_ENGLISH, first, write_portal
from tests.portal.search.test_indexing import SYLLABLES, many
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

REAL = os.environ.get("TEST_SEARCH_URL", "")
"""A server that tests may fill: each makes an index of its own and deletes it."""

Captured = Callable[..., Any]


@pytest.fixture
def small(settings: Any) -> Iterator[SmallOpenSearch]:
    server_at.cache_clear()
    with SmallOpenSearch() as server:
        settings.SEARCH_URL = server.url
        yield server


@pytest.fixture(
    params=[
        "small",
        pytest.param("real", marks=pytest.mark.skipif(not REAL, reason=NO_SEARCH_SERVER)),
    ]
)
def served(request: pytest.FixtureRequest, settings: Any) -> Iterator[str]:
    """Whatever server there is, empty."""
    if request.param == "small":
        yield request.getfixturevalue("small").url
        return
    settings.SEARCH_URL = f"{REAL.rstrip('/')}/tests-{uuid4().hex[:12]}"
    yield settings.SEARCH_URL
    named = server_at(settings.SEARCH_URL)
    named.ask("DELETE", f"/{index_name(named.index)}", or_nothing=True)


def answers(typed: str, language: str) -> tuple[Any, ...]:
    """All that a reader gets to see of a search."""
    query = read_query(typed)
    return (
        dict(count_by_kind(query, language)),
        [one.pk for one in find(query, language)],
        [one.pk for one in find(query, language, "article")],
        [one.pk for one in suggest(query, language)],
    )


def by_rows(settings: Any, asked: Callable[[], Any]) -> Any:
    url, settings.SEARCH_URL = settings.SEARCH_URL, ""
    try:
        return asked()
    finally:
        settings.SEARCH_URL = url


# The same answers ---------------------------------------------------------------------------------


def test_the_table_of_expected_finds_holds(served: str) -> None:
    write_portal()
    assert opensearch.mend() == Document.objects.count()
    assert opensearch.server() is not None
    told = [(typed, first(typed, "vi")) for typed, _wanted in FINDS]
    assert told == FINDS
    told = [(typed, first(typed, "en")) for typed, _wanted in FINDS_IN_ENGLISH]
    assert told == FINDS_IN_ENGLISH
    assert opensearch.server() is not None, "the database answered in its place"


@pytest.mark.parametrize("ranked", [3, 200])
def test_it_counts_and_lists_what_the_database_does(
    served: str,
    ranked: int,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    at: Callable[[str], Any],
) -> None:
    """Also what is over, hidden by a translation, of a higher rank; and the best of too many."""
    at("2026-11-23 17:00:00")
    for module, name in (
        (finding, "RANKED"),
        (finding, "SUGGESTED"),
        (asking, "READ"),
    ):
        monkeypatch.setattr(module, name, ranked)
    many(60)
    document("b:1:vi", "Khởi nghiệp", "mì", day=clock.now() - timedelta(days=40), kind="article")
    document("b:2:vi", "Đ" * 90, "ư" * 90)
    opensearch.mend()
    for language in ("vi", "en"):
        for typed in (*SYLLABLES, "k", "khoi ng", "dừ", "khoai mì", "startup", "sắn a", "Đ" * 90):
            told = answers(typed, language)
            assert opensearch.server() is not None
            assert told == by_rows(settings, lambda: answers(typed, language)), typed  # noqa: B023


def test_the_page_asks_once_and_the_tabs_are_right(
    client: Client, small: SmallOpenSearch, django_capture_on_commit_callbacks: Captured
) -> None:
    opensearch.mend()
    with django_capture_on_commit_callbacks(execute=True):
        document("a:1:vi", "Tin A", kind="article")
        document("a:2:vi", "Tin B", kind="article")
        document("a:3:vi", "Tin C", kind="competition")
    small.asked.clear()
    page = page_of(client.get("/tim-kiem/", {"q": "tin", "loai": "competition"}))
    tabs = [" ".join(tab.get_text().split()) for tab in page.select(".tabs a")]
    assert tabs == ["Tất cả 3", "Tin tức 2", "Cuộc thi 1"]
    assert [title.get_text().strip() for title in page.select(".row__title")] == ["Tin C"]
    assert small.asked == [("POST", "/tests/_search")]


# Writing ------------------------------------------------------------------------------------------


def test_publishing_and_unpublishing_show_at_once(
    client: Client, served: str, django_capture_on_commit_callbacks: Captured
) -> None:
    opensearch.mend()
    with django_capture_on_commit_callbacks(execute=True):
        page = StandardPageFactory(parent=home(), title="Mãng cầu")
    assert count_by_kind(read_query("mang cau"), "vi") == {"page": 1}
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert count_by_kind(read_query("mang cau"), "vi") == {}
    assert opensearch.mend() == 0


def test_a_translation_that_leaves_shows_the_other_language(
    served: str, django_capture_on_commit_callbacks: Captured
) -> None:
    opensearch.mend()
    with django_capture_on_commit_callbacks(execute=True):
        document("a:1:vi", "Startup Việt")
        document("a:1:en", "Startup English")
    assert count_by_kind(read_query("startup viet"), "en") == {}
    with django_capture_on_commit_callbacks(execute=True):
        write([Document.objects.get(language="vi", thing="a:1")], ["a:1"])
    assert count_by_kind(read_query("startup viet"), "en") == {"page": 1}
    assert opensearch.mend() == 0


def test_what_is_rolled_back_is_never_sent(
    small: SmallOpenSearch, django_capture_on_commit_callbacks: Captured
) -> None:
    with django_capture_on_commit_callbacks():
        document("a:1:vi", "Tin")
    assert small.asked == []


def test_a_rebuild_fills_mends_and_deletes(served: str) -> None:
    document("a:1:vi", "Tin một")
    document("a:2:vi", "Tin hai")
    opensearch.mend()
    named = server_at(served)
    gone, changed = Document.objects.order_by("pk").values_list("pk", flat=True)[:2]
    Document.objects.filter(pk=gone).delete()
    Document.objects.filter(pk=changed).update(folded_text=" khac ")
    assert opensearch.mend() == 2
    assert opensearch.mend() == 0
    told = named.search({"size": 5, "_source": ["pk"], "sort": [{"pk": "asc"}]})
    assert [hit["_source"]["pk"] for hit in told["hits"]["hits"]] == [changed]


def test_what_was_read_earlier_and_comes_later_changes_nothing(served: str) -> None:
    document("a:1:vi", "Tin")
    opensearch.mend()
    named, [row] = server_at(served), Document.objects.values_list("pk", flat=True)
    line = bulk_lines([], [row], version=1)
    told = named.ask("POST", f"/{named.index}/_bulk?refresh=true&require_alias=true", line)
    assert [one["delete"]["status"] for one in told["items"]] == [409]
    assert count_by_kind(read_query("tin"), "vi") == {"page": 1}


def test_an_index_of_another_form_is_replaced_once_the_new_one_is_full(
    served: str, settings: Any
) -> None:
    document("a:1:vi", "Tin")
    opensearch.mend()
    named, old = server_at(served), index_name(address_of(served).index)
    settings.LANGUAGES = [*settings.LANGUAGES, ("km", "Khmer")]
    new = index_name(named.index)
    assert new != old
    assert opensearch.mend() == 1
    assert set(named.ask("GET", f"/_alias/{named.index}")) == {new}
    assert named.ask("GET", f"/{old}", or_nothing=True) == {}
    assert count_by_kind(read_query("tin"), "vi") == {"page": 1}


def test_the_command_says_what_it_did(small: SmallOpenSearch, capsys: Any) -> None:
    call_command("rebuild_search")
    assert capsys.readouterr().out.splitlines() == [
        "2 documents",
        "OpenSearch answers, with the same documents",
    ]
    small.status = 503
    call_command("rebuild_search")
    assert "the database answers" in capsys.readouterr().out


# The server is away -------------------------------------------------------------------------------


@pytest.fixture
def closed(settings: Any) -> None:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server_at.cache_clear()
        settings.SEARCH_URL = f"http://127.0.0.1:{taken.getsockname()[1]}/"


@pytest.mark.usefixtures("closed")
def test_readers_get_the_answer_of_the_database(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    document("a:1:vi", "Tin một")
    page = page_of(client.get("/tim-kiem/", {"q": "tin"}))
    assert [title.get_text().strip() for title in page.select(".row__title")] == ["Tin một"]
    assert [one.title for one in suggest(read_query("tin"), "vi")] == ["Tin một"]
    assert [record.levelname for record in caplog.records] == ["WARNING"], "once, not each time"
    assert "127.0.0.1" in caplog.text


@pytest.mark.usefixtures("closed")
def test_publishing_goes_on(
    client: Client, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Captured
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        StandardPageFactory(parent=home(), title="Mãng cầu")
    assert client.get("/mang-cau/").status_code == 200
    assert [one.title for one in find(read_query("mang cau"), "vi")] == ["Mãng cầu"]
    assert "until the next rebuild" in caplog.text
    assert rebuild() == Document.objects.count()


def test_while_a_change_is_missing_there_the_database_answers(
    small: SmallOpenSearch, settings: Any, django_capture_on_commit_callbacks: Captured
) -> None:
    opensearch.mend()
    small.status = 503
    with django_capture_on_commit_callbacks(execute=True):
        document("a:1:vi", "Tin một")
    server_at.cache_clear()  # as another process, which knows nothing of the failure
    small.status = 0
    small.asked.clear()
    assert count_by_kind(read_query("tin"), "vi") == {"page": 1}
    assert small.asked == []
    assert opensearch.mend() == 1
    small.asked.clear()
    assert count_by_kind(read_query("tin"), "vi") == {"page": 1}
    assert small.asked == [("POST", "/tests/_search")]


def test_an_index_that_was_never_filled_is_not_asked_twice(small: SmallOpenSearch) -> None:
    document("a:1:vi", "Tin một")
    for _time in range(2):
        assert count_by_kind(read_query("tin"), "vi") == {"page": 1}
    assert small.asked == [("POST", "/tests/_search")]
    assert small.indexes == {}


def test_something_else_that_listens_there(small: SmallOpenSearch) -> None:
    document("a:1:vi", "Tin một")
    small.status = 200
    assert count_by_kind(read_query("tin"), "vi") == {"page": 1}
    assert opensearch.mend() == 0
    assert opensearch.server() is None


def test_away_between_two_questions_of_a_page(
    small: SmallOpenSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "READ", 1)
    document("a:1:vi", "Tin một", kind="article")
    document("a:2:vi", "Tin hai")
    opensearch.mend()
    query = read_query("tin")
    assert count_by_kind(query, "vi") == {"article": 1, "page": 1}
    small.status = 500
    assert [one.title for one in find(query, "vi", "article")] == ["Tin một"]


def test_readyz_tells_of_it_and_is_ready_without(client: Client, small: SmallOpenSearch) -> None:
    opensearch.mend()
    assert client.get("/readyz").json()["opensearch"] is True
    small.status = 503
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["opensearch"]) == ("ready", False)


# The setting --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("http://127.0.0.1", Address("http://127.0.0.1:9200", "portal", None)),
        ("http://[::1]:9201/", Address("http://[::1]:9201", "portal", None)),
        (
            "https://reader:p%40ss%2F1@search.example:443/tay-ninh",
            Address("https://search.example:443", "tay-ninh", ("reader", "p@ss/1")),
        ),
    ],
)
def test_an_address_is_read(url: str, wanted: Address) -> None:
    assert address_of(url) == wanted
    assert "p@ss" not in repr(address_of(url))


@pytest.mark.parametrize(
    "url",
    [
        "search.example:9200",
        "ftp://secret@search.example/",
        "https:///portal",
        "https://user:secret@search.example:port/",
        "https://search.example/Portal",
        "https://search.example/a/b",
        "https://search.example/_all",
        "https://user:secret@search.example/portal?pretty",
    ],
)
def test_a_malformed_address_stops_the_portal_at_its_start(url: str, settings: Any) -> None:
    settings.SEARCH_URL = url
    [error] = [one for one in run_checks() if one.id == "portal.E006"]
    assert "SEARCH_URL" in error.msg
    assert "secret" not in f"{error.msg} {error.hint}"
    with pytest.raises(ImproperlyConfigured, match="SEARCH_URL"):
        address_of(url)


def test_account_and_password_are_sent(small: SmallOpenSearch, settings: Any) -> None:
    settings.SEARCH_URL = small.url.replace("//", "//reader:s%3Acret@")
    opensearch.mend()
    signed = requests.Request("GET", small.url, auth=("reader", "s:cret")).prepare()
    assert small.authorization == signed.headers["Authorization"]


# What is said -------------------------------------------------------------------------------------


def test_ranges_are_said_without_zero_bytes(at: Callable[[str], Any]) -> None:
    moment = at("2026-11-23 17:00:00")
    assert clause(postings.exactly(b"a", "mia")) == {"term": {"keys": "amia"}}
    assert clause(postings.beginning(b"b", "mia")) == {
        "range": {"keys": {"gte": "bmia", "lt": "bmib"}}
    }
    assert clause(postings.before(b"u", moment)) == {
        "range": {"keys": {"gte": "u", "lte": "u20261123100000000000"}}
    }
    assert clause(postings.after(b"h", "vi", moment)) == {
        "range": {"keys": {"gt": "hvi 20261123100000000000", "lt": "hvi!"}}
    }


def test_joined_and_crossed_sets() -> None:
    a, b = postings.exactly(b"a", "x"), postings.exactly(b"a", "y")
    told_a, told_b = {"term": {"keys": "ax"}}, {"term": {"keys": "ay"}}
    assert clause(Every((a, b))) == {"bool": {"filter": [told_a, told_b]}}
    assert clause(Some((a, b))) == {"bool": {"should": [told_a, told_b], "minimum_should_match": 1}}
    assert clause(Every((Some((a,)),))) == told_a
    assert clause(Every(())) == clause(Some(())) == {"match_none": {}}


def test_keys_keep_their_order_and_are_no_broken_letters() -> None:
    keys = [postings.key_of(b"c", word) for word in ("mía", "mì", "m" + "ư" * 60, "z")]
    assert any(len(key) == 80 for key in keys)
    encoded = [text_of(key).encode() for key in sorted(keys)]
    assert encoded == sorted(encoded)
    assert [text_of(key).encode("latin-1") for key in sorted(keys)] == sorted(keys)


def test_a_document_stands_there_with_the_keys_of_the_rows(small: SmallOpenSearch) -> None:
    document("a:1:vi", "Mía Tây Ninh", "đường", visible_until=clock.now())
    document("a:1:en", "Sugar cane")
    opensearch.mend()
    [index] = small.indexes.values()
    for pk, source in index.documents.items():
        rows = postings.Posting.objects.values_list("key", "places")
        held = {bytes(key) for key, told in rows if int(pk) in postings.places(bytes(told))}
        assert {key.encode("latin-1") for key in source["keys"]} == held


def test_scores_put_what_is_meant_before_what_is_better() -> None:
    plain = search_body(question_of(read_query("cay dua"), "vi"), 200)
    [better] = plain["query"]["bool"]["should"]
    assert [one["constant_score"]["boost"] for one in better["dis_max"]["queries"]] == [3, 2, 1]
    accented = search_body(question_of(read_query("cây dừa"), "vi"), 200, "article")
    _better, meant = accented["query"]["bool"]["should"]
    assert meant["constant_score"]["boost"] == 4
    assert accented["query"]["bool"]["filter"][1] == {"term": {"kind": "article"}}
    assert accented["sort"] == [{"_score": "desc"}, {"order.vi": "desc"}, {"pk": "desc"}]
    assert accented["track_total_hits"] is True

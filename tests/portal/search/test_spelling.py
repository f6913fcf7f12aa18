"""What somebody may have meant: near words that find something."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from portal.search.finding import read_query
from portal.search.indexing import rebuild
from portal.search.models import Document, Word
from portal.search.spelling import TRIES, did_you_mean, distance, without_telex
from portal.search.vocabulary import Vocabulary
from tests.factories.pages import ArticleFactory, NewsIndexFactory, home
from tests.factories.search import document
from tests.reading import page_of

Counted = Callable[..., Any]
near_words = st.text(alphabet="abn", max_size=7)


def learn() -> None:
    """Collect the words of the documents that stand in the table."""
    vocabulary = Vocabulary()
    for one in Document.objects.all():
        vocabulary.read(f"{one.title} {one.summary} {one.body}")
    vocabulary.write()


def plainly(one: str, other: str) -> int:
    """The same distance by its definition."""

    @cache
    def far(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        same = one[i - 1] == other[j - 1]
        ways = [far(i - 1, j) + 1, far(i, j - 1) + 1, far(i - 1, j - 1) + (not same)]
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            ways.append(far(i - 2, j - 2) + 1)
        return min(ways)

    return far(len(one), len(other))


@given(near_words, near_words, st.integers(0, 4))
def test_the_distance_is_what_it_says_up_to_its_limit(one: str, other: str, most: int) -> None:
    assert distance(one, other, most) == min(plainly(one, other), most + 1)
    assert distance(one, other, most) == distance(other, one, most)
    assert (distance(one, other, most) == 0) == (one == other)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        *[("ddooir", "doi"), ("mowis", "moi"), ("sangs", "sang"), ("taoj", "tao")],
        *[("khowri", "khoi"), ("nghieejp", "nghiep"), ("nghieepj", "nghiep"), ("nhaan", "nhan")],
        *[("ddaauf", "dau"), ("xanh", "xanh"), ("san", "san"), ("rst", "rst"), ("", "")],
    ],
)
def test_telex_keys_are_taken_away(typed: str, plain: str) -> None:
    assert without_telex(typed) == plain


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mảng caau", "mãng cầu"),
        ("mang cuu", "mãng cầu"),
        ("khoi nghep", "khởi nghiệp"),
        ("khởi ngihệp", "khởi nghiệp"),
        ("ddooir mowis", "đổi mới"),
        ("inovation", "innovation"),
        ("khoi mgheip tay nihn", "khởi nghiệp tây ninh"),
        ("mãng cần", "mãng cầu"),  # each word is known, but not together
        ("zzzzzz", ""),
        ("x", ""),
        ("%%%", ""),
        ("", ""),
    ],
)
def test_what_was_meant(typed: str, meant: str) -> None:
    document("a:1:vi", "Khởi nghiệp Tây Ninh")
    document("a:2:vi", "Vườn Mãng Cầu", "Đổi mới và innovation")
    document("a:3:vi", "Cần chuyển đổi số")
    learn()
    assert did_you_mean(read_query(typed), "vi") == meant


@pytest.mark.django_db
def test_the_shown_word_is_the_usual_one() -> None:
    document("a:1:vi", "Mỗi", "một mỗi mọi mỗi ngày 2026 và a covid19 " + "x" * 31)
    learn()
    assert dict(Word.objects.values_list("folded", "shown")) == {
        "moi": "mỗi",
        "mot": "một",
        "ngay": "ngày",
        "va": "và",
    }
    assert Word.objects.get(folded="moi").count == 4
    document("a:1:en", "Other")
    Document.objects.filter(key="a:1:vi").delete()
    learn()
    assert list(Word.objects.values_list("folded", flat=True)) == ["other"]


@pytest.mark.django_db
def test_looking_costs_a_bounded_number_of_questions(
    django_assert_max_num_queries: Counted,
) -> None:
    for number in range(50):
        document(f"a:{number}:vi", f"Tin{'abcdefghij'[number % 10]} {'bcdfg'[number % 5]}anhs")
    learn()
    query = read_query("tinz banhz tinq canhz tinw fanhz ganhz danhz")
    with django_assert_max_num_queries(2 + 2 * TRIES):
        did_you_mean(query, "vi")


@pytest.mark.usefixtures("site")
def test_the_page_offers_it_as_a_link(client: Client) -> None:
    index = NewsIndexFactory(parent=home())
    ArticleFactory(parent=index, title="Mãng cầu <b>&</b> khoai mì")
    rebuild()
    page = page_of(client.get("/tim-kiem/", {"q": "mang caaau"}))
    [link] = page.select(".search-meant a")
    assert link.get_text() == "mãng cầu"
    assert [
        one.get_text()
        for one in page_of(client.get(f"/tim-kiem/{link['href']}")).select(".row__title mark")
    ] == ["Mãng", "cầu"]
    assert not page_of(client.get("/tim-kiem/", {"q": "mang cau"})).select(".search-meant")

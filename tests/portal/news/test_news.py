"""The list of news, its topics, pages and feed; and one article."""

import base64
import json
import unicodedata
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import get_default_timezone

from portal.news.models import ArticlePage, NewsIndexPage, NewsTag
from tests.factories.accounts import UserFactory
from tests.factories.pages import (
    ArticleFactory,
    DocumentFactory,
    ImageFactory,
    NewsIndexFactory,
    TopicFactory,
    english,
    home,
)
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

FEED, ARCHIVE, MONTH = 13, 17, 18
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def index(site: object) -> NewsIndexPage:
    return NewsIndexFactory(parent=home())


def soup(client: Client, url: str) -> BeautifulSoup:
    return page_of(client.get(url))


def titles(page: BeautifulSoup) -> list[str]:
    return [link.get_text(strip=True) for link in page.select("#main .row__title a")]


def test_newest_first_twelve_a_page(index: NewsIndexPage, client: Client) -> None:
    for _number in range(14):
        ArticleFactory(parent=index)
    ArticleFactory(parent=index, title="Nháp", draft=True)
    newest = list(ArticlePage.objects.live().order_by("-day").values_list("title", flat=True))
    page = soup(client, "/tin-tuc/")
    assert titles(page) == newest[:12]
    assert "Bài 1–12 trong tổng số 14" in page.select_one(".list-head").get_text()
    assert page.select_one("link[rel=canonical]")["href"] == "http://localhost/tin-tuc/"
    second = soup(client, "/tin-tuc/?page=2&nguon=thu")
    assert titles(second) == newest[12:]
    assert second.select_one("link[rel=canonical]")["href"] == "http://localhost/tin-tuc/?page=2"


@pytest.mark.parametrize("page", ["0", "-1", "99", "abc", "", "1.5"])
def test_an_odd_page_number_still_shows_a_page(
    index: NewsIndexPage, client: Client, page: str
) -> None:
    ArticleFactory(parent=index)
    assert titles(soup(client, f"/tin-tuc/?page={page}"))


def test_topics_are_tabs_that_live_in_the_address(index: NewsIndexPage, client: Client) -> None:
    contest = TopicFactory(label="Cuộc thi", label_en="Competition", order=1)
    policy = TopicFactory(label="Chính sách", order=2)
    TopicFactory(label="Chưa có bài")
    ArticleFactory(parent=index, title="Phát động", topic=contest)
    ArticleFactory(parent=index, title="Nghị định", topic=policy)
    page = soup(client, "/tin-tuc/?chu-de=chinh-sach")
    assert titles(page) == ["Nghị định"]
    tabs = page.select(".tabs a")
    assert [(tab.get_text(strip=True), tab["href"]) for tab in tabs] == [
        ("Tất cả", "/tin-tuc/"),
        ("Cuộc thi", "/tin-tuc/?chu-de=cuoc-thi"),
        ("Chính sách", "/tin-tuc/?chu-de=chinh-sach"),
    ]
    assert [tab.get("aria-current") for tab in tabs] == [None, None, "page"]
    assert len(titles(soup(client, "/tin-tuc/?chu-de=khong-co"))) == 2


def test_an_empty_list_says_so(index: NewsIndexPage, client: Client) -> None:
    assert "Chưa có bài viết" in soup(client, "/tin-tuc/").select_one(".empty").get_text()


def test_the_list_asks_the_same_of_the_database_however_long(
    index: NewsIndexPage, client: Client
) -> None:
    topic, cover = TopicFactory(), ImageFactory()
    counts = []
    for more in (1, 2, 97):
        for _number in range(more):
            ArticleFactory(parent=index, topic=topic, cover=cover, cover_alt="Sân khấu")
        client.get("/tin-tuc/")  # renditions that publishing in a test did not make
        with CaptureQueriesContext(connection) as captured:
            client.get("/tin-tuc/")
        counts.append(len(captured))
    assert counts == [21, 21, 21]


def test_the_feed_is_valid_atom(index: NewsIndexPage, client: Client) -> None:
    topic = TopicFactory(label="Cuộc thi")
    day = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    ArticleFactory(parent=index, title="Tin <A> & B", day=day, topic=topic, author_unit="")
    response = client.get("/tin-tuc/feed/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    for required in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{required}") is not None, required
    assert feed.find(f"{ATOM}id").text == "http://localhost/tin-tuc/feed/"
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Tin <A> & B"
    assert entry.find(f"{ATOM}published").text == "2026-11-20T08:00:00+07:00"
    assert entry.find(f"{ATOM}link").get("href").startswith("http://localhost/tin-tuc/")
    for moment in feed.iter(f"{ATOM}updated"):
        assert datetime.fromisoformat(moment.text).tzinfo is not None


def test_an_empty_feed_is_valid_too(index: NewsIndexPage, client: Client) -> None:
    feed = ET.fromstring(client.get("/tin-tuc/feed/").content)
    assert datetime.fromisoformat(feed.find(f"{ATOM}updated").text)


def test_a_topic_has_a_feed_of_its_own(index: NewsIndexPage, client: Client) -> None:
    topic = TopicFactory(label="Cuộc thi")
    ArticleFactory(parent=index, title="Phát động", topic=topic)
    ArticleFactory(parent=index, title="Tin khác", topic=TopicFactory(label="Khác"))
    page = soup(client, "/tin-tuc/?chu-de=cuoc-thi")
    [named] = page.select('link[type="application/atom+xml"]')
    assert (named["href"], named["title"]) == (
        "/tin-tuc/feed/?chu-de=cuoc-thi",
        "Tin tức: Cuộc thi",
    )
    assert page.select_one(f'.list-head a[href="{named["href"]}"]')
    feed = ET.fromstring(client.get(named["href"]).content)
    assert feed.find(f"{ATOM}title").text == "Tin tức: Cuộc thi"
    address = "http://localhost/tin-tuc/feed/?chu-de=cuoc-thi"
    assert feed.find(f"{ATOM}id").text == address
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": address, "alternate": "http://localhost/tin-tuc/?chu-de=cuoc-thi"}
    assert [one.text for one in feed.iterfind(f"{ATOM}entry/{ATOM}title")] == ["Phát động"]
    everything = ET.fromstring(client.get("/tin-tuc/feed/?chu-de=khong-co").content)
    assert len(everything.findall(f"{ATOM}entry")) == 2


@pytest.mark.parametrize("topic", ["", "?chu-de=cuoc-thi"])
def test_the_feed_costs_the_same(index: NewsIndexPage, client: Client, topic: str) -> None:
    about, counts = TopicFactory(label="Cuộc thi"), []
    for more in (1, 19):
        for _number in range(more):
            ArticleFactory(parent=index, topic=about)
        client.get("/tin-tuc/feed/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/tin-tuc/feed/{topic}")
        counts.append(len(captured))
    assert counts == [FEED, FEED]


# The archive ----------------------------------------------------------------------------------


def day(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=get_default_timezone())


def test_the_archive_counts_by_the_calendar_of_the_province(
    index: NewsIndexPage, client: Client
) -> None:
    ArticleFactory(parent=index, title="Đêm cuối tháng", day=day(2026, 10, 31, 23, 59))
    ArticleFactory(parent=index, title="Đầu tháng", day=day(2026, 11, 1, 0, 0))
    ArticleFactory(parent=index, title="Cuối tháng", day=day(2026, 11, 30, 23, 59))
    ArticleFactory(parent=index, title="Năm trước", day=day(2025, 12, 31, 23, 59))
    ArticleFactory(parent=index, title="Nháp", day=day(2026, 9, 1), draft=True)
    assert soup(client, "/tin-tuc/").select_one('.list-head a[href="/tin-tuc/luu-tru/"]')
    page = soup(client, "/tin-tuc/luu-tru/")
    assert [head.get_text() for head in page.select("#main section h2")] == ["2026", "2025"]
    links = [link["href"] for link in page.select("#main section a")]
    assert links == [
        "/tin-tuc/luu-tru/2026/11/",
        "/tin-tuc/luu-tru/2026/10/",
        "/tin-tuc/luu-tru/2025/12/",
    ]
    first = page.select_one("#main section a").get_text(" ", strip=True)
    assert first.startswith("Tháng 11/2026 (2 ")
    month = soup(client, links[0])
    assert month.select_one("h1").get_text() == "Tháng 11/2026"
    assert titles(month) == ["Cuối tháng", "Đầu tháng"]
    way = [step.get_text(strip=True) for step in month.select(".breadcrumbs li")]
    assert way == ["Trang chủ", "Tin tức", "Lưu trữ theo tháng", "Tháng 11/2026"]
    canonical = month.select_one("link[rel=canonical]")["href"]
    assert canonical == "http://localhost/tin-tuc/luu-tru/2026/11/"
    assert titles(soup(client, links[2])) == ["Năm trước"]


@pytest.mark.parametrize(
    "month", ["2026/13", "2026/0", "2026/9", "1/1", "9999/12", "99999999999/1", "2026/x"]
)
def test_a_month_without_articles_does_not_exist(
    index: NewsIndexPage, client: Client, month: str
) -> None:
    ArticleFactory(parent=index, day=day(2026, 11, 2))
    assert client.get(f"/tin-tuc/luu-tru/{month}/").status_code == 404


def test_an_empty_archive_says_so(index: NewsIndexPage, client: Client) -> None:
    assert soup(client, "/tin-tuc/luu-tru/").select_one(".empty")


def test_months_read_in_english_too(index: NewsIndexPage, client: Client) -> None:
    english(ArticleFactory(parent=index, title="Tin", day=day(2026, 11, 2)), title="Launch")
    address = NewsIndexPage.objects.get(locale__language_code="en").url
    assert soup(client, f"{address}luu-tru/2026/11/").select_one("h1").get_text() == "November 2026"


def test_the_archive_costs_the_same(index: NewsIndexPage, client: Client) -> None:
    counts = []
    for months in (range(1, 2), range(2, 13)):
        for month in months:
            ArticleFactory(parent=index, day=day(2025, month, 5))
            ArticleFactory(parent=index, day=day(2026, 1, month))
        for address in ("/tin-tuc/luu-tru/", "/tin-tuc/luu-tru/2026/1/"):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts.append(len(captured))
    assert counts == [ARCHIVE, MONTH, ARCHIVE, MONTH]


def test_sharing_is_links_and_calls_nobody(index: NewsIndexPage, client: Client) -> None:
    article = ArticleFactory(parent=index, title='Tin "A" & B', slug="tin-a-b")
    share = soup(client, article.url).select_one(".share")
    zalo, facebook, mail = share.select("a")
    for link in (zalo, facebook):
        assert link["rel"] == ["noopener", "noreferrer"]
    wrapped = parse_qs(urlsplit(zalo["href"]).query)["d"][0]
    assert json.loads(base64.b64decode(wrapped)) == {"url": article.full_url}
    assert parse_qs(urlsplit(facebook["href"]).query)["u"] == [article.full_url]
    assert unquote(mail["href"]) == f'mailto:?subject=Tin "A" & B&body={article.full_url}'
    assert "subject=Tin%20%22A%22%20%26%20B&" in mail["href"]
    assert share.select_one(".share__address span").get_text() == article.full_url
    assert not share.select("script, img, iframe")


def test_the_list_names_its_feed(index: NewsIndexPage, client: Client) -> None:
    [link] = soup(client, "/tin-tuc/").select('link[type="application/atom+xml"]')
    assert link["href"] == "/tin-tuc/feed/"


def test_an_article_shows_all_its_parts(index: NewsIndexPage, client: Client) -> None:
    topic = TopicFactory(label="Cuộc thi")
    ArticleFactory(
        parent=index,
        title="Phát động",
        topic=topic,
        cover=True,
        cover_caption="Ảnh: Ban Tổ chức",
        day=datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
    )
    page = soup(client, "/tin-tuc/phat-dong/")
    article = page.select_one("article")
    assert article.select_one("h1").get_text() == "Phát động"
    assert article.select_one(".lead").get_text() == "Một câu tóm tắt."
    assert article.select_one(".article__cover img")["alt"] == "Đội thi trên sân khấu"
    assert article.select_one("figcaption").get_text() == "Ảnh: Ban Tổ chức"
    assert article.select_one("time").get_text() == "Thứ Sáu, 20/11/2026"
    assert article.select_one(".page-head a")["href"] == "/tin-tuc/?chu-de=cuoc-thi"
    assert "Phòng Quản lý công nghệ" in article.select_one(".article__author").get_text()
    assert article.select_one("[data-print]").has_attr("hidden")  # a script shows it
    assert page.select_one('meta[property="og:type"]')["content"] == "article"


def test_related_are_at_most_three_of_the_same_topic_first(
    index: NewsIndexPage, client: Client
) -> None:
    topic = TopicFactory()
    article = ArticleFactory(parent=index, title="Bài chính", topic=topic)
    same = ArticleFactory(parent=index, title="Cùng chủ đề", topic=topic)
    others = [ArticleFactory(parent=index) for _number in range(3)]
    found = titles(soup(client, article.url))
    assert found == [same.title, others[2].title, others[1].title]


def test_a_copy_is_one_file_with_its_source(index: NewsIndexPage, client: Client) -> None:
    ArticleFactory(parent=index, title="Phát động", cover=True)
    response = client.get("/tin-tuc/phat-dong/luu/")
    assert response["Content-Disposition"] == 'attachment; filename="phat-dong.html"'
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("base")["href"] == "http://localhost/tin-tuc/phat-dong/"
    assert page.select_one("h1").get_text() == "Phát động"
    assert page.select("hr + p a")[0]["href"] == "http://localhost/tin-tuc/phat-dong/"
    assert not page.select("script")


def test_english_readers_get_english_news_and_topics(index: NewsIndexPage, client: Client) -> None:
    topic = TopicFactory(label="Cuộc thi", label_en="Competition")
    article = ArticleFactory(parent=index, title="Phát động", topic=topic)
    ArticleFactory(parent=index, title="Chỉ tiếng Việt")
    english(index, title="News")
    english(article, title="Launch")
    page = soup(client, "/en/news/")
    assert titles(page) == ["Launch"]
    assert page.select(".tabs a")[1].get_text() == "Competition"
    assert soup(client, "/en/").select_one(".card--lead h3").get_text(strip=True) == "Launch"


def test_editors_keep_topics_and_cannot_delete_one_in_use(
    index: NewsIndexPage, client: Client
) -> None:
    topic = TopicFactory(label="Cuộc thi")
    ArticleFactory(parent=index, topic=topic)
    client.force_login(UserFactory(editor=True))
    listing = client.get("/admin/snippets/news/topic/")
    assert "Cuộc thi" in listing.content.decode()
    client.post(
        "/admin/snippets/news/topic/add/",
        {"label": "Đào tạo", "label_en": "", "slug": "dao-tao", "order": "3"},
    )
    assert client.get("/admin/snippets/news/topic/", {"q": "Đào"}).status_code == 200
    with pytest.raises(ProtectedError):
        topic.delete()


def test_attachments_stand_under_the_article_in_their_order(
    index: NewsIndexPage, client: Client
) -> None:
    plan = DocumentFactory(title="Kế hoạch", file__filename="ke-hoach.docx")
    form = DocumentFactory(title="Biểu mẫu")
    article = ArticleFactory(parent=index, attached=[form, plan])
    for address in (article.url, f"{article.url}luu/"):
        page = soup(client, address)
        links = page.find_all("a", href=lambda href: href and href.startswith("/documents/"))
        assert [link["href"] for link in links] == [form.url, plan.url]
        assert "DOCX, 12\xa0B" in page.get_text()
    plan.delete()
    assert "Kế hoạch" not in soup(client, article.url).get_text()


def test_tags_lead_to_the_articles_that_carry_them(index: NewsIndexPage, client: Client) -> None:
    contest = TopicFactory(label="Cuộc thi")
    article = ArticleFactory(parent=index, title="Hòa giải", tags=["Hòa bình", "AI"])
    ArticleFactory(parent=index, title="Cùng thẻ", tags=["Hòa bình"], topic=contest)
    ArticleFactory(parent=index, title="Khác", topic=contest)
    links = soup(client, article.url).select(".article__tags a")
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("AI", "/tin-tuc/?the=ai"),
        ("Hòa bình", "/tin-tuc/?the=hoa-binh"),
    ]
    page = soup(client, "/tin-tuc/?the=hoa-binh")
    assert titles(page) == ["Cùng thẻ", "Hòa giải"]
    assert page.select_one("link[rel=canonical]")["href"] == (
        "http://localhost/tin-tuc/?the=hoa-binh"
    )
    assert titles(soup(client, "/tin-tuc/?the=hoa-binh&chu-de=cuoc-thi")) == ["Cùng thẻ"]


@pytest.mark.parametrize("asked", ["khong-co", "Hòa bình", "'; --", "x" * 300])
def test_a_tag_that_is_not_there_has_a_friendly_answer(
    index: NewsIndexPage, client: Client, asked: str
) -> None:
    ArticleFactory(parent=index, tags=["Hòa bình"])
    empty = page_of(client.get("/tin-tuc/", {"the": asked})).select_one(".empty")
    assert "Không có bài viết nào mang thẻ này" in empty.get_text()
    assert empty.select_one("a")["href"] == "/tin-tuc/"


def test_a_tag_is_kept_once_however_it_is_written(index: NewsIndexPage) -> None:
    ArticleFactory(parent=index, tags=["Hòa bình"])
    form = ArticlePage.get_edit_handler().get_form_class()
    field = form.base_fields["tags"]
    typed = f"hoà  bình, HÒA BÌNH, Hóa học, {unicodedata.normalize('NFD', 'Chế biến')}, ,!"
    assert set(field.clean(typed)) == {"!", "Hóa học", "Chế biến", "Hòa bình"}
    clashing = [NewsTag.objects.create(name=name) for name in ("Hoa", "Hóa", "!")]
    assert [tag.slug for tag in clashing] == ["hoa", "hoa-1", "the"]

"""Importing an article from Word: the verb, its page, the buttons that lead there."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, PageLogEntry

from portal.core.auditing import history
from portal.core.secrecy import FIELD
from portal.core.verdicts import Refused
from portal.news import importing
from portal.news.models import ArticlePage, NewsIndexPage
from tests.factories import word
from tests.factories.accounts import UserFactory
from tests.factories.core import pdf, picture, upload
from tests.factories.pages import NewsIndexFactory, StandardPageFactory, english, home
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def index(site: object) -> NewsIndexPage:
    return NewsIndexFactory(parent=home())


@pytest.fixture
def editor() -> Any:
    return UserFactory(editor=True)


def report(document: Any) -> None:
    """A report as an office sends it: lists, a table, two pictures, one without words."""
    document.add_paragraph("Tổng kết đợt nhận hồ sơ", style="Title")
    document.add_paragraph().add_run("Ban Tổ chức đã nhận đủ hồ sơ.").bold = True
    document.add_heading("Kết quả", 1)
    line = document.add_paragraph("Xem ")
    word.link(line, "thể lệ", "https://demo.example/the-le")
    document.add_paragraph("Cá nhân", style="List Bullet")
    document.add_paragraph("Nhóm", style="List Bullet 2")
    document.add_paragraph("Bảng 1. Hồ sơ", style="Caption")
    table = document.add_table(2, 2)
    for at, text in enumerate(["Bảng", "Số hồ sơ", "Sinh viên", "12"]):
        table.cell(at // 2, at % 2).text = text
    document.add_picture(io.BytesIO(picture()))
    document.add_picture(io.BytesIO(picture("PNG")))
    word.describe(document, "Cán bộ nhận hồ sơ", "")


def file(name: str = "Tổng kết.docx", content: bytes = b"") -> Any:
    return upload(name, content or word.word(report))


def test_a_draft_with_a_revision_its_pictures_and_a_line_in_the_log(
    index: NewsIndexPage, editor: Any
) -> None:
    done = importing.import_article(index, file(), editor)
    article = ArticlePage.objects.child_of(index).get()
    assert article == done.article
    assert (article.live, article.has_unpublished_changes) == (False, True)
    assert (article.slug, article.owner) == ("tong-ket-dot-nhan-ho-so", editor)
    assert article.summary == "Ban Tổ chức đã nhận đủ hồ sơ."
    body = article.get_latest_revision_as_object().body
    kinds = ["heading", "paragraph", "table", "figure", "figure"]
    assert [block.block_type for block in body] == kinds
    images = list(get_image_model().objects.order_by("pk"))
    assert [block.value["image"] for block in body if block.block_type == "figure"] == images
    assert images[0].description == "Cán bộ nhận hồ sơ"
    assert images[0].file.name.startswith("original_images/tong-ket")
    assert images[0].collection == Collection.get_first_root_node()
    assert {image.uploaded_by_user for image in images} == {editor}
    actions = [line.action for line in history(article)]
    assert {"news.imported", "wagtail.create", "wagtail.edit"} >= set(actions)
    [line] = [line for line in history(article) if line.action == "news.imported"]
    assert (line.user, line.data["file"]) == (editor, "Tổng kết.docx")
    assert len(done.notes) == 1


def test_the_same_file_twice_makes_two_articles(index: NewsIndexPage, editor: Any) -> None:
    for _time in range(2):
        importing.import_article(index, file(), editor)
    slugs = set(ArticlePage.objects.values_list("slug", flat=True))
    assert slugs == {"tong-ket-dot-nhan-ho-so", "tong-ket-dot-nhan-ho-so-2"}


def test_a_picture_shown_twice_is_kept_once(index: NewsIndexPage, editor: Any) -> None:
    def add(document: Any) -> None:
        document.add_paragraph("Tin", style="Title")
        for _time in range(3):
            document.add_picture(io.BytesIO(picture()))

    importing.import_article(index, file(content=word.word(add)), editor)
    assert get_image_model().objects.count() == 1


def test_pictures_go_where_the_editor_may_put_them(index: NewsIndexPage, editor: Any) -> None:
    root = Collection.get_first_root_node()
    newsroom = root.add_child(name="Ảnh tin tức")
    group = editor.groups.get()
    GroupCollectionPermission.objects.filter(group=group, collection=root).update(
        collection=newsroom
    )
    importing.import_article(index, file(), editor)
    assert {image.collection for image in get_image_model().objects.all()} == {newsroom}
    GroupCollectionPermission.objects.filter(group=group).delete()
    with pytest.raises(Refused) as refused:
        importing.import_article(index, file(), UserFactory(editor=True))
    assert refused.value.code == "forbidden"
    assert ArticlePage.objects.count() == 1


@pytest.fixture
def a_full_disk() -> Iterator[None]:
    """The last row of an import cannot be written."""

    def refuse(instance: PageLogEntry, **kwargs: Any) -> None:
        if instance.action == "news.imported":
            raise OSError("no space left on device")

    pre_save.connect(refuse, sender=PageLogEntry)
    yield
    pre_save.disconnect(refuse, sender=PageLogEntry)


@pytest.mark.usefixtures("a_full_disk")
def test_what_breaks_leaves_neither_rows_nor_files(index: NewsIndexPage, editor: Any) -> None:
    def stored() -> set[str]:
        folder = "original_images"
        return set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()

    before = stored()
    with pytest.raises(OSError, match="no space"):
        importing.import_article(index, file(), editor)
    assert not ArticlePage.objects.exists()
    assert not get_image_model().objects.exists()
    assert stored() == before


@pytest.mark.parametrize("role", ["director", "front_desk", None])
def test_only_who_may_add_articles_may_import(index: NewsIndexPage, role: str | None) -> None:
    person = UserFactory(**{role: True} if role else {})
    with pytest.raises(Refused) as refused:
        importing.import_article(index, file(), person)
    assert refused.value.code == "forbidden"
    assert not ArticlePage.objects.exists()


def test_below_another_kind_of_page_there_is_no_article(editor: Any) -> None:
    with pytest.raises(Refused) as refused:
        importing.import_article(StandardPageFactory(parent=home()), file(), editor)
    assert refused.value.code == "wrong_place"


def test_an_english_index_gets_an_english_article(index: NewsIndexPage, editor: Any) -> None:
    done = importing.import_article(english(index, title="News"), file(), editor)
    assert done.article.locale.language_code == "en"


# Its page -------------------------------------------------------------------------------------


def address(index: NewsIndexPage) -> str:
    return reverse("news_admin:import_word", args=[index.pk])


def test_the_page_leads_to_the_editor_and_says_what_to_check(
    index: NewsIndexPage, editor: Any, signed_in: Any
) -> None:
    client: Client = signed_in(editor)
    form = page_of(client.get(address(index))).select_one("form[enctype='multipart/form-data']")
    assert form.select_one("input[type=file][name=file]")
    answer = client.post(address(index), {"file": file()})
    article = ArticlePage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[article.pk])
    page = page_of(client.get(answer["Location"]))
    said = page.select(".messages li")
    assert "Tổng kết đợt nhận hồ sơ" in said[0].get_text()
    assert page.select(".messages ul ul li, .messages li ul li")


@pytest.mark.parametrize(
    "content",
    [b"", b"xin chao", pdf(), b"PK\x03\x04" + b"\x00" * 99],
    ids=["0", "txt", "pdf", "zip"],
)
def test_a_file_that_cannot_be_read_is_refused_at_the_field(
    index: NewsIndexPage, editor: Any, signed_in: Any, content: bytes
) -> None:
    answer = signed_in(editor).post(address(index), {"file": upload("tin.docx", content)})
    page = page_of(answer)
    assert page.select_one("#id_file[aria-invalid], .w-field--error, .error-message")
    assert not ArticlePage.objects.exists()


def test_no_file_is_refused_at_the_field(index: NewsIndexPage, editor: Any, signed_in: Any) -> None:
    page = page_of(signed_in(editor).post(address(index), {"file": "khong phai tep"}))
    assert page.select_one(".w-field--error, .error-message")


def links(page: BeautifulSoup, target: str) -> list[Any]:
    return page.select(f'a[href="{target}"]')


def test_the_index_and_a_new_article_offer_it(
    index: NewsIndexPage, editor: Any, signed_in: Any
) -> None:
    client: Client = signed_in(editor)
    places = [
        reverse("wagtailadmin_explore", args=[index.pk]),
        reverse("wagtailadmin_explore", args=[index.get_parent().pk]),
        reverse("wagtailadmin_pages:add", args=["news", "articlepage", index.pk]),
    ]
    for place in places:
        answer = client.get(place)
        assert answer.status_code == 200
        assert links(BeautifulSoup(answer.content, "html.parser"), address(index)), place


def test_others_are_not_offered_it(index: NewsIndexPage, signed_in: Any) -> None:
    client: Client = signed_in(UserFactory(director=True))
    answer = client.get(reverse("wagtailadmin_explore", args=[index.pk]))
    assert not links(BeautifulSoup(answer.content, "html.parser"), address(index))
    other = StandardPageFactory(parent=home())
    client = signed_in(UserFactory(editor=True))
    explored = client.get(reverse("wagtailadmin_explore", args=[other.pk]))
    wrong = reverse("news_admin:import_word", args=[other.pk])
    assert not links(BeautifulSoup(explored.content, "html.parser"), wrong)
    assert client.get(wrong).status_code == 404


# Through Wagtail's editor ---------------------------------------------------------------------


def posted(article: ArticlePage, **changed: str) -> dict[str, str]:
    """The edit form as a browser would send it, built from Wagtail's own form."""
    draft = article.get_latest_revision_as_object()
    fields = {
        "title": draft.title,
        "slug": draft.slug,
        "summary": draft.summary,
        "day": draft.day.strftime("%d/%m/%Y %H:%M"),
        "body-count": str(len(draft.body)),
        "cover": "",
        "tags": "",
        "attachments-TOTAL_FORMS": "0",
        "attachments-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    for at, block in enumerate(draft.body):
        head = f"body-{at}"
        fields |= {
            f"{head}-type": block.block_type,
            f"{head}-id": block.id or "",
            f"{head}-order": str(at),
            f"{head}-deleted": "",
        }
        fields |= value_fields(block, f"{head}-value")
    return fields | changed


def value_fields(block: Any, head: str) -> dict[str, str]:
    if block.block_type == "paragraph":
        return {head: block.block.field.widget.format_value(block.value.source) or ""}
    if block.block_type == "table":
        return table_fields(block.value, head)
    fields = {}
    for name, value in block.value.items():
        if value is False:
            continue
        fields[f"{head}-{name}"] = str(getattr(value, "pk", value))
    return fields


def table_fields(table: Any, head: str) -> dict[str, str]:
    fields = {
        f"{head}-caption": table.caption,
        f"{head}-column-count": str(len(table.columns)),
        f"{head}-row-count": str(len(table.row_data)),
    }
    for at, column in enumerate(table.columns):
        own = f"{head}-column-{at}"
        fields |= {f"{own}-type": "text", f"{own}-order": str(at), f"{own}-deleted": ""}
        fields[f"{own}-heading"] = column["heading"]
    for at, row in enumerate(table.row_data):
        fields |= {f"{head}-row-{at}-order": str(at), f"{head}-row-{at}-deleted": ""}
        for column, cell in enumerate(row["values"]):
            fields[f"{head}-cell-{at}-{column}"] = cell
    return fields


def test_publishing_asks_for_missing_words_and_then_shows_the_article(
    index: NewsIndexPage, editor: Any, signed_in: Any
) -> None:
    client: Client = signed_in(editor)
    article = importing.import_article(index, file(), editor).article
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert client.get(edit).status_code == 200
    refused = client.post(edit, {**posted(article), "action-publish": "1"})
    assert refused.status_code == 200
    article.refresh_from_db()
    assert not article.live
    kept = client.post(edit, posted(article))
    assert kept.status_code == 302  # a draft may lack it

    described = {"body-4-value-alt": "Hồ sơ xếp trên bàn", "action-publish": "1", FIELD: "on"}
    assert client.post(edit, posted(article, **described)).status_code == 302
    article.refresh_from_db()
    assert article.live
    shown = page_of(client.get(article.url)).select_one("article")
    assert shown.select_one("h1").get_text() == "Tổng kết đợt nhận hồ sơ"
    assert shown.select_one("h2").get_text(strip=True) == "Kết quả"
    assert shown.select_one(".prose a")["href"] == "https://demo.example/the-le"
    nested = shown.select_one(".prose ul > li ul > li")
    assert nested.get_text(strip=True) == "Nhóm"
    assert shown.select_one("table caption").get_text() == "Bảng 1. Hồ sơ"
    cells = [cell.get_text() for cell in shown.select("table th, table td")]
    assert cells == ["Bảng", "Số hồ sơ", "Sinh viên", "12"]
    alts = [image["alt"] for image in shown.select("figure img")]
    assert alts == ["Cán bộ nhận hồ sơ", "Hồ sơ xếp trên bàn"]

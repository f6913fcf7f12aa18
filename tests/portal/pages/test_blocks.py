"""The blocks that editors build pages from."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from portal.core.blocks import BodyBlock, plain_text
from tests.factories.accounts import UserFactory
from tests.factories.pages import ImageFactory, StandardPageFactory, english, home

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

GALLERY_QUERIES = 18
BLOCKS = BodyBlock().child_blocks


def rendered(client: Client, *body: tuple) -> BeautifulSoup:
    StandardPageFactory(parent=home(), title="Thử", body=list(body))
    response = client.get("/thu/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select_one(".page-body")


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_has_icon_template_description_and_preview(name: str, client: Client) -> None:
    block = StandardPageFactory(parent=home()).body.stream_block.child_blocks[name]
    assert block.meta.icon != "placeholder"
    assert block.meta.template.startswith("core/blocks/")
    assert str(block.get_description())
    assert block.is_previewable
    client.force_login(UserFactory(editor=True))
    response = client.get("/admin/block-preview/", {"id": block.definition_prefix})
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("main .page-body").get_text(strip=True)
    assert page.select('link[href*="portal/css/pages"]')


def test_a_picture_needs_words_unless_it_decorates() -> None:
    block, image = BLOCKS["figure"], ImageFactory()
    bare = {"image": image, "alt": "", "decorative": False, "caption": ""}
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize(bare))
    assert "alt" in refused.value.block_errors
    block.clean(block.normalize({**bare, "decorative": True}))
    block.clean(block.normalize({**bare, "alt": "Sân khấu"}))
    assert block.clean_deferred(block.normalize(bare))["image"] == image


def test_a_picture_shows_its_words_and_caption(client: Client) -> None:
    value = {"image": ImageFactory(), "alt": "Sân khấu", "caption": "Ảnh: Ban Tổ chức"}
    body = rendered(client, ("figure", value))
    assert body.select_one("figure img")["alt"] == "Sân khấu"
    assert body.select_one("figcaption").get_text() == "Ảnh: Ban Tổ chức"


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("/cuoc-thi/", True),
        ("https://demo.example/", True),
        ("javascript:alert(1)", False),
        ("//demo.example/", False),
        ("/\\demo.example", False),
        ("", False),
    ],
)
def test_a_call_to_action_leads_somewhere_safe(url: str, fine: bool) -> None:
    block = BLOCKS["call_to_action"]
    value = block.normalize({"text": "Nộp đi", "label": "Dự thi", "page": None, "url": url})
    if fine:
        assert block.clean(value)["url"] == url
        return
    with pytest.raises(ValidationError):
        block.clean(value)


def test_a_call_to_action_follows_the_language(client: Client) -> None:
    target = StandardPageFactory(parent=home(), title="Thể lệ")
    english(target, title="Rules")
    value = {"text": "Đọc", "label": "Mở", "page": target, "url": ""}
    page = StandardPageFactory(parent=home(), title="Gốc", body=[("call_to_action", value)])
    english(page, title="Source")
    for address, expected in (("/goc/", "/the-le/"), ("/en/source/", "/en/rules/")):
        body = BeautifulSoup(client.get(address).content, "html.parser")
        assert body.select_one(".call-to-action a")["href"] == expected


def test_an_accordion_opens_without_script(client: Client) -> None:
    body = rendered(
        client, ("accordion", {"items": [{"title": "Có phí không?", "body": "<p>Không.</p>"}]})
    )
    assert body.select_one("details > summary").get_text(strip=True) == "Có phí không?"
    assert "Không." in body.select_one("details .prose").get_text()


def test_documents_tell_their_kind_and_size(client: Client) -> None:
    document = get_document_model().objects.create(
        title="Thể lệ cuộc thi", file=ContentFile(b"x" * 2048, name="the-le.pdf")
    )
    body = rendered(client, ("documents", {"title": "Tài liệu", "documents": [document]}))
    text = body.select_one(".downloads").get_text(" ", strip=True)
    assert "Thể lệ cuộc thi" in text
    assert "PDF, 2\xa0KB" in text


def test_a_video_is_a_link_and_calls_nobody(client: Client) -> None:
    value = {"url": "https://video.demo.example/1", "title": "Lễ phát động", "poster": None}
    body = rendered(client, ("video", value))
    assert body.select_one("a")["rel"] == ["noopener", "noreferrer"]
    assert not body.select("iframe, script, embed, object")


def test_plain_text_holds_words_and_no_addresses() -> None:
    page = StandardPageFactory(
        parent=home(),
        body=[
            ("heading", {"text": "Thể lệ", "level": "h3"}),
            ("paragraph", "<p>Nộp <b>hồ sơ</b> &amp; chờ</p>"),
            ("call_to_action", {"text": "Đi", "label": "Nút", "url": "/bi-mat/", "page": None}),
        ],
    )
    assert plain_text(page.body) == "Thể lệ Nộp hồ sơ & chờ Đi Nút"


PRIZES = ("Giải thưởng", ["Giải", "Số lượng"], [["Nhất", "1"], ["Nhì\nđồng hạng", "2"]])


def test_a_table_has_a_caption_a_header_row_and_can_be_scrolled_by_keyboard(client: Client) -> None:
    body = rendered(client, ("table", BLOCKS["table"].from_rows(*PRIZES)))
    box = body.select_one(".table-box")
    assert (box["tabindex"], box["aria-label"]) == ("0", "Giải thưởng")
    assert box.select_one("caption").get_text() == "Giải thưởng"
    assert [cell["scope"] for cell in box.select("thead th")] == ["col", "col"]
    assert box.select("tbody td")[2].get_text("|", strip=True) == "Nhì|đồng hạng"
    assert not box.select("script, style, [style]")


def test_a_table_needs_a_caption_and_headings_when_it_is_published() -> None:
    block = BLOCKS["table"]
    bare = block.from_rows("", ["", ""], [["Nhất", "1"]])
    with pytest.raises(ValidationError) as refused:
        block.clean(bare)
    assert len(refused.value.non_block_errors) == 2
    assert block.clean_deferred(bare).row_data == bare.row_data
    assert block.clean(block.from_rows(*PRIZES)).caption == "Giải thưởng"


def test_a_table_is_found_by_its_words_and_can_be_translated() -> None:
    page = StandardPageFactory(
        parent=home(), title="Gốc", body=[("table", BLOCKS["table"].from_rows(*PRIZES))]
    )
    assert plain_text(page.body).startswith("Giải thưởng Giải Số lượng Nhất 1")
    segments = page.body.stream_block.child_blocks["table"].get_translatable_segments(
        page.body[0].value
    )
    source, _made = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="en")
    )
    for string in String.objects.filter(data__in=[one.string.data for one in segments]):
        for segment in source.stringsegment_set.filter(string=string):
            StringTranslation.objects.create(
                translation_of=string,
                locale=translation.target_locale,
                context=segment.context,
                data={"Giải thưởng": "Prizes", "Nhất": "First"}.get(string.data, string.data),
            )
    translation.save_target()
    table = translation.get_target_instance().body[0].value
    assert table.caption == "Prizes"
    assert table.row_data[0]["values"] == ["First", "1"]


def gallery(count: int, **changed: str) -> dict:
    items = [{"image": ImageFactory(), "alt": f"Đội thi {n}", **changed} for n in range(count)]
    return {"items": items, "caption": "Hình ảnh lễ khai mạc"}


def test_a_gallery_shows_each_picture_with_its_words(client: Client) -> None:
    body = rendered(client, ("gallery", gallery(3)))
    shown = body.select(".gallery li img")
    assert [image["alt"] for image in shown] == ["Đội thi 0", "Đội thi 1", "Đội thi 2"]
    assert {image["loading"] for image in shown} == {"lazy"}
    assert body.select_one("figure.gallery > figcaption").get_text() == "Hình ảnh lễ khai mạc"
    assert not body.select("script, [style]")


@pytest.mark.parametrize(
    ("count", "alt", "fine"),
    [(1, "x", False), (2, "x", True), (12, "x", True), (13, "x", False), (2, "", False)],
)
def test_a_gallery_has_two_to_twelve_described_pictures(count: int, alt: str, fine: bool) -> None:
    block = BLOCKS["gallery"]
    value = block.normalize(gallery(count, alt=alt))
    if fine:
        assert len(block.clean(value)["items"]) == count
        return
    with pytest.raises(ValidationError):
        block.clean(value)


def test_a_gallery_costs_the_same_however_many_pictures(client: Client) -> None:
    counts = []
    for number in (2, 12):
        page = StandardPageFactory(parent=home(), body=[("gallery", gallery(number))])
        client.get(page.url)
        with CaptureQueriesContext(connection) as captured:
            client.get(page.url)
        counts.append(len(captured))
    assert counts == [GALLERY_QUERIES, GALLERY_QUERIES]

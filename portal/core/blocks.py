"""Blocks that editors build pages from. Each has an icon, a template, a preview, a description."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from portal.core.addresses import an_address
from portal.core.pictures import pictures_for, specs
from portal.core.table_block import TableBlock

INLINE = ["bold", "italic", "link", "superscript", "subscript"]
PROSE = [*INLINE, "ol", "ul", "document-link", "blockquote"]


class HeadingBlock(blocks.StructBlock):
    """A heading inside a page. Level one is the page's title."""

    text = blocks.CharBlock(label=_("Text"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("h2", _("Heading")), ("h3", _("Subheading"))],
        default="h2",
        search_index=False,
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("A heading or subheading.")
        template = "core/blocks/heading.html"
        preview_value = {"text": "Điều kiện dự thi", "level": "h2"}


class FigureBlock(blocks.StructBlock):
    """A picture with words for people who cannot see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Description for screen readers"),
        max_length=250,
        required=False,
        help_text=_("What the picture shows, in one sentence. Needed unless it only decorates."),
    )
    decorative = blocks.BooleanBlock(
        label=_("The picture only decorates and says nothing"), required=False, default=False
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with a description and a caption.")
        template = "core/blocks/figure.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not (cleaned["alt"] or cleaned["decorative"] or self.is_deferred_validation):
            raise StructBlockValidationError(
                {"alt": ValidationError(_("Say what the picture shows, or that it decorates."))}
            )
        return cleaned

    def get_preview_value(self) -> Any:
        """The newest picture of the library; a drawn one stands in where there is none yet."""
        return self.normalize(
            {
                "image": get_image_model().objects.order_by("-pk").first(),
                "alt": "Ảnh minh họa",
                "caption": "Đội thi giới thiệu sản phẩm trước Ban Giám khảo",
            }
        )


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Who said it"), max_length=160, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("A quotation with its source.")
        template = "core/blocks/quote.html"
        preview_value = {"text": "Ý tưởng hay cần một nơi để bắt đầu.", "source": "Ban Tổ chức"}


class CallToActionBlock(blocks.StructBlock):
    """One thing the reader can do next."""

    text = blocks.CharBlock(label=_("Sentence"), max_length=200)
    label = blocks.CharBlock(label=_("Text of the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.CharBlock(
        label=_("or an address"),
        required=False,
        max_length=250,
        search_index=False,
        help_text=_("Begins with / on this portal, with https:// elsewhere."),
    )

    class Meta:
        icon = "pick"
        label = _("Call to action")
        description = _("A sentence and a button that leads to a page.")
        template = "core/blocks/call_to_action.html"
        preview_value = {
            "text": "Hồ sơ được nhận trực tuyến, miễn phí.",
            "label": "Dự thi",
            "url": "/cuoc-thi/",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        url = cleaned["url"]
        if url:
            try:
                an_address(url)
            except ValidationError as error:
                raise StructBlockValidationError({"url": error}) from error
        if not (cleaned["page"] or url or self.is_deferred_validation):
            raise StructBlockValidationError(
                {"page": ValidationError(_("Choose a page or write an address."))}
            )
        return cleaned


class FigureNumberBlock(blocks.StructBlock):
    """One number and what it counts."""

    value = blocks.CharBlock(label=_("Number"), max_length=30)
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)

    class Meta:
        icon = "order"
        label = _("Number")


class NumbersBlock(blocks.StructBlock):
    """A few numbers side by side."""

    items = blocks.ListBlock(FigureNumberBlock(), label=_("Numbers"), min_num=1, max_num=6)

    class Meta:
        icon = "order"
        label = _("Numbers")
        description = _("Up to six numbers with what they count.")
        template = "core/blocks/numbers.html"
        preview_value = {
            "items": [
                {"value": "96", "label": "xã, phường"},
                {"value": "24", "label": "hồ sơ dự thi"},
            ]
        }


class AccordionItemBlock(blocks.StructBlock):
    """A title that opens to show its text."""

    title = blocks.CharBlock(label=_("Question or title"), max_length=200)
    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "list-ul"
        label = _("Item")


class AccordionBlock(blocks.StructBlock):
    """Questions and answers that open one by one."""

    items = blocks.ListBlock(AccordionItemBlock(), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        description = _("Titles that open to show their text.")
        template = "core/blocks/accordion.html"
        preview_value = {
            "items": [
                {
                    "title": "Dự thi có mất phí không?",
                    "body": "<p>Không. Cuộc thi nhận hồ sơ miễn phí.</p>",
                },
                {
                    "title": "Cá nhân có được dự thi không?",
                    "body": "<p>Có. Cá nhân, nhóm và tổ chức đều được dự thi.</p>",
                },
            ]
        }


class DocumentsBlock(blocks.StructBlock):
    """Files to download."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        description = _("A list of files to download.")
        template = "core/blocks/documents.html"

    def get_preview_value(self) -> Any:
        """The two newest documents of the library, as they would be listed."""
        newest = list(get_document_model().objects.order_by("-pk")[:2])
        return self.normalize({"title": "Tài liệu kèm theo", "documents": newest})


class GalleryItemBlock(blocks.StructBlock):
    """One picture of a gallery."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Description for screen readers"),
        max_length=250,
        help_text=_("What the picture shows, in one sentence."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryBlock(blocks.StructBlock):
    """Pictures side by side, as many in a row as the screen has room for."""

    items = blocks.ListBlock(GalleryItemBlock(), label=_("Pictures"), min_num=2, max_num=12)
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Gallery")
        description = _("Two to twelve pictures side by side.")
        template = "core/blocks/gallery.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The pictures with their renditions, read at once however many there are."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        shown = [item for item in value["items"] if item["image"]]
        wanted = {item["image"].pk for item in shown}
        found = get_image_model().objects.prefetch_renditions(*specs("gallery")).in_bulk(wanted)
        context["pictures"] = [
            {"image": found[item["image"].pk], "alt": item["alt"]} for item in shown
        ]
        return context

    def get_preview_value(self) -> Any:
        """The newest pictures of the library; without any only the caption is shown."""
        newest = get_image_model().objects.order_by("-pk")[:3]
        items = [{"image": image, "alt": "Ảnh minh họa"} for image in newest]
        return self.normalize({"items": items, "caption": "Hình ảnh tại lễ phát động"})


class VideoBlock(blocks.StructBlock):
    """A video elsewhere, as a link with a picture: the page itself calls nobody."""

    url = blocks.URLBlock(label=_("Address of the video"))
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    poster = ImageChooserBlock(label=_("Picture"), required=False)

    class Meta:
        icon = "media"
        label = _("Video or other embed")
        description = _("A video elsewhere, opened by the reader; the page itself calls nobody.")
        template = "core/blocks/video.html"
        preview_value = {"url": "https://video.demo.example/1", "title": "Lễ phát động cuộc thi"}


class BodyBlock(blocks.StreamBlock):
    """The body of a page or article."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        features=PROSE,
        icon="pilcrow",
        label=_("Text"),
        description=_("Paragraphs, lists and links."),
        template="core/blocks/paragraph.html",
        preview_value="<p>Cuộc thi nhận hồ sơ trực tuyến, miễn phí.</p>",
    )
    figure = FigureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    call_to_action = CallToActionBlock()
    numbers = NumbersBlock()
    accordion = AccordionBlock()
    documents = DocumentsBlock()
    table = TableBlock()
    video = VideoBlock()


def plain_text(body: Any) -> str:
    """The words of a stream of blocks, for search and feeds. Choices and addresses are no words."""
    return " ".join(
        text for child in body for text in child.block.get_searchable_content(child.value) if text
    )


def contents(body: Any) -> list[str]:
    """The titles of a stream's headings, for a list of contents."""
    return [
        child.value["text"]
        for child in body
        if child.block_type == "heading" and child.value["level"] == "h2"
    ]


def block_pictures(body: Any) -> list[tuple[Any, str]]:
    """The images of a stream with the renditions that the blocks' templates ask for."""
    wanted = {"figure": ("image", "figure"), "video": ("poster", "poster")}
    found: list[tuple[Any, str]] = []
    for child in body:
        if child.block_type == "gallery":
            for item in child.value["items"]:
                found += pictures_for(item["image"], "gallery")
        name, use = wanted.get(child.block_type, ("", ""))
        if name:
            found += pictures_for(child.value[name], use)
    return found

"""What the editor checks of a page while it is written: headings, links, pictures, contrast.

Wagtail runs axe over the preview. Only the main part is judged: an editor cannot mend the frame.
"""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

_NAMES_OF_FILES = (
    r"\.(avif|gif|heic|jpe?g|png|svg|tiff?|webp)$|_"
    r"|^(img|dsc[fn]?|pxl|image|photo|screenshot|zalo|anh|ảnh|hinh|hình)[\s-]*[\d\s-]*$"
)
"""Alternative texts that a camera wrote, or nobody."""


class PortalChecker(ContentCheckerItem):
    """Wagtail's checks, with those that an editor of the portal needs besides."""

    axe_include: ClassVar[list[str]] = ["main"]
    axe_run_only: ClassVar[list[str]] = [
        *ContentCheckerItem.axe_run_only,
        "color-contrast",
        "image-alt",
        "image-redundant-alt",
    ]
    axe_custom_checks: ClassVar[list[dict[str, Any]]] = [
        {"id": "check-image-alt-text", "options": {"pattern": _NAMES_OF_FILES}},
        {"id": "check-empty-meta-description"},
    ]
    axe_messages: ClassVar[dict[str, dict[str, Any]]] = {
        **ContentCheckerItem.axe_messages,
        "alt-text-quality": {
            "error_name": _("The alternative text looks like the name of a file"),
            "help_text": _("Say in a few words what is to be seen"),
        },
        "color-contrast": {
            "error_name": _("The text is hard to tell from its background"),
            "help_text": _("Use the colours of the portal, or a calmer picture behind the text"),
        },
        "image-alt": {
            "error_name": _("A picture has no alternative text"),
            "help_text": _("Say what is to be seen, or mark the picture as decoration"),
        },
        "image-redundant-alt": {
            "error_name": _("The alternative text repeats the words beside it"),
            "help_text": _("Say what the picture shows, or mark it as decoration"),
        },
    }

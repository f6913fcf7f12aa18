"""Vietnamese in the back office's slug field: "Đổi mới sáng tạo" becomes `doi-moi-sang-tao`.

Wagtail's slug field makes slugs in the browser and knows no Vietnamese ("đ" becomes "dj"). It
takes formatters, which it applies first; ours take the accents away. `text.slugify` does the same
on the server.
"""

import re

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput

_BASE_LETTERS = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ",
    "d": "đ",
    "e": "èéẻẽẹêềếểễệ",
    "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự",
    "y": "ỳýỷỹỵ",
}
FORMATTERS = [
    # Marks of decomposed text, as macOS types it.
    (re.compile("[\u0300-\u036f]"), ""),
    *(
        (re.compile(f"[{accented}{accented.upper()}]"), base)
        for base, accented in _BASE_LETTERS.items()
    ),
]


class VietnameseSlugInput(SlugInput):
    """Wagtail's slug field with our formatters."""

    def __init__(self, attrs: dict | None = None, locale: object | None = None) -> None:
        super().__init__(attrs, formatters=FORMATTERS, locale=locale)


def install() -> None:
    """Use our field for every slug of the back office."""
    register_form_field_override(models.SlugField, override={"widget": VietnameseSlugInput})

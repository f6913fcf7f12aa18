"""Wagtail's choosers: for values that no browser sends, and in words that can be translated."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.widgets import AdminPageChooser

from portal.core.text import key_from


class KeyOnly:
    """A chooser that takes a key or nothing.

    Wagtail's own look a refused value up before they know that it is a number, and answer 500.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        sent = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        return sent if sent and key_from(sent) is not None else None


class PageWidget(KeyOnly, AdminPageChooser):
    pass


def install() -> None:
    """Label a field of the dialogues for links that Wagtail leaves to its English name."""
    for form in (
        choosers.AnchorLinkChooserForm,
        choosers.EmailLinkChooserForm,
        choosers.ExternalLinkChooserForm,
        choosers.PhoneLinkChooserForm,
    ):
        form.base_fields["link_text"].label = _("Words of the link")

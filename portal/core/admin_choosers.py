"""Wagtail's choosers: for values that no browser sends, and in words that can be translated."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.widgets import BaseChooser

from portal.core.text import key_from

_as_sent = BaseChooser.value_from_datadict


def _key_or_nothing(self: BaseChooser, data: Any, files: Any, name: str) -> Any:
    """What was chosen, when it is a key.

    Wagtail looks a refused value up before it knows that it is a number, and answers 500.
    """
    sent = _as_sent(self, data, files, name)
    return sent if sent and key_from(str(sent)) is not None else None


def install() -> None:
    """Let every chooser take a key or nothing, and label a field of the dialogues for links that
    Wagtail leaves to its English name.
    """
    BaseChooser.value_from_datadict = _key_or_nothing
    for form in (
        choosers.AnchorLinkChooserForm,
        choosers.EmailLinkChooserForm,
        choosers.ExternalLinkChooserForm,
        choosers.PhoneLinkChooserForm,
    ):
        form.base_fields["link_text"].label = _("Words of the link")

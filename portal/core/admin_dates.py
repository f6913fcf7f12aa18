"""Dates in the back office's pickers: as people write them, and never corrected silently.

Wagtail's picker replaces what it cannot read, such as 31/02/2026, by today when one leaves the
field; then the wrong date is saved without a word. Left as typed it is refused beside the field.
"""

from typing import Any

from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


def install() -> None:
    """Tell both pickers to leave alone what was typed."""
    for widget in (AdminDateInput, AdminDateTimeInput):
        widget.get_config = _leaving_typed_text(widget.get_config)


def _leaving_typed_text(original: Any) -> Any:
    def get_config(self: Any) -> dict[str, Any]:
        return {**original(self), "validateOnBlur": False}

    return get_config

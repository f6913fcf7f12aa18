"""Wagtail's page chooser, for values that no browser sends."""

from typing import Any

from wagtail.admin.widgets import AdminPageChooser


class CarefulPageChooser(AdminPageChooser):
    """Draws a refused form again even when the chosen page was no number.

    Wagtail looks the value up before it knows that it is one, and answers 500.
    """

    def get_instance(self, value: Any) -> Any:
        try:
            return super().get_instance(value)
        except (ValueError, TypeError, OverflowError):
            return None

"""The tick in the page editor."""

from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel

from portal.core import secrecy


class SecrecyPanel(FieldPanel):
    """At the end of what is written, for those who may publish it, with who ticked last."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {
            "heading": secrecy.LABEL,
            "icon": "lock",  # the form's own icon of a tick looks like one that is set
            "disable_comments": True,
            **kwargs,
        }
        super().__init__(kwargs.pop("field_name", secrecy.FIELD), **kwargs)

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            check = secrecy.last_check(self.instance) if self.instance.pk else None
            self.help_text = str(secrecy.HELP)
            if check:
                self.help_text += " " + _("Last checked: %(person)s, %(time)s.") % {
                    "person": check.checked_by,
                    "time": f"{localtime(check.checked_at):%H:%M %d/%m/%Y}",
                }

        def is_shown(self) -> bool:
            # Where two drafts are compared there is no form.
            return bool(super().is_shown() and self.form and self.form.may_publish())

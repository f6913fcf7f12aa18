"""How staff write a question: its choices line by line, and what its kind asks for."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.text import clean_line, slugify
from portal.questions.models import AbstractQuestion

Kind = AbstractQuestion.Kind

_OPTION_VALUE = re.compile(r"[a-z0-9][a-z0-9\-]{0,49}", re.ASCII)
MAX_OPTIONS = 100
MAX_LABEL = 200


class OptionsField(forms.CharField):
    """The choices of a question, one a line: "value | label | label in English", or the label."""

    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(
            " | ".join(
                part
                for part in (option["value"], option["label"], option.get("label_en", ""))
                if part
            )
            for option in value
        )

    def to_python(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        if isinstance(value, list):
            return value
        lines = [clean_line(line) for line in str(value or "").splitlines()]
        options = [_option(line, place) for place, line in enumerate(lines, start=1) if line]
        if len(options) > MAX_OPTIONS:
            raise ValidationError(
                _("At most %(count)s choices.") % {"count": MAX_OPTIONS}, code="too_many"
            )
        values = [option["value"] for option in options]
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise ValidationError(
                _("These choices are there twice: %(values)s.") % {"values": ", ".join(twice)},
                code="twice",
            )
        return options

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != (initial or [])
        except ValidationError:
            return True


def _option(line: str, place: int) -> dict[str, str]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) == 1:
        parts = [slugify(parts[0])[:50].strip("-"), parts[0]]
    value, label, label_en = (*parts, "")[:3]
    if len(parts) > 3 or not label or max(len(label), len(label_en)) > MAX_LABEL:
        raise ValidationError(
            _("Line %(line)s: write “value | label | label in English” or only the label.")
            % {"line": place},
            code="malformed",
        )
    if not _OPTION_VALUE.fullmatch(value):
        raise ValidationError(
            _("Line %(line)s: the value has only small letters without accents, digits and “-”.")
            % {"line": place},
            code="malformed",
        )
    return {"value": value, "label": label, "label_en": label_en}


def check_kind(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """Put what does not go with the kind of a question at its field."""
    kind, options = cleaned.get("kind"), cleaned.get("options")
    with_choices = kind in {Kind.ONE_OF, Kind.SEVERAL_OF}
    if "options" in cleaned and with_choices and not options:
        form.add_error("options", _("Enter the choices, one a line."))
    if kind == Kind.ONE_OF and options and len(options) < 2:
        form.add_error("options", _("One of many needs at least two choices."))
    if kind and options and not with_choices:
        form.add_error("options", _("Only questions with choices have them. Empty this."))
    if cleaned.get("word_limit") and kind not in {Kind.SHORT_TEXT, Kind.LONG_TEXT}:
        form.add_error("word_limit", _("Only texts have a word limit. Empty this."))
    if kind == Kind.FILE and not 1 <= (cleaned.get("max_files") or 0) <= 20:
        form.add_error("max_files", _("From 1 to 20 files."))

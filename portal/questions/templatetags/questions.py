"""`{% load questions %}`: answers on pages."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal.questions.showing import shown_html

register = template.Library()


@register.simple_tag
def show_answer(item: Any) -> SafeString:
    """One frozen answer as safe HTML."""
    return shown_html(item)

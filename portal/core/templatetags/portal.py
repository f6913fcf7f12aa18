"""`{% load portal %}`: dates, money and sizes as readers expect them; icons; list addresses."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from phonenumber_field.phonenumber import PhoneNumber

from portal.core import clock, phones, pictures
from portal.core.structured_data import breadcrumbs, script_of
from portal.core.text import format_money, slugify

register = template.Library()

_WEEKDAYS_VI = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_NBSP = "\u00a0"


def _english() -> bool:
    return (translation.get_language() or "vi").startswith("en")


def _local(value: date) -> date:
    """A moment in the site's time zone; a plain day stays as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _zone(value: date) -> str:
    """(GMT+7): English readers may be elsewhere."""
    offset = value.utcoffset() if isinstance(value, datetime) else None
    if offset is None:
        return ""
    return f" (GMT{offset.total_seconds() / 3600:+g})"


def _moment(value: datetime | None, clock_format: str) -> str:
    if value is None:
        return ""
    local = _local(value)
    if _english():
        return format_date(local, f"j M Y, {clock_format}") + _zone(local)
    return format_date(local, f"{clock_format} d/m/Y")


@register.filter
def phone_number(value: PhoneNumber | None) -> str:
    """As people read it: 0912 345 678; of another country with its prefix."""
    return phones.shown(value) if value else ""


@register.filter
def day(value: date | None) -> str:
    """23/11/2026; in English 23 Nov 2026."""
    if value is None or value == "":
        return ""
    return format_date(_local(value), "j M Y" if _english() else "d/m/Y")


@register.filter
def weekday_day(value: date | None) -> str:
    """Thứ Sáu, 27/11/2026; in English Friday, 27 Nov 2026."""
    if value is None or value == "":
        return ""
    local = _local(value)
    name = format_date(local, "l") if _english() else _WEEKDAYS_VI[local.weekday()]
    return f"{name}, {day(local)}"


@register.filter
def moment(value: datetime | None) -> str:
    """14:00 23/11/2026; in English 23 Nov 2026, 14:00 (GMT+7)."""
    return _moment(value or None, "H:i")


@register.filter
def moments(starts: datetime, ends: datetime) -> str:
    """08:00 – 17:00 23/11/2026; of two days each in full; the zone once, as in `moment`."""
    first, last = _local(starts), _local(ends)
    if day(first) != day(last):
        return f"{moment(starts).removesuffix(_zone(first))} – {moment(ends)}"
    hours = f"{format_date(first, 'H:i')} – {format_date(last, 'H:i')}"
    return f"{day(first)}, {hours}{_zone(last)}" if _english() else f"{hours} {day(first)}"


@register.filter
def weekday_moment(value: datetime | None) -> str:
    """14:00 Thứ Hai, 23/11/2026; in English Monday, 23 Nov 2026, 14:00 (GMT+7)."""
    if not value:
        return ""
    local = _local(value)
    time = format_date(local, "H:i")
    if _english():
        return f"{weekday_day(value)}, {time}{_zone(local)}"
    return f"{time} {weekday_day(value)}"


@register.filter
def weekday_time(value: datetime | None) -> str:
    """17:00 Thứ Hai, beside a date that is drawn; in English Monday, 17:00 (GMT+7)."""
    if not value:
        return ""
    local = _local(value)
    time = format_date(local, "H:i")
    if _english():
        return f"{format_date(local, 'l')}, {time}{_zone(local)}"
    return f"{time} {_WEEKDAYS_VI[local.weekday()]}"


@register.filter
def month_year(value: date | None) -> str:
    """11/2026; in English Nov 2026."""
    if not value:
        return ""
    return format_date(_local(value), "M Y" if _english() else "m/Y")


@register.filter
def receipt_moment(value: datetime | None) -> str:
    """The same with seconds, for receipts only."""
    return _moment(value or None, "H:i:s")


@register.filter
def machine_time(value: date | None) -> str:
    """For `<time datetime>`, which takes no more than thousandths of a second: seconds here."""
    if value is None or value == "":
        return ""
    local = _local(value)
    return local.isoformat(timespec="seconds") if isinstance(local, datetime) else str(local)


@register.filter
def money(value: int | None) -> str:
    """1.200.000 ₫; in English VND 1,200,000."""
    if value is None or value == "":
        return ""
    if _english():
        return f"VND{_NBSP}{int(value):,}"
    return format_money(int(value))


@register.filter
def decimal_comma(value: Any) -> str:
    """7,5 for 7.50; in English 7.5. What is not a number is shown as it is."""
    if value is None or value == "":
        return ""
    try:
        plain = format(Decimal(str(value)), "f")
    except InvalidOperation:
        return str(value)
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    if plain == "-0":
        plain = "0"
    return plain if _english() else plain.replace(".", ",")


@register.filter
def file_size(value: int | None) -> str:
    """350 KB, 1,2 MB."""
    if value is None or value == "":
        return ""
    size = float(value)
    if size < 1024:
        return f"{int(size)}{_NBSP}B"
    if size < 1_048_576:
        return f"{round(size / 1024)}{_NBSP}KB"
    return f"{decimal_comma(round(size / 1_048_576, 1))}{_NBSP}MB"


@register.filter
def email_breaks(value: str) -> SafeString:
    """A mail address that breaks before its @ where the line is too short, not within a word."""
    name, host = value.split("@")
    return format_html("{}<wbr>@{}", name, host)


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString:
    """JSON-LD of this page: the way to it, what its type tells (`structured_data`), and, on a page
    that shows a record, what the view tells of it (`told_of_record`).
    """
    request = context.get("request")
    if request is None:
        return SafeString("")
    page: Any = context.get("page")
    told = page.structured_data(request) if hasattr(page, "structured_data") else []
    told = [*told, *(context.get("told_of_record") or [])]
    way = breadcrumbs(context.get("crumbs") or [], request)
    return script_of([*told, *([way] if way else [])])


@register.inclusion_tag("components/icon.html")
def icon(name: str, size: int = 20, css: str = "") -> dict[str, Any]:
    """One icon of the sprite; decoration beside a word, hidden from screen readers."""
    return {"name": name, "size": size, "class": css}


@register.simple_tag
def portal_picture(image: Any, use: str, alt: str = "", eager: bool = False) -> Any:
    """A picture as `components/picture.html` shows it; `use` is a place of `pictures.USES`."""
    return pictures.picture(image, use, alt=alt, eager=eager)


@register.simple_tag
def remaining(deadline: datetime | None) -> str:
    """Còn 12 ngày. Only ever beside the absolute time."""
    if deadline is None or deadline == "":
        return ""
    seconds = int((deadline - clock.now()).total_seconds())
    if seconds <= 0:
        return _("The deadline has passed")
    minutes = -(-seconds // 60)
    if minutes < 60:
        return ngettext("%(count)s minute left", "%(count)s minutes left", minutes) % {
            "count": minutes
        }
    hours = seconds // 3600
    if hours < 48:
        return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The address's GET parameters with some replaced; None or "" takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form field with its label, help and errors, as `templates/forms/field.html` draws it."""
    return bound.as_field_group()


@register.filter
def slugify_vi(value: str) -> str:
    """A fragment name for a heading: "Điều kiện dự thi" becomes "dieu-kien-du-thi"."""
    return slugify(str(value))

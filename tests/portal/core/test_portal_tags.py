"""Dates, money and sizes as readers of both languages expect them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import formats, translation
from phonenumber_field.phonenumber import to_python

from portal.core.forms import LineField, TextField
from portal.core.templatetags.portal import moments, phone_number

MOMENT = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)
NBSP = "\u00a0"


def shown(source, language="vi", **context):
    with translation.override(language):
        return Template("{% load portal %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("filtered", "value", "vietnamese", "english"),
    [
        ("day", MOMENT, "23/11/2026", "23 Nov 2026"),
        ("day", date(2026, 1, 2), "02/01/2026", "2 Jan 2026"),
        ("day", None, "", ""),
        ("moment", MOMENT, "14:00 23/11/2026", "23 Nov 2026, 14:00 (GMT+7)"),
        ("moment", None, "", ""),
        (
            "weekday_moment",
            MOMENT,
            "14:00 Thứ Hai, 23/11/2026",
            "Monday, 23 Nov 2026, 14:00 (GMT+7)",
        ),
        ("weekday_moment", None, "", ""),
        ("receipt_moment", MOMENT, "14:00:05 23/11/2026", "23 Nov 2026, 14:00:05 (GMT+7)"),
        ("weekday_day", date(2026, 11, 27), "Thứ Sáu, 27/11/2026", "Friday, 27 Nov 2026"),
        ("weekday_day", date(2026, 11, 29), "Chủ Nhật, 29/11/2026", "Sunday, 29 Nov 2026"),
        ("weekday_day", None, "", ""),
        ("money", 1_200_000, f"1.200.000{NBSP}₫", f"VND{NBSP}1,200,000"),
        ("money", None, "", ""),
        ("money", 0, f"0{NBSP}₫", f"VND{NBSP}0"),
        ("decimal_comma", Decimal("7.50"), "7,5", "7.5"),
        ("decimal_comma", Decimal("100"), "100", "100"),
        ("decimal_comma", Decimal("0.00"), "0", "0"),
        ("decimal_comma", Decimal("1E+2"), "100", "100"),
        ("decimal_comma", "n/a", "n/a", "n/a"),
        ("decimal_comma", None, "", ""),
        ("file_size", 900, f"900{NBSP}B", f"900{NBSP}B"),
        ("file_size", 358_400, f"350{NBSP}KB", f"350{NBSP}KB"),
        ("file_size", 1_258_291, f"1,2{NBSP}MB", f"1.2{NBSP}MB"),
        ("file_size", None, "", ""),
        ("email_breaks", "a@demo.example", "a<wbr>@demo.example", "a<wbr>@demo.example"),
        ("email_breaks", "&@demo.example", "&amp;<wbr>@demo.example", "&amp;<wbr>@demo.example"),
    ],
)
def test_filters(filtered, value, vietnamese, english):
    source = "{{ value|" + filtered + " }}"
    assert shown(source, value=value) == vietnamese
    assert shown(source, "en", value=value) == english


@pytest.mark.parametrize(
    ("last", "vietnamese", "english"),
    [
        (
            datetime(2026, 11, 23, 10, tzinfo=UTC),
            "14:00 – 17:00 23/11/2026",
            "23 Nov 2026, 14:00 – 17:00 (GMT+7)",
        ),
        (
            datetime(2026, 11, 23, 17, tzinfo=UTC),
            "14:00 23/11/2026 – 00:00 24/11/2026",
            "23 Nov 2026, 14:00 – 24 Nov 2026, 00:00 (GMT+7)",
        ),
    ],
)
def test_the_day_of_two_moments_is_told_once(last, vietnamese, english):
    for language, told in (("vi", vietnamese), ("en", english)):
        with translation.override(language):
            assert moments(MOMENT, last) == told


@pytest.mark.parametrize(
    ("now", "english"),
    [
        ("2026-11-23 14:00:00", "12 days left"),
        ("2026-12-04 14:00:00", "27 hours left"),
        ("2026-12-05 15:30:01", "1 hour left"),
        ("2026-12-05 16:58:30", "2 minutes left"),
        ("2026-12-05 17:00:00", "The deadline has passed"),
        ("2026-12-06 17:00:00", "The deadline has passed"),
    ],
)
def test_remaining_time_is_never_flattering(at, now, english):
    deadline = at("2026-12-05 17:00:00")
    at(now)
    assert shown("{% remaining deadline %}", "en", deadline=deadline) == english


def test_remaining_of_nothing_is_nothing():
    assert shown("{% remaining deadline %}", deadline=None) == ""


def test_query_with_keeps_the_other_filters():
    request = RequestFactory().get("/", {"q": "sắn", "page": "3", "track": "1"})
    address = shown("{% query_with page=2 track=None %}", request=request)
    assert address == "?q=s%E1%BA%AFn&amp;page=2"


def test_an_icon_is_hidden_from_screen_readers():
    drawn = shown('{% icon "calendar" %}')
    assert "#calendar" in drawn
    assert 'aria-hidden="true"' in drawn


def test_a_field_is_drawn_with_label_and_error():
    class Asked(forms.Form):
        name = LineField(label="Tên dự án")

    drawn = shown("{% field form.name %}", form=Asked({"name": ""}))
    assert "Tên dự án" in drawn
    assert "id_name" in drawn


def test_fields_clean_vietnamese_text():
    assert LineField().clean("Đô\u0309i\n  mới") == "Đổi mới"
    assert TextField().clean("một\r\nhai \u0007") == "một\nhai"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("typed", ["03/04/2026", "3/4/2026", "2026-04-03", "03-04-2026"])
def test_the_third_of_april_is_never_the_fourth_of_march(language, typed):
    with translation.override(language):
        assert forms.DateField().clean(typed) == date(2026, 4, 3)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "typed",
    ["14:00 23/11/2026", "23/11/2026 14:00", "23/11/2026, 14:00", "2026-11-23T14:00"],
)
def test_moments_are_read_in_the_time_of_the_province(language, typed):
    with translation.override(language):
        assert forms.DateTimeField().clean(typed) == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean("31/02/2026")


def test_numbers_and_weeks():
    with translation.override("vi"):
        assert formats.number_format(Decimal("1234567.5"), force_grouping=True) == "1.234.567,5"
        # Grouping is asked for: a key in a template stays a key.
        assert formats.number_format(1234567) == "1234567"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert forms.DecimalField(localize=True).clean("7,5") == Decimal("7.5")
        assert formats.date_format(date(2026, 11, 23)) == "23/11/2026"
    with translation.override("en"):
        assert formats.number_format(1234567, force_grouping=True) == "1,234,567"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert forms.DateField().clean("23 Nov 2026") == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "said"),
    [("+84912345678", "0912 345 678"), ("+855 12 345 678", "+855 12 345 678"), ("", "")],
)
def test_a_foreign_number_keeps_its_prefix(number: str, said: str) -> None:
    assert phone_number(to_python(number)) == said

"""Numbers of documents: written one way whoever typed them, and safe in an address."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.regulations.numbering import clean_number, has_digit, slug_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12/2025/TT-BKHCN", "12/2025/TT-BKHCN"),
        (" 12 / 2025 / TT – BKHCN ", "12/2025/TT-BKHCN"),
        (unicodedata.normalize("NFD", "42/2022/NĐ-CP"), "42/2022/NĐ-CP"),
        ("05/QĐ-TTg", "05/QĐ-TTg"),
        ("30a/2008/NQ\u2011CP\n", "30a/2008/NQ-CP"),
    ],
)
def test_numbers_are_written_one_way(typed: str, kept: str) -> None:
    assert clean_number(typed) == kept


@pytest.mark.parametrize(
    ("number", "slug"),
    [
        ("12/2025/TT-BKHCN", "12-2025-tt-bkhcn"),
        ("42/2022/NĐ-CP", "42-2022-nd-cp"),
        ("57-NQ/TW", "57-nq-tw"),
    ],
)
def test_addresses_come_from_numbers(number: str, slug: str) -> None:
    assert slug_of(number) == slug


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_number(text)
    assert clean_number(once) == once
    assert once == unicodedata.normalize("NFC", once)
    assert "\x00" not in once


@given(st.text(max_size=60))
def test_an_address_is_always_a_slug_and_never_the_feed(text: str) -> None:
    number = clean_number(text)
    slug = slug_of(number)
    assert re.fullmatch(r"[a-z0-9-]*", slug)
    if has_digit(number):
        assert slug
        assert slug != "feed"

"""Vietnamese text: folding, slugs, order, money."""

import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import text

WORDS = st.text(alphabet="aàảãáạăằâầbcdđeèêếghiìklmnoòôốơờpqrstuùưừvxyỳ ĐÂƠ", max_size=40)


@pytest.mark.parametrize("written", ["Đổi mới", "ĐỔI MỚI", "  đổi   mới "])
def test_fold_finds_every_spelling(written):
    assert text.fold(written) == "doi moi"
    assert text.fold(unicodedata.normalize("NFD", written)) == "doi moi"


def test_old_and_new_tone_places_meet():
    assert text.fold("hòa") == text.fold("hoà") == "hoa"


@given(st.text(max_size=200))
def test_fold_is_stable_and_ascii(raw):
    folded = text.fold(raw)
    assert folded.isascii()
    assert text.fold(folded) == folded
    assert folded == text.fold(unicodedata.normalize("NFD", raw))


@given(WORDS)
def test_slug_holds_only_what_an_address_may(raw):
    assert set(text.slugify(raw)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")


def test_slug_of_innovation():
    assert text.slugify("Đổi mới sáng tạo") == "doi-moi-sang-tao"


@given(st.text(max_size=200))
def test_a_clean_line_is_one_line_without_controls(raw):
    line = text.clean_line(raw)
    assert "\x00" not in line
    assert "\n" not in line
    assert line == line.strip()
    assert text.clean_line(line) == line


def test_clean_text_keeps_lines_and_drops_nul():
    assert text.clean_text("a\r\nb\rc\x00\x07\td") == "a\nb\nc\td"


def test_people_sort_by_given_name_in_vietnamese_order():
    names = ["Lê Đạt", "Trần Dân", "Phạm Hòa", "Lê Hoa", "Bùi Ân", "Bùi Ăn", "Vũ An", "Lý Dung"]
    expected = ["Vũ An", "Bùi Ăn", "Bùi Ân", "Trần Dân", "Lý Dung", "Lê Đạt", "Lê Hoa", "Phạm Hòa"]
    assert sorted(names, key=text.name_sort_key) == expected


def test_family_name_decides_between_equal_given_names():
    names = ["Trần Văn An", "Lê Văn An", "Đỗ Văn An", "Dương Văn An"]
    assert sorted(names, key=text.name_sort_key) == [
        "Dương Văn An",
        "Đỗ Văn An",
        "Lê Văn An",
        "Trần Văn An",
    ]


def test_tone_counts_wherever_it_is_written():
    assert text.vietnamese_order("Hòa") == text.vietnamese_order("Hoà")
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(reversed(tones), key=text.vietnamese_order) == tones


def test_a_shorter_word_comes_first():
    assert sorted(["anh", "an", "an 10", "an 2b"], key=text.vietnamese_order)[0] == "an"
    assert text.name_sort_key("") == ""


@given(st.text(max_size=80))
def test_sort_keys_mean_the_same_in_every_collation(raw):
    key = text.name_sort_key(raw)
    assert len(key) <= 300
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789")
    assert key == text.name_sort_key(unicodedata.normalize("NFD", raw))


def test_words_are_counted_as_readers_count():
    assert text.word_count("Đổi mới – sáng tạo, 2026 !") == 5


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.200.000", 1_200_000),
        ("1 200 000 đ", 1_200_000),
        ("1,2 tỷ", 1_200_000_000),
        ("1,2 tỉ đồng", 1_200_000_000),
        ("30 triệu", 30_000_000),
        ("500k", 500_000),
        ("0", 0),
        ("1.200.000 ₫", 1_200_000),
    ],
)
def test_money_is_read_as_people_type_it(typed, amount):
    assert text.parse_money(typed) == amount


@pytest.mark.parametrize("typed", ["", "abc", "1.2.3", "-5", "1,5", "9" * 30, "1.200.00", "tỷ"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match="amount"):
        text.parse_money(typed)


@given(st.integers(min_value=0, max_value=text.MAX_MONEY - 1))
def test_money_reads_back_what_it_writes(amount):
    assert text.parse_money(text.format_money(amount)) == amount


@given(st.text(max_size=60))
def test_money_never_breaks_on_any_text(raw):
    with contextlib.suppress(ValueError):
        assert 0 <= text.parse_money(raw) < text.MAX_MONEY


@pytest.mark.parametrize(("sent", "key"), [("7", 7), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_a_key_is_read_from_digits(sent, key):
    assert text.key_from(sent) == key


@given(st.text(max_size=25) | st.sampled_from(["²", "٣", "-1", "1e3", "", "9" * 19]))
def test_what_is_no_key_is_none_and_never_an_error(sent):
    key = text.key_from(sent)
    assert key is None or str(key) == sent.lstrip("0") or (key == 0 and set(sent) == {"0"})

"""Vietnamese from before Unicode."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.legacy_text import (
    _TCVN3_SIGNS,
    _VNI_SIGNS,
    TCVN3,
    VNI,
    detect,
    encoding_of_font,
    from_tcvn3,
    from_vni,
    is_syllable,
    to_unicode,
)

REPUBLIC = "Cộng hòa xã hội chủ nghĩa Việt Nam"
VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
ACCENTED = [letter for letter in VOWELS if not letter.isascii()]


def written(text: str, table: dict[str, str]) -> str:
    """Unicode turned into a legacy encoding."""
    back = {meant: sign for sign, meant in reversed(table.items())}
    return "".join(back.get(letter, letter) for letter in text)


def test_every_letter_has_a_sign() -> None:
    assert set(ACCENTED) <= set(_TCVN3_SIGNS.values())
    assert {*ACCENTED, *"".join(ACCENTED).upper()} == set(_VNI_SIGNS.values())
    assert len(ACCENTED) == 67


@pytest.mark.parametrize(
    ("read", "legacy", "meant"),
    [
        (from_tcvn3, "Céng hßa x· héi chñ nghÜa ViÖt Nam", REPUBLIC),
        (from_tcvn3, "®­îc, nh÷ng ng­êi, §æi míi, ¦u ®·i", "được, những người, Đổi mới, Ưu đãi"),
        (from_tcvn3, "CéNG HßA", "CỘNG HÒA"),
        (from_vni, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", REPUBLIC),
        (from_vni, "ÑOÄC LAÄP – TÖÏ DO, TÆNH TAÂY NINH", "ĐỘC LẬP – TỰ DO, TỈNH TÂY NINH"),
        (from_vni, "Thò xaõ, Myõ, Quyù, UÛy ban", "Thị xã, Mỹ, Quý, Ủy ban"),
    ],
)
def test_well_known_lines(read, legacy: str, meant: str) -> None:
    assert read(legacy) == meant


def test_a_font_of_capitals_draws_small_letters_as_capitals() -> None:
    assert to_unicode("ñy ban nh©n d©n", TCVN3, ".VnTimeH") == "ỦY BAN NHÂN DÂN"
    assert to_unicode("ñy ban nh©n d©n", TCVN3, ".VnTime") == "ủy ban nhân dân"


@given(st.text(st.sampled_from([*VOWELS, *"bcdghklmnpqrstvx ,.1"]), max_size=60))
def test_what_was_written_is_read_again(text: str) -> None:
    assert from_tcvn3(written(text, _TCVN3_SIGNS)) == text
    assert from_vni(written(text, _VNI_SIGNS)) == text
    loud = text.upper()
    assert from_vni(written(loud, _VNI_SIGNS)) == loud


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert detect(text) in {"", TCVN3, VNI}
    for encoding in ("", TCVN3, VNI):
        assert unicodedata.is_normalized("NFC", to_unicode(text, encoding))


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", TCVN3),
        (".VnArialH", TCVN3),
        ("VNI-Times", VNI),
        ("VNI-Helve-Condense", VNI),
        ("Times New Roman", ""),
        ("", ""),
    ],
)
def test_fonts_name_their_encoding(font: str, encoding: str) -> None:
    assert encoding_of_font(font) == encoding


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", TCVN3),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", VNI),
        (REPUBLIC, ""),
        (unicodedata.normalize("NFD", REPUBLIC), ""),
        ("Le café était très animé, déjà en été à Hà Nội", ""),
        ("Nhiệt độ 35 °C ± 2, giá 5 €, dài 3 µm", ""),
        ("Áp dụng lô, tô, bò, mì, cá, là, và, hà, tù", ""),
        ("São Paulo, Curaçao, Reykjavík, Århus, Öresund, Ærø", ""),
        ("Plain English", ""),
    ],
)
def test_syllables_betray_the_encoding(text: str, encoding: str) -> None:
    assert detect(text) == encoding


def test_syllables() -> None:
    for word in ["Nguyễn", "nghiêng", "khuỷu", "quyết", "giếng", "huỳnh", "oẳn", "ương", "đẵn"]:
        assert is_syllable(word), word
    for word in ["café", "Vieät", "hßa", "résumé"]:
        assert not is_syllable(word), word

"""Vietnamese text from before Unicode: TCVN3 ("ABC") and VNI, as Word hands it over.

Both are ways to draw Vietnamese with fonts that put its letters where Western letters are, so the
file holds "Céng hßa" or "Coäng hoøa" and only the right font makes it readable. The font's name
says which; where somebody has changed the font, the syllables do.
"""

import re
import unicodedata
from collections.abc import Callable

TCVN3 = "TCVN3"
VNI = "VNI"

# One sign a letter, at the code of a Western sign. Capitals with tones have no code of their own:
# fonts whose name ends in H draw the small letters as capitals.
_TCVN3_SIGNS = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
# A letter and a sign after it that carries circumflex, breve and tone.
_VNI_PAIRS = {
    "a": ("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "u": ("ùøûõï", "úùủũụ"),
    "ö": ("ùøûõï", "ứừửữự"),
    "y": ("ùøûõ", "ýỳỷỹ"),
}
_VNI_SINGLE = dict(zip("íìæóòôöîñ", "íìỉĩịơưỵđ", strict=True))


def _vni_table() -> dict[str, str]:
    """Every pair and single sign in small letters and capitals; the letter decides which."""
    table = dict(_VNI_SINGLE)
    for letter, (signs, meant) in _VNI_PAIRS.items():
        table |= {letter + sign: read for sign, read in zip(signs, meant, strict=True)}
    large = {sign.upper(): read.upper() for sign, read in table.items()}
    mixed = {sign[0].upper() + sign[1:]: read.upper() for sign, read in table.items()}
    return table | mixed | large


_VNI_SIGNS = _vni_table()
_VNI_PATTERN = re.compile("|".join(sorted(_VNI_SIGNS, key=len, reverse=True)))
_TCVN3_LETTER = "A-Za-z" + "".join(_TCVN3_SIGNS)
_TCVN3_WORD = re.compile(f"[{_TCVN3_LETTER}]+")


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Unicode from TCVN3. With `capitals` the font draws capitals (".VnTimeH").

    Where that font was lost, a word of two or more plain capitals is taken as all capitals.
    """

    def read(found: re.Match[str]) -> str:
        word = found[0]
        plain = [sign for sign in word if sign.isascii()]
        large = len(plain) > 1 and all(sign.isupper() for sign in plain)
        meant = "".join(_TCVN3_SIGNS.get(sign, sign) for sign in word)
        return meant.upper() if large else meant

    meant = _TCVN3_WORD.sub(read, text)
    return meant.upper() if capitals else meant


def from_vni(text: str) -> str:
    """Unicode from VNI."""
    return _VNI_PATTERN.sub(lambda found: _VNI_SIGNS[found[0]], text)


def encoding_of_font(font: str) -> str:
    """The encoding a font's name announces: TCVN3, VNI or ""."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return TCVN3
    return VNI if name.startswith(("vni-", "vni ")) else ""


def to_unicode(text: str, encoding: str, font: str = "") -> str:
    """`text` written in `encoding`; composed letters come out."""
    text = unicodedata.normalize("NFC", text)
    if encoding == TCVN3:
        capitals = encoding_of_font(font) == TCVN3 and font.strip().lower().endswith("h")
        text = from_tcvn3(text, capitals=capitals)
    elif encoding == VNI:
        text = from_vni(text)
    return unicodedata.normalize("NFC", text)


# Telling by the syllables ---------------------------------------------------------------------

_ONSET = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu "
    "im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng "
    "oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya "
    "uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y yêm yên yêng yêt yêu ynh êc"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})(?:{'|'.join(_RHYMES.split())})")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_WORD = re.compile(r"[^\W\d_]+")
_STRANGE = re.compile(r"(?<=[^\W\d_])[^\w\s.,;:!?()/\"'-]|[^\w\s.,;:!?()/\"'-](?=[^\W\d_])")
ENOUGH_WORDS = 3
"""Fewer accented words say nothing about a paragraph."""


def is_syllable(word: str) -> bool:
    """Could this be a Vietnamese syllable?"""
    bare = unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


def detect(text: str) -> str:
    """The encoding that the syllables of a text betray: TCVN3, VNI or "".

    A text is taken for legacy when reading it so turns nearly every accented word into a
    Vietnamese syllable, and reading it as it stands does not.
    """
    text = unicodedata.normalize("NFC", text)
    _many, as_it_stands = _fit(text)
    if as_it_stands > 0.6:
        return ""
    readings: dict[str, Callable[[str], str]] = {TCVN3: from_tcvn3, VNI: from_vni}
    fits = {encoding: _fit(read(text)) for encoding, read in readings.items()}
    best = max(fits, key=lambda encoding: fits[encoding][1])
    words, share = fits[best]
    return best if words >= ENOUGH_WORDS and share >= 0.9 else ""


def _fit(text: str) -> tuple[int, float]:
    """How many accented words a text has, and which share of them are syllables.

    A sign inside a word that no word has (µ, ®, ¬) counts as a word that is none.
    """
    accented = [word for word in _WORD.findall(text) if not word.isascii()]
    strange = len(_STRANGE.findall(text))
    if not accented and not strange:
        return 0, 1.0
    good = sum(1 for word in accented if is_syllable(word))
    return len(accented), good / (len(accented) + strange)

"""Vietnamese text: folding for search, slugs, sorting by given name, reading money."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from anyascii import anyascii
from django.utils.text import slugify as django_slugify

_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """Normalise to composed Unicode; macOS sends decomposed text."""
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """NFC, one line, single spaces, no NUL or other control characters."""
    kept = "".join(ch if ch.isprintable() else " " for ch in nfc(text))
    return _SPACES.sub(" ", kept).strip()


def clean_text(text: str) -> str:
    """NFC, unix line ends, no control characters besides newline and tab."""
    unified = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(ch for ch in unified if ch in "\n\t" or unicodedata.category(ch) != "Cc")


def fold(text: str) -> str:
    """Reduce to what a search compares: no accents, no đ, lower case, single spaces.

    "Đổi mới", "ĐỔI MỚI" and their decomposed forms all fold to "doi moi"; "hòa" and "hoà" meet.
    """
    return _SPACES.sub(" ", anyascii(nfc(text)).lower()).strip()


def slugify(text: str) -> str:
    """A URL slug: "Đổi mới sáng tạo" becomes "doi-moi-sang-tao"."""
    return django_slugify(fold(text))


def name_sort_key(full_name: str) -> str:
    """Key that sorts Vietnamese people by given name, then family and middle names."""
    words = clean_line(full_name).split(" ")
    return vietnamese_order(" ".join([words[-1], *words[:-1]]))[:300]


# Vietnamese dictionary order: letters first, tones (none, grave, hook, tilde, acute, dot) second.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTER_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}  # breve, circumflex, horn


def vietnamese_order(text: str) -> str:
    """Sort key in Vietnamese dictionary order, word by word: a ă â … d đ … o ô ơ … u ư.

    Of equal letters the tone decides, wherever in the word it is written (hòa, hoà). The key
    holds only 0-9 and a-z, each sign of the text as a letter or digit and a digit, so that every
    database collation sorts it alike.
    """
    return "".join(_word_order(word) for word in nfc(text).lower().split())


def _word_order(word: str) -> str:
    signs: list[str] = []
    tone = 0
    for ch in unicodedata.normalize("NFD", word):
        if ch in _TONES:
            tone = _TONES[ch]
        elif ch in _LETTER_MARKS and signs:
            signs[-1] = signs[-1][:-1] + _LETTER_MARKS[ch]
        elif ch == "đ":
            signs.append("d1")
        else:
            # A digit of the text stands after every separator and before every letter.
            signs += [f"1{sign}" if sign.isdigit() else f"{sign}0" for sign in _plain(ch)]
    return "".join(signs) + f"0{tone}"


def _plain(ch: str) -> str:
    return "".join(sign for sign in anyascii(ch).lower() if sign.isascii() and sign.isalnum())


def same_words(text: str) -> str:
    """Equal for texts that differ only in case, spaces, composition or the place of a tone.

    "Hòa bình" and "HOÀ  BÌNH" are the same words; "hóa" is another one.
    """
    return nfc(" ".join(_toned_last(word) for word in clean_line(text).casefold().split(" ")))


def _toned_last(word: str) -> str:
    signs = unicodedata.normalize("NFD", word)
    tones = sorted(ch for ch in signs if ch in _TONES)
    return "".join([ch for ch in signs if ch not in _TONES] + tones)


def word_count(text: str) -> int:
    """Words as a Vietnamese reader counts them: runs of non-spaces that hold a letter or digit."""
    return sum(1 for word in text.split() if any(ch.isalnum() for ch in word))


_MONEY = re.compile(
    r"^(?P<number>\d{1,3}(?:[.\s]\d{3})+|\d+)(?:,(?P<fraction>\d+))?\s*"
    r"(?P<unit>nghin|ngan|k|trieu|tr|ty|ti)?\s*(?:dong|vnd|d|₫)?$"
)
_UNITS = {"nghin": 3, "ngan": 3, "k": 3, "trieu": 6, "tr": 6, "ty": 9, "ti": 9}
MAX_MONEY = 10**15


def key_from(text: str) -> int | None:
    """The database key that an address or a form sends as digits; None for anything else.

    "²" is a digit to `str.isdigit` and none to `int`, and thirty digits fit no column.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def parse_money(text: str) -> int:
    """Whole đồng from what people type: "1.200.000", "1,2 tỷ", "30 triệu", "500k".

    Raises ValueError when the text is not an amount, has a fraction of a đồng, or is too large.
    """
    folded = fold(text.replace("₫", " ")).strip()
    found = _MONEY.match(folded)
    if not found:
        raise ValueError("not an amount of money")
    digits = re.sub(r"\D", "", found["number"])
    power = _UNITS.get(found["unit"] or "", 0)
    try:
        amount = Decimal(f"{digits}.{found['fraction'] or '0'}") * (10**power)
    except InvalidOperation as error:  # pragma: no cover - the pattern admits digits only
        raise ValueError("not an amount of money") from error
    if amount != amount.to_integral_value() or amount >= MAX_MONEY:
        raise ValueError("not a whole amount of đồng")
    return int(amount)


def format_money(amount: int) -> str:
    """Whole đồng as Vietnamese readers expect them: 1.200.000 ₫."""
    return f"{amount:,}".replace(",", ".") + "\u00a0₫"

"""Tax codes: what a valid one looks like, by country and kind of organisation.

Vietnam: 10 digits with a check digit, or 13 for branches (Circular 86/2024/TT-BTC). Household
businesses have used their owner's 12-digit personal number since 01/07/2025 (Law on tax
administration, as amended); that number is an identity number and is never shown in full.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import exceptions
from stdnum.vn import mst

from portal.core.text import clean_line, fold

VIETNAM = "VN"
HOUSEHOLD = "household"
NEEDED_BY = frozenset({"enterprise", "cooperative", HOUSEHOLD})
"""Kinds that cannot exist in Vietnam without a tax code."""

_MAX_LENGTH = 20
_LAST_PROVINCE_CODE = 96  # of the list that identity numbers still use, Circular 59/2021/TT-BCA


def compact(country: str, typed: str) -> str:
    """How a code is stored and compared: no spaces or dots; in Vietnam no hyphens either."""
    line = clean_line(typed)
    if country == VIETNAM:
        return mst.compact(line).replace(" ", "")
    return fold(line).upper().replace(" ", "")


def is_personal(country: str, code: str) -> bool:
    """A 12-digit code in Vietnam is a person's identity number."""
    return country == VIETNAM and len(code) == 12


def check(country: str, kind: str, typed: str) -> str:
    """The compact form of a valid code, or "" where none is needed. Raises ValidationError."""
    code = compact(country, typed)
    if not code:
        if country == VIETNAM and kind in NEEDED_BY:
            raise ValidationError(_("Enter the tax code."), code="required")
        return ""
    if country != VIETNAM:
        if len(code) > _MAX_LENGTH:
            raise ValidationError(_("A tax code has 20 characters at most."), code="too_long")
        return code
    if not (code.isascii() and code.isdigit()):
        raise ValidationError(_("A tax code consists of digits only."), code="not_digits")
    if len(code) == 12:
        return _personal(kind, code)
    return _business(code)


def _business(code: str) -> str:
    try:
        return mst.validate(code)
    except exceptions.InvalidLength:
        raise ValidationError(
            _("A tax code has 10 digits, or 13 for a branch; a household business may use 12."),
            code="length",
        ) from None
    except exceptions.ValidationError:
        raise ValidationError(
            _("This tax code does not exist: one of its digits is wrong. Compare it again."),
            code="checksum",
        ) from None


def _personal(kind: str, code: str) -> str:
    """Structure only: province 001 to 096, century and sex, year of birth, six digits."""
    if kind != HOUSEHOLD:
        raise ValidationError(
            _("Only a household business may use a 12-digit personal number."),
            code="personal_number",
        )
    if not 1 <= int(code[:3]) <= _LAST_PROVINCE_CODE or code[6:] == "000000":
        raise ValidationError(
            _("This personal number does not exist. Compare it again."), code="structure"
        )
    return code

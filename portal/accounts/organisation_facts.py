"""What is known about an organisation: checking it, finding it, naming its owner discreetly."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from portal.accounts import countries, tax_codes
from portal.accounts.models import Membership, Organisation, User
from portal.core import clock
from portal.core.text import clean_line
from portal.core.verdicts import Refused

FACTS = (
    *("kind", "country", "name", "name_en", "short_name", "tax_code", "first_registered_on"),
    *("address", "unit", "phone", "email", "website"),
)


def checked_by_kind() -> list[tuple[str, int]]:
    """How many organisations the office has checked, by kind, the most first."""
    checked = Organisation.objects.filter(verified_at__isnull=False)
    counted = checked.values_list("kind").annotate(number=Count("pk"))
    return list(counted.order_by("-number", "kind"))


def check_facts(facts: Mapping[str, Any], before: Organisation) -> dict[str, Any]:
    """Only known facts, cleaned. Raises Refused with the field that is wrong."""
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"Not facts of an organisation: {', '.join(sorted(unknown))}")
    checked = {
        name: clean_line(value) if type(value) is str else value for name, value in facts.items()
    }
    whole = {name: checked.get(name, getattr(before, name)) for name in FACTS}
    if whole["kind"] not in Organisation.Kind.values:
        raise _invalid("kind", _("Choose the kind of organisation."))
    if whole["country"] not in countries.CODES:
        raise _invalid("country", _("Choose the country."))
    if not whole["name"]:
        raise _invalid("name", _("Enter the name of the organisation."))
    started = whole["first_registered_on"]
    if started and started > clock.today():
        raise _invalid("first_registered_on", _("This day has not come yet."))
    try:
        checked["tax_code"] = tax_codes.check(whole["country"], whole["kind"], whole["tax_code"])
    except ValidationError as error:
        raise _invalid("tax_code", error.messages[0]) from error
    return checked


def _invalid(field: str, reason: Any) -> Refused:
    return Refused(reason, code="invalid", field=field)


def find(country: str, tax_code: str) -> Organisation | None:
    """The organisation with this tax code, if it is on the portal."""
    code = tax_codes.compact(country, tax_code)
    if not code:
        return None
    return Organisation.objects.filter(country=country, tax_code=code).first()


def mask_address(email: str) -> str:
    """a•••@demo.example: enough to recognise a colleague, not enough to write to a stranger."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"


def masked_owner(organisation: Organisation) -> str:
    """The first owner's masked address; "…" when nobody owns the account any more."""
    held = owners(organisation)
    return mask_address(held[0].email) if held else "…"


def owners(organisation: Organisation) -> list[User]:
    """People who own the account now, the longest first."""
    held = Membership.objects.filter(
        organisation=organisation,
        role=Membership.Role.OWNER,
        state=Membership.State.ACTIVE,
        user__is_active=True,
    )
    return [m.user for m in held.select_related("user").order_by("created_at", "pk")]

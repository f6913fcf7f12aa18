"""Phone numbers as people read them."""

from phonenumber_field.phonenumber import PhoneNumber

VIETNAM_PREFIX = 84


def shown(number: PhoneNumber) -> str:
    """0912 345 678; of another country +855 12 345 678, which without its prefix is another."""
    home = number.country_code == VIETNAM_PREFIX
    said: str = number.as_national if home else number.as_international
    return said

"""Addresses that editors type by hand."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

an_address = RegexValidator(
    r"^(/(?![/\\])|https://)\S*$",
    _("Begin with / for an address of this portal, or with https://"),
)
"""On this portal or, with https, elsewhere. "//elsewhere" and "/\\elsewhere" lead out of it too."""

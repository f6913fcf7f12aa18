"""The system check of `SEARCH_URL`. See `portal.core.checks` for the others."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from portal.search.opensearch.address import address_of


@register()
def check_search_url(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """portal.E006: the address of the OpenSearch server can be read."""
    if not settings.SEARCH_URL:
        return []
    try:
        address_of(settings.SEARCH_URL)
    except ImproperlyConfigured as error:
        return [
            Error(
                str(error),
                hint="For example: https://user:password@search.example:9200/portal",
                id="portal.E006",
            )
        ]
    return []

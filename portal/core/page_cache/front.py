"""Telling caches that stand before the portal, such as Varnish, to forget what they keep.

They need not be told while they keep to `must-revalidate`; this is for those that are set up to
answer without asking. Like our own cache they forget everything: no page is forgotten singly.
"""

import logging

import requests
from django.conf import settings
from django.core.cache import cache
from django_tasks import task

logger = logging.getLogger(__name__)

ASKED = "front-caches-asked"
# Seconds after which a request that no worker took up no longer stands for the next one.
ASKED_AT_MOST = 60
TIMEOUT = 5


def forget_in_front() -> None:
    """Let a worker tell them; once for all changes until it comes to it."""
    if settings.FRONT_CACHE_URLS and _first_to_ask():
        tell_front_caches.enqueue()


def _first_to_ask() -> bool:
    try:
        return cache.add(ASKED, True, ASKED_AT_MOST)
    except Exception:  # what was published stands; better told twice than not at all
        logger.exception("Whether the caches in front are to be told already is not known")
        return True


@task()
def tell_front_caches() -> int:
    """Send `BAN` to each address in FRONT_CACHE_URLS, and answer how many took it.

    One that cannot be reached or refuses is logged; the others are told all the same.
    """
    # First: what changes from here on asks again.
    try:
        cache.delete(ASKED)
    except Exception:  # it ends by itself
        logger.exception("The next change may wait %s seconds to be told", ASKED_AT_MOST)
    return sum(_told(address) for address in settings.FRONT_CACHE_URLS)


def _told(address: str) -> bool:
    try:
        requests.request("BAN", address, timeout=TIMEOUT, allow_redirects=False).raise_for_status()
    except requests.RequestException:
        logger.exception("The cache at %s could not be told to forget its pages", address)
        return False
    return True

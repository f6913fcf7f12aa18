"""Small things that every page reads, such as menus, kept in this process under the same stamp.

Other than whole pages they serve people who are signed in too, so they are the same for everybody.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from django.db import connection

from portal.core import clock
from portal.core.page_cache.storing import good_until, pages

T = TypeVar("T")


class _Part(NamedTuple):
    stamp: str
    until: datetime
    value: Any


_kept: dict[tuple[Any, ...], _Part] = {}
_lock = threading.Lock()


def kept_part(key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """What `make()` answers, asked anew when a public page changed or a minute began.

    `key` names it, with everything it depends on (site, language); there are only few keys, and
    nobody changes the value, since all threads share it. Inside a transaction nothing is kept or
    taken: what was written there may show to nobody else yet.
    """
    # The stamp is read before anything is asked, so an answer from before a change is never kept
    # under the stamp from after it.
    stamp = "" if connection.in_atomic_block else pages().stamp.current()
    if not stamp:
        return make()
    now = clock.now()
    part = _kept.get(key)
    if part is None or part.stamp != stamp or part.until <= now:
        part = _Part(stamp, good_until(now), make())
        with _lock:
            _kept[key] = part
    value: T = part.value
    return value

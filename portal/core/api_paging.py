"""How lists of open data are cut into pages."""

from ninja import Field
from ninja.pagination import LimitOffsetPagination

MOST_SKIPPED = 1_000_000
"""Further than any list here is long; a database refuses what is larger than its integers."""


class Paged(LimitOffsetPagination):
    """`limit` and `offset`, both within what a database counts."""

    class Input(LimitOffsetPagination.Input):
        offset: int = Field(0, ge=0, le=MOST_SKIPPED)

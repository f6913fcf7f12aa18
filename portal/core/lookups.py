"""Lookups that Django lacks."""

from typing import Any

from django.db.models import IntegerField
from django.db.models.lookups import In


class IntegerIn(In):
    """`IN` over integers; a value that the column cannot hold is equal to none of its rows.

    Django does so for `exact`, `gt` and the like since ticket 27397, and not for `in`: a key of
    thirty digits in a form with several choices raises OverflowError on SQLite and DataError on
    PostgreSQL. Can go when Django's own `In` minds the range.
    """

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            least, most = connection.ops.integer_field_range(kind)
            self.rhs = [
                value
                for value in self.rhs
                if not isinstance(value, int) or (least <= value <= most)
            ]
        return super().process_rhs(compiler, connection)


def install() -> None:
    """Use it for every integer column, keys included."""
    IntegerField.register_lookup(IntegerIn)

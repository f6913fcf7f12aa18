"""What all lists of co-working's back office have in common."""

from django.utils.functional import cached_property

from portal.pages.row_office import RowViewSet
from startups.coworking.searching import things_of as space_things_of


class SpaceRowViewSet(RowViewSet):
    area = "coworking"
    things_of = staticmethod(space_things_of)

    @cached_property
    def name(self) -> str:
        return f"spaces_{self.model_name}"

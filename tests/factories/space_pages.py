"""Pages of spaces: `SpacePageFactory(space=…)` below the founded home page (fixture `site`)."""

from typing import Any

import factory

from startups.coworking.models import SpacePage, SpacesPage
from tests.factories.coworking import SpaceFactory
from tests.factories.pages import LivePageFactory, home


class SpacesPageFactory(LivePageFactory):
    class Meta:
        model = SpacesPage

    title = "Không gian làm việc chung"
    slug = "khong-gian"


class SpacePageFactory(LivePageFactory):
    """The page of a space; its index is made when there is none."""

    class Meta:
        model = SpacePage

    space = factory.SubFactory(SpaceFactory)
    title = factory.LazyAttribute(lambda page: page.space.name)
    summary = "Nơi làm việc của nhóm khởi nghiệp."

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        if "parent" not in kwargs:
            kwargs["parent"] = SpacesPage.objects.first() or SpacesPageFactory(parent=home())
        return super()._create(model_class, *args, **kwargs)

"""What search knows of spaces and of what can be booked in them."""

from collections.abc import Collection, Iterable, Iterator

from portal.core.extension_points import SearchDocument, keys_among
from startups.coworking.models import Feature, Resource, Space, SpacePage


def documents(language: str, things: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """Each space with a public page in `language`, and each of its resources.

    Where things are named, of those only: "space:3", "resource:12".
    """
    spaces = keys_among(things, "space")
    wanted = keys_among(things, "resource")
    if spaces == [] and wanted == []:
        return
    pages = {page.space_id: page for page in _pages(language)}
    resources = Resource.objects.filter(space__in=pages, is_active=True)
    if wanted is not None:
        resources = resources.filter(pk__in=wanted)
    for page in pages.values():
        if spaces is None or str(page.space_id) in spaces:
            yield _space(page, language)
    for resource in resources.prefetch_related("features").order_by("pk"):
        yield _resource(resource, pages[resource.space_id], language)


def things_of(record: object) -> list[str]:
    """What search has to look at again when a record of the back office changes."""
    if isinstance(record, Space):
        return [f"space:{record.pk}", *_named(record.resources.values_list("pk", flat=True))]
    if isinstance(record, Resource):
        return _named([record.pk])
    if isinstance(record, Feature):
        return _named(Resource.objects.filter(features=record).values_list("pk", flat=True))
    return []


def _named(keys: Iterable[int]) -> list[str]:
    return [f"resource:{pk}" for pk in keys]


def _pages(language: str) -> list[SpacePage]:
    return list(SpacePage.objects.shown().filter(locale__language_code=language))


def _space(page: SpacePage, language: str) -> SearchDocument:
    space = page.space
    return SearchDocument(
        key=f"space:{space.pk}:{language}",
        kind="space",
        language=language,
        title=page.title,
        summary=page.summary,
        body=f"{page.body_text()} {space.name} {space.name_en} {space.address}",
        url=page.get_url() or "",
        day=page.first_published_at,
        rank=1 if space.is_open else -1,
    )


def _resource(resource: Resource, page: SpacePage, language: str) -> SearchDocument:
    words = [page.title, str(resource.get_kind_display()), resource.name, resource.name_en]
    words += [str(feature) for feature in resource.features.all()]
    return SearchDocument(
        key=f"resource:{resource.pk}:{language}",
        kind="space",
        language=language,
        title=str(resource),
        summary=resource.shown_description[:300],
        body=" ".join(words),
        url=f"{page.get_url() or ''}{page.path_of(resource.slug)}",
    )

"""What search knows of startups."""

from collections.abc import Collection, Iterator

from portal.core.extension_points import SearchDocument, keys_among
from portal.core.languages import in_reader_language
from startups.directory.models import DirectoryPage, StartupProfile


def thing(profile_id: int) -> str:
    """The name under which search keeps a profile."""
    return f"startup:{profile_id}"


def documents(language: str, things: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """Public profiles below the directory of `language`, or those of some things.

    In English only those with an English tagline; search offers the others in Vietnamese.
    """
    keys = keys_among(things, "startup")
    if keys == []:
        return
    page = DirectoryPage.public_in(language)
    if page is None:
        return
    base = page.get_url() or ""
    found = StartupProfile.objects.public().select_related("standing", "sector", "stage", "unit")
    if language == "en":
        found = found.exclude(tagline_en="")
    if keys is not None:
        found = found.filter(pk__in=keys)
    shown = found.prefetch_related("products", "needs").order_by("pk")
    for profile in shown.iterator(chunk_size=200):
        yield SearchDocument(
            key=f"{thing(profile.pk)}:{language}",
            kind="startup",
            language=language,
            title=in_reader_language(profile.name, profile.name_en),
            summary=in_reader_language(profile.tagline, profile.tagline_en),
            body=_body(profile, english=language == "en"),
            url=page.address_of(profile.standing.slug, base),
            day=profile.last_published_at,
        )


def _body(profile: StartupProfile, *, english: bool) -> str:
    fields = ("description", "problem", "solution", "results")
    words = [getattr(profile, f"{field}_en" if english else field) for field in fields]
    for product in profile.products.all():
        own = (product.name_en, product.summary_en) if english else (product.name, product.summary)
        words += own
    vocabulary = [profile.sector, profile.stage, *profile.needs.all()]
    words += [word.label_en if english else word.label for word in vocabulary if word]
    if profile.unit:
        words.append(profile.unit.full_name)
    return " ".join(word for word in words if word)

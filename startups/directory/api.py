"""Open data about startups: what their public profiles say."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from portal.core.api import absolute
from portal.search.finding import read_query
from startups.directory.browsing import with_words
from startups.directory.models import (
    DirectoryPage,
    Recognition,
    StartupProfile,
    StartupProfileQuerySet,
)

router = Router(tags=["startups"])


class StartupOut(Schema):
    """A startup as the list shows it."""

    name: str
    name_en: str
    slug: str = Field(alias="standing.slug")
    tagline: str
    tagline_en: str
    sector: str = Field(alias="sector.label")
    sector_en: str = Field(alias="sector.label_en")
    stage: str = Field(alias="stage.label")
    stage_en: str = Field(alias="stage.label_en")
    commune: str
    founded_year: int | None
    website: str
    published_at: datetime = Field(alias="last_published_at")
    page: str

    @staticmethod
    def resolve_commune(profile: StartupProfile) -> str:
        return profile.unit.full_name if profile.unit else ""

    @staticmethod
    def resolve_page(profile: StartupProfile, context: Any) -> str:
        page, base = _directory(context["request"])
        return absolute(page.address_of(profile.standing.slug, base))


class RecognitionOut(Schema):
    """What an authority recognises the startup as, today."""

    kind: str = Field(alias="kind.label")
    kind_en: str = Field(alias="kind.label_en")
    number: str
    issuer: str
    issued_on: date
    valid_until: date | None


class StartupDetailOut(StartupOut):
    """With its texts, what it looks for and its recognition."""

    description: str
    description_en: str
    problem: str
    problem_en: str
    solution: str
    solution_en: str
    needs: list[str]
    recognitions: list[RecognitionOut]

    @staticmethod
    def resolve_needs(profile: StartupProfile) -> list[str]:
        return [need.label for need in profile.needs.all()]

    @staticmethod
    def resolve_recognitions(profile: StartupProfile) -> Sequence[Recognition]:
        found = Recognition.objects.in_force().filter(profile=profile)
        return list(found.select_related("kind"))


@router.get("", response=list[StartupOut], summary="Startups with a public profile, by name")
@paginate
def startups(
    request: HttpRequest, q: str = "", sector: str = "", stage: str = ""
) -> StartupProfileQuerySet:
    """`sector` and `stage` are slugs, as in the addresses of the public list."""
    wanted = {"sector__slug": sector, "stage__slug": stage}
    found = _public(request).filter(**{name: value for name, value in wanted.items() if value})
    return with_words(found, read_query(q))


@router.get("/{slug}", response=StartupDetailOut, summary="One startup")
def startup(request: HttpRequest, slug: str) -> StartupProfile:
    return get_object_or_404(_public(request), standing__slug=slug)


def _public(request: HttpRequest) -> StartupProfileQuerySet:
    """What the public directory shows: nothing where there is none."""
    try:
        _directory(request)
    except Http404:
        return StartupProfile.objects.none()
    return StartupProfile.objects.shown()


def _directory(request: HttpRequest) -> tuple[DirectoryPage, str]:
    """The Vietnamese directory and its address, read once a request."""
    found = getattr(request, "startup_directory", None)
    if found is None:
        page = DirectoryPage.public_in("vi")
        if page is None:
            raise Http404
        found = request.startup_directory = (page, page.get_url() or "")  # type: ignore[attr-defined]
    return found

"""Open data about official documents."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from portal.core.api import absolute
from portal.regulations.browsing import related_to, with_words
from portal.regulations.models import (
    AttachedFile,
    OfficialDocument,
    OfficialDocumentQuerySet,
    RegulationsIndexPage,
    Relation,
    Standing,
)
from portal.search.finding import read_query

router = Router(tags=["regulations"])


class FileOut(Schema):
    title: str = Field(alias="file.title")
    url: str

    @staticmethod
    def resolve_url(attached: AttachedFile) -> str:
        return absolute(attached.file.url)


class DocumentOut(Schema):
    """A document as the list shows it; `status` is as of today."""

    number: str
    slug: str
    kind: str = Field(alias="kind.label")
    kind_en: str = Field(alias="kind.label_en")
    issuer: str = Field(alias="issuer.label")
    issuer_en: str = Field(alias="issuer.label_en")
    signatory: str
    signatory_position: str
    issued_on: date
    effective_on: date | None
    expires_on: date | None
    status: Standing
    subject: str
    subject_en: str
    changed_at: datetime
    page: str

    @staticmethod
    def resolve_page(document: OfficialDocument, context: Any) -> str:
        page, base = _register(context["request"])
        return absolute(page.address_of(document, base))


class RelationOut(Schema):
    """One document at the other end, and what this one does to it (or, inverse, it to this)."""

    kind: Relation.Kind
    inverse: bool
    number: str
    slug: str


class DocumentDetailOut(DocumentOut):
    """With summary, files and relations."""

    summary: str
    files: list[FileOut]
    relations: list[RelationOut]

    @staticmethod
    def resolve_files(document: OfficialDocument) -> Sequence[AttachedFile]:
        return list(document.files.select_related("file"))

    @staticmethod
    def resolve_relations(document: OfficialDocument) -> list[dict[str, Any]]:
        return [
            {"kind": group.kind, "inverse": group.inverse, "number": one.number, "slug": one.slug}
            for group in related_to(document)
            for one in group.documents
        ]


@router.get("", response=list[DocumentOut], summary="Official documents, the newest first")
@paginate
def regulations(
    request: HttpRequest,
    q: str = "",
    kind: str = "",
    issuer: str = "",
    year: int | None = Query(None, ge=1900, le=9999),
    status: Standing | None = None,
) -> OfficialDocumentQuerySet:
    """`kind` and `issuer` are slugs, as in the addresses of the public list."""
    wanted = {
        "kind__slug": kind,
        "issuer__slug": issuer,
        "issued_on__year": year,
        "standing": status,
    }
    found = _public(request).filter(**{name: value for name, value in wanted.items() if value})
    return with_words(found, read_query(q))


@router.get("/{slug}", response=DocumentDetailOut, summary="One document with its relations")
def regulation(request: HttpRequest, slug: str) -> OfficialDocument:
    return get_object_or_404(_public(request), slug=slug)


def _public(request: HttpRequest) -> OfficialDocumentQuerySet:
    """What the public register shows: nothing where there is none."""
    try:
        _register(request)
    except Http404:
        return OfficialDocument.objects.with_standing().none()
    return OfficialDocument.objects.shown()


def _register(request: HttpRequest) -> tuple[RegulationsIndexPage, str]:
    """The Vietnamese register and its address, read once a request."""
    found = getattr(request, "official_register", None)
    if found is None:
        page = RegulationsIndexPage.public_in("vi")
        if page is None:
            raise Http404
        found = request.official_register = (page, page.get_url() or "")  # type: ignore[attr-defined]
    return found

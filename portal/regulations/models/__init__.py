"""Documents with their relations and files, the vocabularies they use, and their public page."""

from portal.regulations.models.documents import (
    AttachedFile,
    OfficialDocument,
    OfficialDocumentQuerySet,
    Relation,
    Standing,
)
from portal.regulations.models.pages import RegulationsIndexPage
from portal.regulations.models.vocabularies import DocumentKind, Issuer

__all__ = [
    "AttachedFile",
    "DocumentKind",
    "Issuer",
    "OfficialDocument",
    "OfficialDocumentQuerySet",
    "RegulationsIndexPage",
    "Relation",
    "Standing",
]

"""Official documents for tests: published decrees, each with its own number."""

from datetime import date
from typing import Any

import factory
import wagtail_factories
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from portal.regulations.models import (
    AttachedFile,
    DocumentKind,
    Issuer,
    OfficialDocument,
    RegulationsIndexPage,
    Relation,
)
from tests.factories.core import pdf
from tests.factories.pages import LivePageFactory


class KindFactory(DjangoModelFactory):
    class Meta:
        model = DocumentKind
        django_get_or_create = ("slug",)

    label = "Nghị định"
    label_en = "Decree"
    slug = "nghi-dinh"


class IssuerFactory(DjangoModelFactory):
    class Meta:
        model = Issuer
        django_get_or_create = ("slug",)

    label = "Chính phủ"
    label_en = "The Government"
    slug = "chinh-phu"


class OfficialDocumentFactory(DjangoModelFactory):
    """A public decree in force; `draft=True` leaves it in the back office."""

    class Meta:
        model = OfficialDocument

    class Params:
        draft = factory.Trait(published_on=None)

    number = factory.Sequence(lambda n: f"{n + 1}/2024/NĐ-CP")
    kind = factory.SubFactory(KindFactory)
    issuer = factory.SubFactory(IssuerFactory)
    issued_on = date(2024, 3, 1)
    published_on = date(2024, 3, 5)
    subject = factory.Sequence(lambda n: f"Quy định việc thứ {n}")


class RelationFactory(DjangoModelFactory):
    class Meta:
        model = Relation

    kind = Relation.Kind.REPLACES


class RegulationsIndexFactory(LivePageFactory):
    class Meta:
        model = RegulationsIndexPage

    title = "Văn bản"


def file_of(document: OfficialDocument, name: str = "van-ban.pdf", **facts: Any) -> Any:
    """A file of the library, attached to the document."""
    made = wagtail_factories.DocumentFactory(
        title="Bản ký", file=ContentFile(pdf(), name=name), **facts
    )
    AttachedFile.objects.create(document=document, file=made)
    return made

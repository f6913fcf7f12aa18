"""The demo's register of official documents, and its public page in two languages."""

from datetime import timedelta
from typing import Any

from django.utils.dateformat import format as format_date
from wagtail.documents import get_document_model

from portal.core import clock
from portal.demo import drawing
from portal.demo.content import regulations as words
from portal.demo.site import add_page, blocks, translate
from portal.news.models import Topic
from portal.pages.models import HomePage
from portal.regulations.models import (
    AttachedFile,
    DocumentKind,
    Issuer,
    OfficialDocument,
    RegulationsIndexPage,
    Relation,
)

INNOVATION = "khoi-nghiep"


def make_register(home: HomePage) -> None:
    """Issuers, documents with their relations, and the page that shows them."""
    for order, (label, label_en, slug) in enumerate(words.ISSUERS, start=1):
        Issuer.objects.create(label=label, label_en=label_en, slug=slug, order=order)
    for document in words.DOCUMENTS:
        made = _register(
            document.kind,
            document.issuer,
            number=document.number,
            issued_on=document.issued,
            effective_on=document.effective,
            subject=document.subject,
            subject_en=document.subject_en,
            summary=document.summary,
        )
        _relate(made, document.relations)
    for decision in words.INVENTED:
        _invent(decision)
    index = add_page(home, RegulationsIndexPage, **words.INDEX["vi"], show_in_menus=True)
    translate(index, **words.INDEX["en"], show_in_menus=True)


def _register(kind: str, issuer: str, **facts: Any) -> OfficialDocument:
    return OfficialDocument.objects.create(
        kind=DocumentKind.objects.get(slug=kind),
        issuer=Issuer.objects.get(slug=issuer),
        published_on=clock.today(),
        **facts,
    )


def _invent(decision: words.Invented) -> None:
    today = clock.today()
    made = _register(
        "quyet-dinh",
        "ubnd-tinh-tay-ninh",
        number=decision.number,
        issued_on=today - timedelta(days=decision.issued_days_ago),
        effective_on=today + timedelta(days=decision.effective_in_days),
        subject=decision.subject,
        subject_en=decision.subject_en,
        body=blocks(decision.articles),
        topics=Topic.objects.filter(slug=INNOVATION),
    )
    _relate(made, decision.relations)
    signed = drawing.decision(
        made.number, format_date(made.issued_on, "d/m/Y"), "KT. CHỦ TỊCH", made.subject
    )
    file = get_document_model().objects.create(title=f"Quyết định {made.number}", file=signed)
    AttachedFile.objects.create(document=made, file=file)


def _relate(document: OfficialDocument, relations: tuple[tuple[str, str], ...]) -> None:
    for kind, number in relations:
        other = OfficialDocument.objects.get(number=number)
        Relation.objects.create(document=document, kind=kind, other=other)

"""What search knows of official documents."""

from collections.abc import Collection, Iterator
from datetime import datetime, time

from django.utils import timezone

from portal.core.extension_points import SearchDocument, keys_among
from portal.regulations.models import OfficialDocument, RegulationsIndexPage


def documents(language: str, things: Collection[str] | None = None) -> Iterator[SearchDocument]:
    """Published documents below the public register of `language`, or those of some things.

    In English only those with an English subject; search offers the others in Vietnamese.
    """
    page = RegulationsIndexPage.public_in(language)
    keys = keys_among(things, "regulation")
    if page is None or keys == []:
        return
    base = page.get_url() or ""
    found = OfficialDocument.objects.published().select_related("kind", "issuer")
    if language == "en":
        found = found.exclude(subject_en="")
    if keys is not None:
        found = found.filter(pk__in=keys)
    for document in found.order_by("pk").iterator(chunk_size=200):
        words = [document.local_subject, document.issuer.local_label, document.signatory]
        if language != "en":
            words.append(document.body_text())
        yield SearchDocument(
            key=f"regulation:{document.pk}:{language}",
            kind="regulation",
            language=language,
            title=f"{document.local_name}: {document.local_subject}",
            summary=document.summary if language != "en" else "",
            body=" ".join(words),
            url=page.address_of(document, base),
            day=timezone.make_aware(datetime.combine(document.issued_on, time())),
        )

"""Pictures of records: of what is offered, of an expert, an organisation's logo. Drafts only.

A file's name, its title and what it carries inside are public with it: nothing there may say whose
an unnamed offer is. Only pixels are kept, under the code of the record.
"""

import secrets
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from events.techmart.models import Expert, MarketRecord, Offer, OfferPicture, Supplier
from events.techmart.permissions import may_write
from events.techmart.writing import save_draft
from portal.core.receiving import read_clean
from portal.core.text import clean_line
from portal.core.verdicts import Refused
from portal.pages.owned_records import draft_of

if TYPE_CHECKING:
    from portal.accounts.models import User

KINDS = frozenset({"png", "jpg", "webp"})
MAX_BYTES = 5 * 1024 * 1024
MOST_PICTURES = 8


def put_picture(
    record: MarketRecord,
    upload: UploadedFile,
    alt: str,
    version: int,
    by: "User",
    *,
    caption: str = "",
) -> None:
    """Add a picture to the newest draft of an offer, or replace the one of an expert or supplier.

    Raises Refused: not permitted, stale, "no_alt", "too_many", or no picture (see `read_clean`).
    """
    may_write(by, record).require()
    alt = clean_line(alt)[:150]
    if not alt:
        raise Refused(
            _("Say what the picture shows, for people who do not see it."),
            code="no_alt",
            field="alt",
        )
    draft = draft_of(record)
    if isinstance(draft, Offer) and draft.pictures.count() >= MOST_PICTURES:
        raise Refused(
            _("An offer has at most %(count)s pictures. Take one out first.")
            % {"count": MOST_PICTURES},
            code="too_many",
        )
    cleaned = read_clean(upload, KINDS, MAX_BYTES)
    name = f"{record.standing.code.lower()}-{secrets.token_hex(4)}.{cleaned.kind}"
    with transaction.atomic():
        image = get_image_model().objects.create(
            title=f"{record.standing.code}: {alt}"[:255],
            file=ImageFile(ContentFile(cleaned.content, name=name), name=name),
            uploaded_by_user=by,
        )
        _put(draft, image, alt, clean_line(caption)[:200])
        save_draft(draft, version, by)


def _put(draft: MarketRecord, image: Any, alt: str, caption: str) -> None:
    if isinstance(draft, Offer):
        draft.pictures.add(
            OfferPicture(image=image, alt=alt, caption=caption, sort_order=draft.pictures.count())
        )
    elif isinstance(draft, Supplier):
        draft.logo, draft.logo_alt = image, alt
    elif isinstance(draft, Expert):
        draft.photo = image
    else:
        raise TypeError("Demands have no pictures.")


def remove_picture(record: MarketRecord, image_id: int, version: int, by: "User") -> None:
    """Leave the newest draft without this picture; the file stays for what is live.

    Raises Refused: not permitted or stale.
    """
    draft = draft_of(record)
    if isinstance(draft, Offer):
        draft.pictures.set([one for one in draft.pictures.all() if one.image_id != image_id])
    elif isinstance(draft, Supplier) and draft.logo_id == image_id:
        draft.logo, draft.logo_alt = None, ""
    elif isinstance(draft, Expert) and draft.photo_id == image_id:
        draft.photo = None
    save_draft(draft, version, by)

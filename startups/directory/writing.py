"""Writing a profile: beginning it, saving drafts, its logo. Nothing here reaches the public."""

import secrets
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from wagtail.images import get_image_model

from portal.accounts.models import Organisation
from portal.core import auditing
from portal.core.receiving import read_clean
from portal.core.text import clean_line, slugify
from portal.pages import owned_records
from portal.pages.owned_records import draft_of
from startups.directory.models import ProfileStanding, StartupProfile
from startups.directory.permissions import may_start, may_write

if TYPE_CHECKING:
    from portal.accounts.models import User

LOGO_KINDS = frozenset({"png", "jpg", "webp"})
LOGO_MAX_BYTES = 2 * 1024 * 1024
FALLBACK_SLUG = "startup"


def start(organisation: Organisation, by: "User") -> StartupProfile:
    """Begin the organisation's profile with what is known of it; one that stands is returned.

    Raises Refused when `by` is no member.
    """
    may_start(by, organisation).require()
    try:
        with transaction.atomic():
            profile = StartupProfile.objects.create(
                name=(organisation.short_name or organisation.name)[:120],
                name_en=organisation.name_en[:120],
                unit=organisation.unit,
                website=organisation.website,
            )
            ProfileStanding.objects.create(
                profile=profile,
                organisation=organisation,
                slug=free_slug(profile),
                started_by=by,
            )
            auditing.record("directory.started", profile, user=by)
            profile.save_revision(user=by)
    except IntegrityError:
        # A colleague began it at the same moment, or it stood already.
        return StartupProfile.objects.get(standing__organisation=organisation)
    return profile


def free_slug(profile: StartupProfile) -> str:
    """The name as a part of an address, with a number behind it where another has it."""
    others = ProfileStanding.objects.exclude(profile=profile)
    wanted = slugify(profile.name)[:120] or FALLBACK_SLUG
    slug, number = wanted, 1
    while others.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def save_draft(draft: StartupProfile, version: int, by: "User") -> None:
    """Keep `draft` as the newest revision. Raises Refused: see `owned_records.save_draft`."""
    owned_records.save_draft(draft, version, by, may_write)


def put_logo(
    profile: StartupProfile, upload: UploadedFile, alt: str, version: int, by: "User"
) -> None:
    """Make an upload the logo of the newest draft. Only its pixels are kept.

    Raises Refused: not permitted, stale, or no picture (see `receiving.receive_file`).
    """
    may_write(by, profile).require()
    cleaned = read_clean(upload, LOGO_KINDS, LOGO_MAX_BYTES)
    # Until an editor has approved it nobody finds it by guessing its name.
    stem = slugify(profile.name)[:60] or FALLBACK_SLUG
    name = f"{stem}-{secrets.token_hex(8)}.{cleaned.kind}"
    with transaction.atomic():
        draft = draft_of(profile)
        draft.logo = get_image_model().objects.create(
            title=profile.name,
            file=ImageFile(ContentFile(cleaned.content, name=name), name=name),
            uploaded_by_user=by,
        )
        draft.logo_alt = clean_line(alt)[:150]
        save_draft(draft, version, by)


def remove_logo(profile: StartupProfile, version: int, by: "User") -> None:
    """Leave the newest draft without a logo; the picture stays for what is live. Raises Refused."""
    draft = draft_of(profile)
    draft.logo, draft.logo_alt = None, ""
    save_draft(draft, version, by)

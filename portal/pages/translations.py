"""How far the English half of the portal stands: for each Vietnamese page, its translation.

Pages are translated segment by segment (wagtail-localize keeps the segments) or written by hand;
both are judged here, in a number of queries that does not grow with the pages.
"""

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

ENGLISH = "en"
HOME_DEPTH = 2


class State(TextChoices):
    """Where a translation stands; only what is live can be behind or partial."""

    MISSING = "missing", _("Not translated")
    DRAFT = "draft", _("Not published")
    BEHIND = "behind", _("Source changed since")
    PARTIAL = "partial", _("Partly translated")
    CURRENT = "current", _("Up to date")


def pages_with_translations() -> QuerySet[Page]:
    """Live Vietnamese pages, each with what is known of its English one.

    `english_id`, `english_live`, `english_published_at`: the page in English, None without one.
    `translation_source_id`, `taken_at`: the text given to the translator, None when the English
    page is written by hand. `segments`, `segments_done`: of that text. `state`: a `State`.
    """
    return (
        Page.objects.live()
        .filter(
            locale__language_code=settings.LANGUAGE_CODE,
            depth__gte=HOME_DEPTH,
            alias_of__isnull=True,
        )
        .annotate(**_english(), **_translation())
        .annotate(segments=_segments(), segments_done=_segments(done=True))
        .annotate(state=_state())
    )


def pages_behind() -> QuerySet[Page]:
    """Those whose live English page does not follow them any more."""
    return pages_with_translations().filter(state=State.BEHIND)


def _english() -> dict[str, Subquery]:
    # An alias repeats the Vietnamese words: nothing is translated.
    page = Page.objects.filter(
        translation_key=OuterRef("translation_key"),
        locale__language_code=ENGLISH,
        alias_of__isnull=True,
    )
    return {
        "english_id": Subquery(page.values("pk")[:1]),
        "english_live": Subquery(page.values("live")[:1]),
        "english_published_at": Subquery(page.values("last_published_at")[:1]),
    }


def _translation() -> dict[str, Subquery]:
    translation = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        source__locale_id=OuterRef("locale_id"),
        target_locale__language_code=ENGLISH,
        enabled=True,
    )
    return {
        "translation_source_id": Subquery(translation.values("source_id")[:1]),
        "taken_at": Subquery(translation.values("source__last_updated_at")[:1]),
    }


def _segments(*, done: bool = False) -> Coalesce:
    segments = StringSegment.objects.filter(source_id=OuterRef("translation_source_id"))
    if done:
        segments = segments.filter(
            Exists(
                StringTranslation.objects.filter(
                    translation_of_id=OuterRef("string_id"),
                    context_id=OuterRef("context_id"),
                    locale__language_code=ENGLISH,
                    has_error=False,
                )
            )
        )
    counted = segments.order_by().values("source_id").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _state() -> Case:
    """Behind is what was published before its source was, or made from an older text of it."""
    behind = Q(english_published_at__lt=F("last_published_at")) | Q(
        taken_at__lt=F("last_published_at")
    )
    return Case(
        When(english_id__isnull=True, then=Value(State.MISSING)),
        When(english_live=False, then=Value(State.DRAFT)),
        When(behind, then=Value(State.BEHIND)),
        When(segments_done__lt=F("segments"), then=Value(State.PARTIAL)),
        default=Value(State.CURRENT),
        output_field=CharField(),
    )

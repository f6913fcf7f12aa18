"""What organisations have won: of published results only, never of what is still being judged."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from competitions.judging.models import PublishedRow, ResultDecision
from competitions.season.models import CompetitionPage
from portal.core.extension_points import Award
from portal.core.languages import in_reader_language


def awards_for(organisation_ids: Collection[int]) -> Mapping[int, Sequence[Award]]:
    """Prizes and advances of the entries of these organisations, the newest first.

    An entry counts by its furthest round. Two queries and the list of private branches, however
    many organisations.
    """
    won = Q(advanced=True) | ~Q(prize="")
    rows = (
        PublishedRow.objects.filter(
            won,
            decision__state=ResultDecision.State.PUBLISHED,
            entry__organisation__in=organisation_ids,
        )
        .select_related("entry", "decision__round_track__round__competition")
        .defer("decision__sealed")
        .order_by("-decision__round_track__round__number", "-decision__published_at", "pk")
    )
    furthest: dict[int, PublishedRow] = {}
    for row in rows:
        furthest.setdefault(row.entry_id, row)
    addresses = _addresses({row.entry.competition_id for row in furthest.values()})
    found: dict[int, list[Award]] = {}
    for row in furthest.values():
        organisation = row.entry.organisation_id
        if organisation is not None:
            found.setdefault(organisation, []).append(_award(row, addresses))
    for awards in found.values():
        awards.sort(key=lambda award: award.day, reverse=True)
    return found


def _award(row: PublishedRow, addresses: Mapping[int, str]) -> Award:
    competition = row.decision.round_track.round.competition
    return Award(
        title=in_reader_language(row.prize, row.prize_en) or _("Went on to the next round"),
        detail=competition.local_title,
        day=timezone.localdate(row.decision.published_at),
        url=addresses.get(competition.pk, ""),
    )


def _addresses(competition_ids: Collection[int]) -> dict[int, str]:
    """Where the results of these competitions stand in the reader's language."""
    if not competition_ids:
        return {}
    language = get_language() or "vi"
    pages = CompetitionPage.objects.shown().filter(
        locale__language_code=language, competition__in=competition_ids
    )
    return {
        page.competition_id: f"{page.get_url() or ''}{page.reverse_subpage('results')}"
        for page in pages
    }

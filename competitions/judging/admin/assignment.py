"""Assigning by hand: entries down, judges across, a tick for each sheet that is asked for."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from competitions.entries.models import Entry
from competitions.judging import assigning, permissions
from competitions.judging.admin.frame import round_page, show
from competitions.judging.admitting import entries_of_round
from competitions.judging.conflicts import blocks, conflicts_found
from competitions.judging.models import Judge, Scorecard
from competitions.judging.queries import ACTIVE
from portal.core.text import key_from
from portal.core.verdicts import Refused

PAGE_SIZE = 40
_STATES = Scorecard.State


@dataclass(frozen=True, slots=True)
class Box:
    """One judge and one entry: a tick box, or the word why there is none."""

    judge: Judge
    entry: Entry
    card: Scorecard | None
    conflict: str
    warning: str

    @property
    def value(self) -> str:
        return f"{self.judge.pk}-{self.entry.pk}"

    @property
    def ticked(self) -> bool:
        return self.card is not None and self.card.state == _STATES.ASSIGNED

    @property
    def fixed(self) -> bool:
        """The judge has begun: the sheet stays."""
        return self.card is not None and self.card.state in {
            _STATES.STARTED,
            _STATES.COMPLETE,
            _STATES.HANDED_IN,
        }

    @property
    def declined(self) -> bool:
        return self.card is not None and self.card.state == _STATES.DECLINED


@round_page
def assign(request, round_track):
    if request.method == "POST":
        _save(request, round_track)
        return redirect(request.get_full_path())
    judges = list(
        Judge.objects.filter(
            round_track=round_track, state__in=[Judge.State.INVITED, Judge.State.ACCEPTED]
        )
        .select_related("user")
        .order_by("-is_chair", "user__sort_key", "pk")
    )
    cards = list(
        Scorecard.objects.filter(
            judge__round_track=round_track, entry__state=permissions.JUDGED
        ).prefetch_related("conflicts")
    )
    page = Paginator(entries_of_round(round_track), PAGE_SIZE).get_page(request.GET.get("page"))
    entries = list(page.object_list)
    loads = Counter(card.judge_id for card in cards if card.state in ACTIVE)
    sheets = Counter(card.entry_id for card in cards if card.state in ACTIVE)
    context = {
        "judges": [{"judge": judge, "load": loads[judge.pk]} for judge in judges],
        "lines": [
            {
                "entry": entry,
                "boxes": boxes,
                "sheets": sheets[entry.pk],
                "short": sheets[entry.pk] < round_track.judges_per_entry,
            }
            for entry, boxes in _boxes(judges, entries, cards)
        ],
        "page": page,
    }
    return show(request, round_track, "assign", context)


def _boxes(judges, entries, cards):
    found = conflicts_found([judge.user for judge in judges], entries)
    by_pair = {(card.judge_id, card.entry_id): card for card in cards}
    for entry in entries:
        boxes = []
        for judge in judges:
            card = by_pair.get((judge.pk, entry.pk))
            kinds = found.get((judge.user_id, entry.pk), [])
            conflict = warning = ""
            if card is not None and card.state == _STATES.CONFLICTED:
                conflict = assigning.conflict_words(card)
            elif card is None and blocks(kinds):
                conflict = assigning.kind_words(kinds)
            elif kinds:
                warning = assigning.kind_words(kinds)
            boxes.append(Box(judge, entry, card, conflict, warning))
        yield entry, boxes


def _save(request, round_track):
    """Add what was ticked since the page was opened, take back what was unticked.

    A colleague's assignment that this page did not show stays as it is.
    """
    ticked, before = _pairs(request, "pair"), _pairs(request, "was")
    added, removed = defaultdict(set), ticked ^ before
    for judge_id, entry_id in ticked - before:
        added[judge_id].add(entry_id)
    taken_back = [pair for pair in removed if pair in before]
    count = 0
    for judge in Judge.objects.filter(round_track=round_track, pk__in=added):
        try:
            result = assigning.assign(
                judge, Entry.objects.filter(pk__in=added[judge.pk]), request.user
            )
        except Refused as refused:
            messages.error(request, str(refused.reason))
            return
        count += len(result.assigned)
        _report(request, judge, result)
    count += _take_back(request, round_track, taken_back)
    if count:
        said = ngettext("%(count)s change was saved.", "%(count)s changes were saved.", count)
        messages.success(request, said % {"count": count})


def _take_back(request, round_track, pairs):
    count = 0
    cards = Scorecard.objects.filter(judge__round_track=round_track).select_related("judge")
    for judge_id, entry_id in pairs:
        card = cards.filter(judge=judge_id, entry=entry_id).first()
        if card is None:
            continue
        try:
            assigning.unassign(card, request.user)
        except Refused as refused:
            messages.error(request, str(refused.reason))
        else:
            count += 1
    return count


def _report(request, judge, result):
    for entry, reason in result.refused:
        facts = {"judge": judge, "entry": entry.code, "reason": reason}
        messages.error(request, _("%(judge)s may not score %(entry)s: %(reason)s.") % facts)
    for entry, reason in result.warned:
        facts = {"judge": judge, "entry": entry.code, "reason": reason}
        messages.warning(request, _("Please check %(judge)s and %(entry)s: %(reason)s.") % facts)


def _pairs(request, name):
    """The pairs a form names as "judge-entry"; what is not a pair of numbers is passed over."""
    pairs = set()
    for value in request.POST.getlist(name):
        judge_id, _dash, entry_id = value.partition("-")
        judge, entry = key_from(judge_id), key_from(entry_id)
        if judge is not None and entry is not None:
            pairs.add((judge, entry))
    return pairs

"""The demo's connection desk: what was asked, how far it came, and what was signed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from events.techmart import connecting, needs, outcomes, relaying
from events.techmart.models import ConnectionRequest, Demand, Expert, Offer, Term
from portal.accounts.models import Organisation, User
from portal.core import clock
from portal.core.models import AdministrativeUnit
from portal.demo.content import connections as words

WAY = ("received", "passed_on", "accepted", "in_contact", "negotiating")
WAY_TO_THE_END = (*WAY, "memorandum", "contract", "done")
AFTER = {
    **{"received": 1, "passed_on": 2, "accepted": 4, "declined": 4, "in_contact": 7, "failed": 20},
    **{"negotiating": 12, "memorandum": 20, "contract": 45, "done": 55},
}
"""Days from the question to each step."""


def make_connections(people: dict[str, User], today: datetime) -> None:
    """Requests, needs and outcomes, each step on its own day, the oldest first."""
    maker = _Maker(people, today)
    steps: list[tuple[float, Callable[[], None]]] = []
    for told in words.REQUESTS:
        steps += maker.steps_of(told)
    steps += [(one.days, partial(maker.need, one)) for one in words.NEEDS]
    steps += [(one.days, partial(maker.outcome, one)) for one in words.OUTCOMES]
    for days, act in sorted(steps, key=lambda step: -step[0]):
        with clock.held_at(today - timedelta(days=days)):
            act()


@dataclass(frozen=True, slots=True)
class _Maker:
    people: dict[str, User]
    today: datetime

    def steps_of(self, told: words.Request) -> list[tuple[float, Callable[[], None]]]:
        """(days ago, what is done then) of one request."""
        way = _way_of(told.until)
        steps: list[tuple[float, Callable[[], None]]] = [(told.days, partial(self._ask, told))]
        steps += [
            (max(0.1, told.days - AFTER[step]), partial(self._step, told, step)) for step in way
        ]
        if told.next_step or told.messages:
            last = steps[-1][0]
            steps.append((max(0.05, last - 0.5), partial(self._talk, told)))
        return steps

    def _ask(self, told: words.Request) -> None:
        asker = self.people[told.asker]
        connecting.ask(
            _record(told.about),
            Organisation.objects.get(memberships__user=asker),
            asker,
            {
                "cooperation": told.cooperation,
                "unclear": told.unclear,
                "about_asker": told.about_asker,
            },
            agreed=True,
        )

    def _step(self, told: words.Request, step: str) -> None:
        request, officer = self._request(told), self.people["chuyenvien"]
        if step == "received":
            connecting.receive(request, officer)
        elif step == "passed_on":
            connecting.pass_on(request, officer, words=told.words, presented_as=told.presented_as)
        elif step == "accepted":
            connecting.accept(request, self._owner(request))
        elif step == "declined":
            connecting.decline(request, self._owner(request), _word("decline_reason", told.reason))
        elif step == "failed":
            connecting.fail(request, officer, _word("failure_reason", told.reason))
        else:
            connecting.go_on(request, officer, step)

    def _talk(self, told: words.Request) -> None:
        request = self._request(told)
        if told.next_step:
            due = (self.today + timedelta(days=6)).date()
            connecting.plan(request, self.people["chuyenvien"], told.next_step, due)
        for side, text in told.messages:
            by = request.asker if side == "asker" else self._owner(request)
            relaying.write(request, by, text)

    def _request(self, told: words.Request) -> ConnectionRequest:
        record = _record(told.about)
        return ConnectionRequest.objects.get(
            asker=self.people[told.asker], **{type(record)._meta.model_name or "": record}
        )

    def _owner(self, request: ConnectionRequest) -> User:
        standing = request.record.standing
        if standing.organisation is None:
            person: User = standing.person
            return person
        member = standing.organisation.memberships.select_related("user").get(role="owner")
        owner: User = member.user
        return owner

    def need(self, told: words.Need) -> None:
        officer, desk = self.people["chuyenvien"], self.people["letan"]
        commune = AdministrativeUnit.objects.filter(name=told.commune.partition(" ")[2]).first()
        need = needs.receive(
            "callback" if told.hours else "need",
            {
                "problem": told.problem,
                "phone": told.phone,
                "name": told.name,
                "unit": commune,
                "hours": told.hours,
                "offer": Offer.objects.get(title=told.about) if told.about else None,
            },
            channel=told.channel,
            by=None if told.channel == "web" else desk,
        )
        if told.becomes == "new":
            return
        needs.take(need, officer)
        if told.becomes == "answered":
            needs.suggest(need, officer, Offer.objects.get(title=told.says))
        elif told.becomes == "demand":
            needs.become_demand(need, officer, told.says)
        elif told.becomes == "closed":
            needs.close(need, officer, told.says)

    def outcome(self, told: words.Outcome) -> None:
        officer, day = self.people["chuyenvien"], clock.today()
        offer = Offer.objects.get(title=told.about)
        giver, receiver = (
            Organisation.objects.get(memberships__user=self.people[login])
            for login in (told.giver, told.receiver)
        )
        short = "BBGN" if told.kind == "memorandum" else "HĐ"
        outcome = outcomes.record(
            {
                "kind": told.kind,
                "number": f"{day:%d%m}/{day.year}/{short}",
                "signed_on": day,
                "giver": giver.name,
                "giver_organisation": giver,
                "receiver": receiver.name,
                "receiver_organisation": receiver,
                "subject": offer.title,
                "form": _word("transfer_form", told.form),
                "value": told.value,
                "value_public": told.public,
                "channel": _word("channel", told.channel),
                "offer": offer,
            },
            officer,
        )
        if told.approved:
            outcomes.approve(outcome, self.people["lanhdao"], outcome.version)
        if told.annulled:
            outcomes.annul(outcome, officer, told.annulled)


def _way_of(until: str) -> tuple[str, ...]:
    if until == "new":
        return ()
    if until == "declined":
        return ("received", "passed_on", "declined")
    if until == "failed":
        return (*WAY, "failed")
    return WAY_TO_THE_END[: WAY_TO_THE_END.index(until) + 1]


def _record(named: str) -> Any:
    for model, field in ((Offer, "title"), (Demand, "title"), (Expert, "full_name")):
        found = model._base_manager.select_related("standing").filter(**{field: named}).first()
        if found is not None:
            return found
    raise LookupError(named)


def _word(which: str, slug: str) -> Term:
    return Term.objects.get(list=which, slug=slug)

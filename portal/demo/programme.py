"""The demo's events, past and coming, with agendas, speakers and pages in two languages."""

from datetime import datetime
from typing import Any

from events.programme.models import (
    Event,
    EventPage,
    EventSeries,
    EventsPage,
    Registration,
    Session,
    SignUp,
    SignUpQuestion,
    Speaker,
)
from events.programme.registration import admitting, certifying, inviting, registering
from events.programme.registration.registering import Guest
from portal.core.models import AdministrativeUnit
from portal.demo.content import programme as words
from portal.demo.season import Cast
from portal.demo.site import add_page, blocks, translate
from portal.pages.models import HomePage
from portal.questions.answering import ParsedAnswer


def make_events(home: HomePage, cast: Cast) -> None:
    """Series, speakers, events and their pages."""
    index = add_page(home, EventsPage, **words.INDEX["vi"], show_in_menus=True)
    translate(index, **words.INDEX["en"], show_in_menus=True)
    series = {key: EventSeries.objects.create(**facts) for key, facts in words.SERIES.items()}
    speakers = {key: Speaker.objects.create(**facts) for key, facts in words.SPEAKERS.items()}
    units = {unit.name: unit for unit in AdministrativeUnit.objects.filter(level="commune")}
    for one in words.EVENTS:
        place = words.VENUES[one.venue]
        event = Event.objects.create(
            kind=one.kind,
            title=one.title,
            title_en=one.title_en,
            series=series.get(one.series),
            starts=_at(cast, one.day, one.opens),
            ends=_at(cast, one.day + one.days - 1, one.closes),
            unit=units.get(place["unit"]),
            **{name: value for name, value in place.items() if name != "unit"},
            **words.HOST,
            **one.called_off,
            changed_at=cast.day(one.day - 30),
        )
        for number, opens, closes, room, title, title_en, people in one.agenda:
            session = Session.objects.create(
                event=event,
                starts=_at(cast, one.day + number, opens),
                ends=_at(cast, one.day + number, closes),
                room=room[0] if room else "",
                room_en=room[1] if room else "",
                title=title,
                title_en=title_en,
            )
            session.speakers.set([speakers[key] for key in people])
        page = add_page(
            index,
            EventPage,
            event=event,
            title=one.title,
            summary=one.summary,
            body=blocks(one.body),
            directions=blocks(words.DIRECTIONS.get(one.venue, ())),
        )
        if one.summary_en:
            translate(page, title=one.title_en, summary=one.summary_en, body=[], directions=[])


def make_registrations(cast: Cast) -> None:
    """Who registered, by the verbs, each at the time of asking."""
    for one in words.SEATS:
        event = Event.objects.get(title__startswith=one.title)
        with cast.at(one.opens):
            sign_up = SignUp.objects.create(
                event=event,
                capacity=one.capacity,
                needs_approval=one.approval,
                invitation_only=one.invitation_only,
                online_link=one.online_link,
            )
            for order, question in enumerate(one.questions, start=1):
                SignUpQuestion.objects.create(sign_up=sign_up, order=order, **question)
            if one.invitation_only:
                emails = [cast.people[name].email for name in _names(one.people)]
                inviting.invite(sign_up, emails, by=cast.officer)
        _fill(cast, sign_up, one)


def _names(count: int) -> list[str]:
    """Logins of the demo's founders, then of its companies."""
    founders = [f"startup{number}" for number in range(1, 13)]
    return [*founders, *(f"congty{number}" for number in range(1, 5))][:count]


def _fill(cast: Cast, sign_up: SignUp, one: words.Seats) -> None:
    """Every second person has an account, the others come as guests who confirmed their address."""
    made: list[Registration] = []
    for number in range(one.people):
        sign_up.refresh_from_db()
        with cast.at(one.opens + 1, 8 + number // 4, 15 * (number % 4)):
            login = _names(one.people)[number]
            if one.invitation_only or number % 2 == 0:
                person = cast.people[login]
                guest = Guest(person.full_name, person.email, answers=_answers(sign_up, number))
                made.append(registering.register(sign_up, guest, person=person))
            else:
                name = words.GUESTS[number % len(words.GUESTS)]
                guest = Guest(
                    name,
                    f"khach{number}@demo.example",
                    support="Có người đi xe lăn." if number == 3 else "",
                    support_agreed=number == 3,
                    answers=_answers(sign_up, number),
                )
                asked = registering.ask(sign_up, guest)
                made.append(registering.settle(asked))
    if one.approval:
        for registration in made[: one.people - 3]:
            with cast.at(one.opens + 3):
                registering.approve(registration, by=cast.officer)
    for registration in made[: one.given_back]:
        with cast.at(0, 7):
            registering.cancel(registration)
    for number, registration in enumerate(made[: one.attended]):
        registration.refresh_from_db()
        event = sign_up.event
        with cast.at((event.starts.date() - cast.today.date()).days, 7, 30 + 2 * number):
            admitting.admit(registration, by=cast.people["letan"])
    if one.attended:
        with cast.at(one.certified):
            made_out = certifying.issue(sign_up, by=cast.officer)
        with cast.at(one.certified + 5):
            certifying.revoke(made_out[-1], by=cast.officer, reason="Ghi sai họ tên; sẽ cấp lại.")


def _answers(sign_up: SignUp, number: int) -> dict[int, ParsedAnswer]:
    found = {}
    for question in sign_up.questions.all():
        if question.kind == SignUpQuestion.Kind.SEVERAL_OF:
            picks = [option["value"] for option in question.options]
            found[question.pk] = ParsedAnswer(picks=[picks[number % len(picks)]])
        elif number % 3 == 0:
            found[question.pk] = ParsedAnswer(text="Kho lạnh nhỏ nhất nên làm bao nhiêu mét khối?")
    return found


def _at(cast: Cast, day: int, clock_time: str) -> datetime:
    hour, minute = map(int, clock_time.split(":"))
    found: Any = cast.day(day, hour, minute)
    return found

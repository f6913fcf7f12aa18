"""Finding every address of the portal, and filling its parameters from a world."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern
from wagtail_localize.models import TranslationSource

from competitions.entries.models import Entry
from events.techmart import links
from events.techmart.models import Term
from portal.core.models import AdministrativeUnit, CalendarDay, ConsentText
from portal.news.models import NewsIndexPage, Topic
from portal.pages.models import DepartmentUnit, Officer
from portal.search.models import Synonyms
from startups.coworking import walls
from startups.coworking.models import Feature
from startups.directory.models import Need, Sector, Stage
from tests.factories.pages import home
from tests.factories.search import PromotionFactory
from tests.worlds import CONSENT_TOKEN, INVITATION_TOKEN, World

_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
_NOBODY = "00000000-0000-4000-8000-000000000000"
_SAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": _NOBODY}
# Ours, though a package's views answer: people, their roles, topics; open data.
_OURS_IN_VENDOR_VIEWS = ("wagtailsnippets_", "wagtailusers_", "api:")


@dataclass(frozen=True, slots=True)
class Address:
    """One URL pattern: its name with namespaces, its route, and the module of its view."""

    name: str
    route: str
    module: str

    @property
    def in_back_office(self) -> bool:
        return self.route.startswith("admin/")

    @property
    def vendor(self) -> bool:
        """Wagtail's own, allauth's or Django's: judged by a rule about the whole prefix."""
        if self.module.startswith(("portal.", "competitions.", "startups.", "events.")):
            return False
        if self.name.startswith(_OURS_IN_VENDOR_VIEWS):
            return False
        return not self.in_back_office or not self.name or self.name.startswith("wagtail")

    @property
    def sample(self) -> str:
        """The path with something in each parameter; it need not lead anywhere."""
        return "/" + _PARAMETER.sub(lambda found: _SAMPLES[found[1] or "str"], self.route)


def addresses(
    resolver: URLResolver | None = None, route: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[Address]:
    """Every URL pattern there is, in order."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + _text(pattern)
        if isinstance(pattern, URLResolver):
            below = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern, here, below)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            name = ":".join((*spaces, pattern.name)) if pattern.name else ""
            yield Address(name, here, view.__module__)


def _text(pattern: URLPattern | URLResolver) -> str:
    """The route as `path()` writes it; of regular expressions only the page tree's is left."""
    if isinstance(pattern.pattern, RegexPattern):
        return "<path:page>/"
    return str(pattern.pattern)


class Places:
    """Where the rows of the matrix lead in a world: `path("entries:file")`.

    A name may say which of several things it means: `entries:entry#draft`.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.entries: dict[str, Entry] = {
            "": world.handed_in.entry,
            "draft": world.draft.entry,
            "foreign": world.other.entry,
            "result": world.published.entries[0],
        }

    def path(self, name: str) -> str:
        if name.startswith("/"):
            return name
        if name == "media":
            return "/media/x"
        name, _hash, variant = name.partition("#")
        space = name.partition(":")[0]
        facts = getattr(self, f"_{space}", self._lists)(name, variant)
        if name.endswith(":revisions_compare"):  # a regular expression: no names to fill
            return reverse(name, args=[facts["pk"], facts["revision_id"], facts["revision_id"]])
        wanted = _routes()[name]
        chosen = {part: facts[part] for _kind, part in _PARAMETER.findall(wanted)}
        return reverse(name, kwargs=chosen)

    def _entries(self, name: str, variant: str) -> dict[str, Any]:
        held = self.world.draft if variant == "draft" else self.world.handed_in
        return {
            "key": self.entries[variant].key,
            "pk": self.entries[variant].pk,
            "competition_id": self.world.open.pk,
            "section_id": held.question.section_id,
            "member_id": self.world.member.pk,
            "question_id": held.question.pk,
            "file_id": held.file.pk,
            "number": 1,
            "token": CONSENT_TOKEN,
        }

    _entries_admin = _entries

    def _judging(self, name: str, variant: str) -> dict[str, Any]:
        entry = {"key": self.entries["result"].key} if name == "judging:feedback" else {}
        other = {"file_id": self.world.other.file.pk} if variant == "foreign" else {}
        seat = self.world.invited if name == "judging:accept" else self.world.seat
        return {
            "key": self.world.card.key,
            "judge_id": seat.pk,
            "file_id": self.world.handed_in.file.pk,
            "number": 1,
            **entry,
            **other,
        }

    def _judging_admin(self, name: str, variant: str) -> dict[str, Any]:
        waiting = name in {"judging_admin:result", "judging_admin:decision_file"}
        round_track = self.world.deciding.round_track if waiting else self.world.marking
        return {"round_track_id": round_track.pk, "scorecard_id": self.world.card.pk}

    def _coworking(self, name: str, variant: str) -> dict[str, Any]:
        booking = self.world.booking
        return {
            "key": booking.key,
            "pk": {
                "coworking:revoke_feed": self.world.feed,
                "coworking:remove_guest": self.world.guest,
            }.get(name, self.world.queued).pk,
            "organisation_id": self.world.organisation.pk,
            "year": 2026,
            "month": 11,
            "desk_code": booking.unit.desk_code,
        }

    def _calls_admin(self, name: str, variant: str) -> dict[str, Any]:
        of_form = name.endswith("form")
        return {"pk": self.world.draft.entry.form_id if of_form else self.world.open.pk}

    def _news_admin(self, name: str, variant: str) -> dict[str, Any]:
        return {"index_id": NewsIndexPage.objects.get(locale__language_code="vi").pk}

    def _season_admin(self, name: str, variant: str) -> dict[str, Any]:
        return {"competition_id": self.world.open.pk}

    def _coworking_desk(self, name: str, variant: str) -> dict[str, Any]:
        desk = self.world.desk
        pk = desk.closure.pk if name.endswith(("lift", "closure")) else desk.strike.pk
        return {"space": desk.space.slug, "key": desk.request.key, "pk": pk}

    def _coworking_feeds(self, name: str, variant: str) -> dict[str, Any]:
        return {"token": self.world.feed_token}

    def _coworking_wall(self, name: str, variant: str) -> dict[str, Any]:
        space = self.world.desk.space
        return {"space": space.slug, "token": walls.token_of(space)}

    def _enquiries(self, name: str, variant: str) -> dict[str, Any]:
        return {"key": self.world.enquiry.key, "pk": self.world.enquiry.pk}

    _enquiries_admin = _enquiries

    def _api(self, name: str, variant: str) -> dict[str, Any]:
        code = self.world.published.competition.code_prefix
        slug = "ao-sau" if name == "api:startup" else self.world.document.slug
        return {"code": code, "slug": slug}

    def _accounts(self, name: str, variant: str) -> dict[str, Any]:
        leading = {
            "accounts:answer_request": self.world.request,
            "accounts:leave": self.world.membership,
            "accounts:remove": self.world.membership,
            "accounts:revoke": self.world.invitation,
            "accounts:resend": self.world.invitation,
            "accounts:accept": self.world.invitation,
        }
        record = leading.get(name, self.world.organisation)
        return {"pk": record.pk, "token": INVITATION_TOKEN}

    def _directory(self, name: str, variant: str) -> dict[str, Any]:
        return {"pk": self.world.organisation.pk}

    def _wagtailsnippets_directory_startupprofile(self, name: str, variant: str) -> dict[str, Any]:
        profile = self.world.waiting
        review = profile.current_workflow_task_state
        return {
            "pk": profile.pk,
            "revision_id": profile.latest_revision_id,
            "action_name": "approve",
            "task_id": review.task_id,
            "task_state_id": review.pk,
            "workflow_state_id": review.workflow_state_id,
        }

    def _techmart(self, name: str, variant: str) -> dict[str, Any]:
        if name == "techmart:change_search":
            return {"pk": self.world.trust.search.pk}
        record = (
            self.world.market.expert if name == "techmart:consents" else self.world.market.draft
        )
        return {"kind": record._meta.model_name, "pk": record.pk, "image_id": 1}

    def _reviewed(self, name: str, variant: str) -> dict[str, Any]:
        """A record of the market that waits, in the back office."""
        record: Any = self.world.market.waiting[name.partition(":")[0].rpartition("_")[2]]
        review = record.current_workflow_task_state
        return {
            "pk": record.pk,
            "revision_id": record.latest_revision_id,
            "action_name": "approve",
            "task_id": review.task_id,
            "task_state_id": review.pk,
            "workflow_state_id": review.workflow_state_id,
        }

    _wagtailsnippets_techmart_offer = _reviewed
    _wagtailsnippets_techmart_demand = _reviewed
    _wagtailsnippets_techmart_expert = _reviewed
    _wagtailsnippets_techmart_supplier = _reviewed

    def _techmart_links(self, name: str, variant: str) -> dict[str, Any]:
        person = self.world.people["founder"]
        address = (
            links.confirm_address(person, self.world.organisation)
            if name == "techmart_links:confirm"
            else links.stop_address(person, [self.world.trust.search])
        )
        return {"token": address.rstrip("/").rpartition("/")[2]}

    def _techmart_connections(self, name: str, variant: str) -> dict[str, Any]:
        held = self.world.connected
        return {
            "key": held.request.key,
            "pk": held.file.pk,
            "number": 1,
            "thing": "offer",
            "slug": held.asked.standing.slug,
        }

    def _event_desk(self, name: str, variant: str) -> dict[str, Any]:
        held = self.world.registration
        by_code = {"ticket", "admit", "take_back", "cancel", "approve", "decline"}
        asked = name.partition(":")[2]
        number = self.world.certificate.number
        return (
            {"code": held.code} if asked in by_code else {"key": held.event.key, "number": number}
        )

    def _certificates(self, name: str, variant: str) -> dict[str, Any]:
        return {"code": self.world.certificate.code}

    def _registrations(self, name: str, variant: str) -> dict[str, Any]:
        held = self.world.registration
        key = held.event.key if name.endswith(":register") else held.key
        return {"key": key, "purpose": "event_registration"}

    def _techmart_import(self, name: str, variant: str) -> dict[str, Any]:
        return {"key": self.world.connected.imported.key, "kind": "offer"}

    def _techmart_desk(self, name: str, variant: str) -> dict[str, Any]:
        held = self.world.connected
        about_needs = {"need", "take_need", "suggest", "become_demand", "close_need"}
        about: Any = held.request
        if name.partition(":")[2] in about_needs:
            about = held.need
        elif "outcome" in name or name.endswith(":evidence"):
            about = held.outcome
        return {"key": about.key, "message": held.file.message.key}

    def _techmart_trust(self, name: str, variant: str) -> dict[str, Any]:
        trust = self.world.trust
        records = {"problem": trust.report, "paper": trust.step}
        return {"pk": records.get(name.partition(":")[2], trust.offer).pk, "kind": "offer"}

    def _core(self, name: str, variant: str) -> dict[str, Any]:
        record = self.world.notice if name == "core:open_notice" else self.world.mail
        return {"pk": record.pk}

    def _update_translations_ticked(self, name: str, variant: str) -> dict[str, Any]:
        source, _made = TranslationSource.get_or_create_from_instance(home())
        return {"translation_source_id": source.pk}

    def _lists(self, name: str, variant: str) -> dict[str, Any]:
        """Lists of the back office: one row of each."""
        form = self.world.draft.entry.form
        waiting = self.world.market.waiting
        rows = {
            "administrative_units": lambda: AdministrativeUnit.objects.first(),
            "consent_texts": lambda: ConsentText.objects.first(),
            "sent_mails": lambda: self.world.mail,
            "organisation": lambda: self.world.organisation,
            "membership": lambda: self.world.membership,
            "calls_competition": lambda: self.world.open,
            "calls_track": lambda: self.world.open.tracks.first(),
            "calls_round": lambda: self.world.open.rounds.first(),
            "calls_roundtrack": lambda: self.world.marking,
            "calls_entryform": lambda: form,
            "calls_section": lambda: self.world.draft.question.section,
            "calls_question": lambda: self.world.draft.question,
            "calls_criterion": lambda: self.world.marking.criteria.first(),
            "calls_prize": lambda: self.world.marking.track.prizes.first(),
            "department_units": lambda: DepartmentUnit.objects.first(),
            "department_officers": lambda: Officer.objects.first(),
            "market_terms": lambda: Term.objects.first(),
            "official_documents": lambda: self.world.document,
            "official_document_chooser": lambda: self.world.document,
            "wagtailsnippetchoosers_directory_startupprofile": lambda: self.world.waiting,
            **{
                f"wagtailsnippetchoosers_techmart_{kind}": partial(waiting.get, kind)
                for kind in waiting
            },
            "startup_recognitions": lambda: self.world.recognition,
            "startup_recognition_kinds": lambda: self.world.recognition.kind,
            "startup_sectors": lambda: Sector.objects.first(),
            "startup_stages": lambda: Stage.objects.first(),
            "startup_needs": lambda: Need.objects.first(),
            "document_kinds": lambda: self.world.document.kind,
            "document_issuers": lambda: self.world.document.issuer,
            "search_promotions": lambda: PromotionFactory(),
            "search_synonyms": lambda: Synonyms.objects.first(),
            "wagtailsnippets_news_topic": lambda: Topic.objects.first(),
            "calendar_days": lambda: CalendarDay.objects.first(),
            "events_event": lambda: self.world.agenda.event,
            "events_session": lambda: self.world.agenda,
            "events_speaker": lambda: self.world.agenda.speakers.first(),
            "events_eventseries": lambda: self.world.agenda.event.series,
            "events_signup": lambda: self.world.registration.sign_up,
            "events_signupquestion": lambda: self.world.registration.sign_up.questions.first(),
            "spaces_booking": lambda: self.world.desk.request,
            "spaces_space": lambda: self.world.desk.space,
            "spaces_openinghours": lambda: self.world.desk.space.hours.first(),
            "spaces_openingexception": lambda: self.world.desk.space.exceptions.first(),
            "spaces_resource": lambda: self.world.desk.resource,
            "spaces_unit": lambda: self.world.desk.resource.units.first(),
            "spaces_feature": lambda: Feature.objects.first(),
            "spaces_quota": lambda: self.world.desk.space.quotas.first(),
            "spaces_houserules": lambda: self.world.desk.space.rules.first(),
            "spaces_closure": lambda: self.world.desk.closure,
            "wagtailusers_users": lambda: self.world.people["founder"],
            "wagtailusers_groups": lambda: Group.objects.first(),
        }
        space = name.partition(":")[0]
        return {"pk": rows[space]().pk} if space in rows else {}


@cache
def _routes() -> dict[str, str]:
    return {one.name: one.route for one in addresses()}

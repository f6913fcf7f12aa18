"""Every screen of the demo season that a person may look at: where it is and who sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from competitions.calls.models import Competition, EntryForm, RoundTrack
from competitions.entries import teaming
from competitions.entries.models import Entry
from competitions.judging import inviting
from competitions.judging.models import Judge, PublishedRow, ResultDecision, Scorecard
from events.programme.models import Certificate, EventsPage, Registration, SignUp
from events.techmart.models import (
    ConnectionRequest,
    Demand,
    Expert,
    MarketPage,
    Need,
    Offer,
    Outcome,
    Supplier,
)
from portal.accounts.models import Membership, User
from portal.core.models import Notice
from portal.news.models import ArticlePage
from startups.coworking import walls
from startups.coworking.models import Booking, SpacePage
from startups.directory.models import DirectoryPage, StartupProfile
from tests.e2e.mails import link_to
from tests.factories.entries import EntryFactory


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: its name in pictures, its path, who looks at it, and what it is."""

    name: str
    path: str
    user: User | None = None
    status: int = 200
    back_office: bool = False


def public_screens() -> Iterator[Screen]:
    """What everybody reads without signing in."""
    article = ArticlePage.objects.live().filter(locale__language_code="vi").first()
    yield Screen("home", "/")
    yield Screen("home-en", "/en/")
    yield Screen("news", "/tin-tuc/")
    yield Screen("article", article.url)
    yield Screen("competitions", "/cuoc-thi/")
    for competition in Competition.objects.order_by("pk"):
        yield Screen(f"competition-{competition.pk}", _page_of(competition))
    judged = _judged("published")
    yield Screen("results", f"{_page_of(judged)}ket-qua/")
    decision = ResultDecision.objects.filter(round_track__round__competition=judged).first()
    yield Screen("verification", f"{_page_of(judged)}ket-qua/kiem-chung/{decision.pk}/")
    yield Screen("contact", "/lien-he/")
    yield Screen("ask", reverse("enquiries:ask"))
    yield Screen("request-information", reverse("enquiries:request_information"))
    yield Screen("organisation", "/to-chuc/")
    yield Screen("site-map", "/so-do-cong/")
    yield Screen("search", "/tim-kiem/")
    yield Screen("search-found", "/tim-kiem/?q=mang+cau")
    yield Screen("search-nothing", "/tim-kiem/?q=qwxz")
    yield Screen("login", reverse("account_login"))
    yield Screen("login-by-code", reverse("account_request_login_code"))
    yield Screen("signup", reverse("account_signup"))
    yield Screen("password-reset", reverse("account_reset_password"))
    yield Screen("terms", reverse("accounts:terms"))
    yield Screen("judges-welcome", reverse("judging:desk"))
    yield Screen("outbox", reverse("core:outbox"))
    yield Screen("missing", "/khong-co-trang-nay/", status=404)


def _page_of(competition: Competition) -> str:
    return f"/cuoc-thi/{competition.code_prefix.lower()}/"


def _judged(state: str) -> Competition:
    """A competition with a round in this state."""
    found = RoundTrack.objects.filter(state=state).select_related("round__competition").first()
    assert found is not None, f"the demo has no round in the state {state}"
    return found.round.competition


def own_screens() -> Iterator[Screen]:
    """What somebody with an account has about themselves."""
    owner = Membership.objects.filter(role=Membership.Role.OWNER).select_related("user").first()
    assert owner is not None
    person = owner.user
    yield Screen("workspace", reverse("workspace:home"), person)
    yield Screen("notices", reverse("core:notices"), person)
    yield Screen("notice-settings", reverse("core:notice_preferences"), person)
    yield Screen("profile", reverse("accounts:profile"), person)
    yield Screen("email", reverse("account_email"), person)
    yield Screen("password", reverse("account_change_password"), person)
    yield Screen("second-factor", reverse("mfa_index"), person)
    yield Screen("sessions", reverse("usersessions_list"), person)
    yield Screen("logout", reverse("account_logout"), person)
    yield Screen("organisations", reverse("accounts:organisations"), person)
    yield Screen("organisation-new", reverse("accounts:organisation_create"), person)
    for name in ("organisation", "organisation_change", "invite", "hand_over"):
        yield Screen(name, reverse(f"accounts:{name}", args=[owner.organisation_id]), person)
    notice = Notice.objects.order_by("pk").last()
    if notice is not None:
        yield Screen("notice", reverse("core:open_notice", args=[notice.pk]), notice.recipient)


def founder_screens() -> Iterator[Screen]:
    """A draft with all its parts, and entries that were handed in."""
    draft = Entry.objects.filter(state=Entry.State.DRAFT).order_by("pk").first()
    assert draft is not None
    founder = draft.captain
    yield Screen("entries", reverse("entries:list"), founder)
    yield Screen("entry-new", reverse("entries:start", args=[draft.competition_id]), founder)
    yield Screen("entry-draft", reverse("entries:entry", args=[draft.key]), founder)
    for name in ("basics", "team", "review", "withdraw"):
        yield Screen(f"entry-{name}", reverse(f"entries:{name}", args=[draft.key]), founder)
    for section in draft.form.sections.order_by("order"):
        path = reverse("entries:section", args=[draft.key, section.pk])
        yield Screen(f"entry-section-{section.order}", path, founder)
    for state in (Entry.State.ELIGIBLE, Entry.State.INELIGIBLE, Entry.State.WITHDRAWN):
        entry = Entry.objects.filter(state=state).order_by("-pk").first()
        if entry is not None:
            path = reverse("entries:entry", args=[entry.key])
            yield Screen(f"entry-{state}", path, entry.captain)
    yield Screen("receipt", reverse("entries:receipt", args=[entry.key]), entry.captain)
    row = PublishedRow.objects.select_related("entry__captain").order_by("rank").first()
    assert row is not None
    path = reverse("judging:feedback", args=[row.entry.key])
    yield Screen("feedback", path, row.entry.captain)


def lately_screens() -> Iterator[Screen]:
    """What the demo's season has passed by: an invitation, a named member, a request."""
    officer = User.objects.get(email="chuyenvien@demo.example")
    marking = RoundTrack.objects.filter(state=RoundTrack.State.MARKING).first()
    assert marking is not None
    invited = inviting.invite(marking, "moi@demo.example", "Trần Thị Mời", by=officer)
    yield Screen("accept", reverse("judging:accept", args=[invited.pk]), invited.user)
    draft = Entry.objects.filter(state=Entry.State.DRAFT).order_by("pk").first()
    assert draft is not None
    teaming.name_member(draft, draft.captain, full_name="Lê Văn Tên", email="ten@demo.example")
    yield Screen("consent", urlsplit(link_to("ten@demo.example", "/consent/")).path)
    asked = EntryFactory(asked=True)
    yield Screen("entry-asked", reverse("entries:entry", args=[asked.key]), asked.captain)
    yield Screen("forbidden", reverse("wagtailadmin_home"), asked.captain, status=403)


def judge_screens() -> Iterator[Screen]:
    """A desk in the middle of marking."""
    seat = (
        Judge.objects.filter(
            round_track__state=RoundTrack.State.MARKING,
            scorecards__state=Scorecard.State.STARTED,
        )
        .select_related("user")
        .first()
    )
    assert seat is not None, "nobody in the demo is in the middle of marking"
    yield Screen("desk", reverse("judging:desk"), seat.user)
    yield Screen("totals", reverse("judging:totals", args=[seat.pk]), seat.user)
    started = Scorecard.State.STARTED
    for state in (Scorecard.State.ASSIGNED, started, Scorecard.State.COMPLETE):
        card = seat.scorecards.filter(state=state).first()
        if card is not None:
            yield Screen(f"sheet-{state}", reverse("judging:scorecard", args=[card.key]), seat.user)
    card = seat.scorecards.filter(state=started).first()
    yield Screen("sheet-give-back", reverse("judging:give_back", args=[card.key]), seat.user)


def office_screens() -> Iterator[Screen]:
    """Our own screens in the back office; Wagtail's are Wagtail's."""
    officer = User.objects.get(email="chuyenvien@demo.example")
    competition = _judged("marking")
    form = EntryForm.objects.filter(competition=competition).first()
    entry = Entry.objects.filter(competition=competition, state=Entry.State.ELIGIBLE).first()
    assert form is not None
    assert entry is not None
    pages = {
        "office-calls": reverse("calls_admin:overview", args=[competition.pk]),
        "office-form": reverse("calls_admin:form", args=[form.pk]),
        "office-entries": reverse("entries_admin:list"),
        "office-dossier": reverse("entries_admin:entry", args=[entry.pk]),
        "office-judging": reverse("judging_admin:index"),
        "office-enquiries": reverse("enquiries_admin:list"),
        "office-season": reverse("season_admin:board", args=[competition.pk]),
    }
    marking = RoundTrack.objects.filter(state=RoundTrack.State.MARKING).first()
    published = RoundTrack.objects.filter(state=RoundTrack.State.PUBLISHED).first()
    assert marking is not None
    assert published is not None
    for tab in ("panel", "assign", "progress", "ranking"):
        pages[f"office-{tab}"] = reverse(f"judging_admin:{tab}", args=[marking.pk])
    for tab in ("decide", "result"):
        pages[f"office-{tab}"] = reverse(f"judging_admin:{tab}", args=[published.pk])
    yield Screen("design", reverse("design_system"), officer)
    for name, path in pages.items():
        yield Screen(name, path, officer, back_office=True)


def space_screens() -> Iterator[Screen]:
    """Co-working: what everybody sees, what people who book see, and the front desk."""
    page = SpacePage.objects.live().get(locale__language_code="vi")
    space = page.space
    yield Screen("spaces", page.get_parent().url)
    yield Screen("space", page.url)
    yield Screen("space-en", SpacePage.objects.get(locale__language_code="en").url)
    yield Screen("space-plan", f"{page.url}so-do/")
    yield Screen("space-grid", f"{page.url}luoi/")
    for slug in ("ban-lam-viec", "hoi-truong"):
        yield Screen(f"space-{slug}", f"{page.url}{page.path_of(slug)}")
    yield Screen("wall", walls.address_of(space))
    habit = Booking.objects.filter(series__isnull=False, state="confirmed").first()
    assert habit is not None
    founder = habit.person
    yield Screen("bookings", reverse("coworking:list"), founder)
    yield Screen("bookings-past", f"{reverse('coworking:list')}?view=past", founder)
    yield Screen("feeds", reverse("coworking:feeds"), founder)
    new = f"{reverse('coworking:new')}?resource={habit.resource_id}"
    yield Screen("booking-new", f"{new}&day=2026-11-30&starts=13:30&ends=15:00", founder)
    for name in ("booking", "change", "cancel", "weekly"):
        yield Screen(f"booking-{name}", reverse(f"coworking:{name}", args=[habit.key]), founder)
    here = Booking.objects.filter(state="checked_in", person__isnull=False).first()
    assert here is not None, "nobody is in the demo's space at ten in the morning"
    yield Screen("booking-here", reverse("coworking:booking", args=[here.key]), here.person)
    yield Screen("booking-stay", reverse("coworking:stay", args=[here.key]), here.person)
    yield Screen("here", reverse("coworking:desk_code", args=[here.unit.desk_code]), here.person)
    month = [habit.organisation_id, 2026, 11]
    yield Screen("statement", reverse("coworking:statement", args=month), founder)
    clerk = User.objects.get(email="letan@demo.example")
    for name in (
        *("today", "day_list", "inbox", "book", "closures", "strikes", "plan", "cards"),
        *("numbers", "import", "display"),
    ):
        yield Screen(f"desk-{name}", reverse(f"coworking_desk:{name}", args=[space.slug]), clerk)
    request = Booking.objects.filter(state="pending").first()
    closure = space.closures.first()
    assert request is not None
    assert closure is not None
    yield Screen("desk-decline", reverse("coworking_desk:decline", args=[request.key]), clerk)
    yield Screen("desk-seat", reverse("coworking_desk:seat", args=[here.key]), clerk)
    yield Screen("desk-closure", reverse("coworking_desk:closure", args=[closure.pk]), clerk)
    yield Screen("desk-cancel", reverse("coworking:cancel", args=[habit.key]), clerk)


def event_screens() -> Iterator[Screen]:
    """The calendar of events in its four views, and events of each kind of state."""
    index = EventsPage.objects.live().get(locale__language_code="vi")
    yield Screen("events", index.url)
    yield Screen("events-en", EventsPage.objects.get(locale__language_code="en").url)
    yield Screen("events-none", f"{index.url}?q=qwxz")
    for view in ("month", "days", "past"):
        yield Screen(f"events-{view}", f"{index.url}{index.reverse_subpage(view)}")
    pages = index.pages()
    fair = pages.filter(event__kind="fair").last()
    off = pages.exclude(event__called_off_because="").first()
    assert fair is not None
    assert off is not None
    yield Screen("event", fair.url)
    yield Screen("event-off", off.url)
    yield Screen("event-series", index.series_address(fair.event.series, index.url))
    yield from _registration_screens()


def _registration_screens() -> Iterator[Screen]:
    """Registering for events, and their desk."""
    asked = SignUp.objects.filter(questions__isnull=False).first()
    assert asked is not None
    register = reverse("registrations:register", args=[asked.event.key])
    company = User.objects.get(email="congty3@demo.example")
    yield Screen("register", register)
    yield Screen("register-company", register, company)
    for state in ("confirmed", "waiting", "offered", "pending", "cancelled"):
        one = Registration.objects.filter(state=state).order_by("pk").last()
        assert one is not None, state
        yield Screen(f"registration-{state}", reverse("registrations:one", args=[one.key]))
    confirmed = Registration.objects.filter(state="confirmed", person__isnull=False).first()
    assert confirmed is not None
    yield Screen("registration-cancel", reverse("registrations:cancel", args=[confirmed.key]))
    yield Screen("events-mine", reverse("registrations:mine"), confirmed.person)
    clerk = User.objects.get(email="letan@demo.example")
    officer = User.objects.get(email="chuyenvien@demo.example")
    yield Screen("event-desk", reverse("event_desk:home"), clerk)
    here = Registration.objects.filter(attended_at__isnull=False).first()
    pending = Registration.objects.filter(state="pending").first()
    assert here is not None
    assert pending is not None
    certificates = reverse("event_desk:certificates", args=[here.event.key])
    yield Screen("event-desk-certificates", certificates, officer)
    yield Screen("certificate-check", reverse("certificates:check"))
    for name, made in (
        ("valid", Certificate.objects.filter(revoked_at__isnull=True).first()),
        ("revoked", Certificate.objects.filter(revoked_at__isnull=False).first()),
    ):
        assert made is not None, name
        yield Screen(f"certificate-{name}", reverse("certificates:one", args=[made.code]))
        own = reverse("registrations:one", args=[made.registration.key])
        yield Screen(f"registration-certified-{name}", own)
    wrong = reverse("certificates:one", args=["CN-2026-0001-222222"])
    yield Screen("certificate-wrong", wrong, status=404)
    yield Screen("event-desk-here", reverse("event_desk:event", args=[here.event.key]), clerk)
    approve = reverse("event_desk:event", args=[pending.event.key]) + "?view=pending"
    yield Screen("event-desk-approve", approve, officer)
    yield Screen("event-desk-used", reverse("event_desk:ticket", args=[here.code]), clerk)
    yield Screen("event-desk-ticket", reverse("event_desk:ticket", args=[confirmed.code]), clerk)
    invited = SignUp.objects.filter(invitation_only=True).first()
    assert invited is not None
    invite = reverse("event_desk:invite", args=[invited.event.key])
    yield Screen("event-desk-invite", invite, officer)


def startup_screens() -> Iterator[Screen]:
    """The directory, and a profile in the hands of its startup."""
    index = DirectoryPage.objects.live().get(locale__language_code="vi")
    profile = StartupProfile.objects.shown().filter(team__isnull=False).first()
    assert profile is not None
    yield Screen("startups", index.url)
    yield Screen("startups-en", DirectoryPage.objects.get(locale__language_code="en").url)
    yield Screen("startups-none", f"{index.url}?q=qwxz")
    yield Screen("startup", index.address_of(profile.standing.slug, index.url))
    organisation = profile.standing.organisation
    owner = organisation.memberships.filter(role=Membership.Role.OWNER).first().user
    for name in ("profile", "edit", "preview"):
        path = reverse(f"directory:{name}", args=[organisation.pk])
        yield Screen(f"startup-{name}", path, owner)


def market_screens() -> Iterator[Screen]:
    """The technology market as everybody reads it."""
    market = MarketPage.objects.live().get(locale__language_code="vi")
    english = MarketPage.objects.live().get(locale__language_code="en")
    base = market.url
    yield Screen("market", base)
    yield Screen("market-en", english.url)
    offers = market.list_address("offers", base)
    yield Screen("offers", offers)
    yield Screen("offers-en", english.list_address("offers", english.url))
    yield Screen("offers-found", f"{offers}?q=nuoc+thai+mi&loai=cong-nghe&sap-xep=hoan-von")
    yield Screen("offers-near", f"{offers}?q=bo+xoai+nuoc+thai+xe+may")
    yield Screen("offers-none", f"{offers}?q=qwxz")
    named = Offer.objects.public().filter(pictures__isnull=False, standing__anonymous=False)
    hidden = Offer.objects.public().filter(standing__anonymous=True)
    for name, record in (("offer", named.first()), ("offer-hidden", hidden.first())):
        assert record is not None
        yield Screen(name, market.address_of("offer", record.standing.slug, base))
    four = "&".join(
        f"o={one.standing.slug}" for one in Offer.objects.public().select_related("standing")[:4]
    )
    yield Screen("compare", f"{base}{market.reverse_subpage('compare')}?{four}")
    models: tuple[tuple[str, type[Any]], ...] = (
        ("demand", Demand),
        ("expert", Expert),
        ("supplier", Supplier),
    )
    for route, model in models:
        yield Screen(f"{route}s", market.list_address(f"{route}s", base))
        record = model.objects.public().first()
        yield Screen(route, market.address_of(route, record.standing.slug, base))
    for route in ("voice_need", "call_back", "results"):
        yield Screen(f"market-{route.replace('_', '-')}", f"{base}{market.reverse_subpage(route)}")
    receipt = market.reverse_subpage("need_receipt", args=[Need.objects.latest("pk").key])
    yield Screen("need-receipt", f"{base}{receipt}")


def market_work_screens() -> Iterator[Screen]:
    """The market in the hands of owners, of those who ask, and of the office."""
    offer = Offer.objects.public().filter(pictures__isnull=False).first()
    expert = Expert.objects.public().filter(standing__person__isnull=False).first()
    assert offer is not None
    assert expert is not None
    owner = offer.standing.organisation.memberships.get(role=Membership.Role.OWNER).user
    yield Screen("market-records", reverse("techmart:records"), owner)
    yield Screen("market-new", reverse("techmart:new"), owner)
    yield Screen("market-confirm", reverse("techmart:confirm"), owner)
    for kind, record, person in (
        ("offer", offer, owner),
        ("expert", expert, expert.standing.person),
    ):
        for name in ("record", "edit", "preview", "close"):
            path = reverse(f"techmart:{name}", args=[kind, record.pk])
            yield Screen(f"market-{kind}-{name}", path, person)
    consents = reverse("techmart:consents", args=[expert.pk])
    yield Screen("market-consents", consents, expert.standing.person)
    searched = reverse("techmart:searches") + "?q=q%3Dn%25C6%25B0%25E1%25BB%259Bc"
    yield Screen("market-searches", searched, owner)
    yield from _connection_screens()


def _connection_screens() -> Iterator[Screen]:
    requests = ConnectionRequest.objects.select_related("asker", "offer__standing__organisation")
    waiting = requests.get(state="passed_on")
    answers = waiting.offer.standing.organisation.memberships.get(role=Membership.Role.OWNER).user
    talked = requests.get(state="accepted")
    yield Screen("connections", reverse("techmart_connections:list"), waiting.asker)
    yield Screen("connections-came", f"{reverse('techmart_connections:list')}?tab=came", answers)
    for name, one, person in (
        ("answer", waiting, answers),
        ("waits", waiting, waiting.asker),
        ("open", talked, talked.asker),
    ):
        path = reverse("techmart_connections:request", args=[one.key])
        yield Screen(f"connection-{name}", path, person)
    other = Offer.objects.public().exclude(connections__asker=talked.asker).first()
    assert other is not None
    ask = reverse("techmart_connections:ask", args=["offer", other.standing.slug])
    yield Screen("connection-ask", ask, talked.asker)
    officer = User.objects.get(email="chuyenvien@demo.example")
    home = reverse("techmart_desk:home")
    yield Screen("market-desk", home, officer)
    yield Screen("market-desk-needs", f"{home}?tab=needs", officer)
    for state in ("new", "received", "negotiating", "failed"):
        request = requests.filter(state=state).first()
        assert request is not None
        path = reverse("techmart_desk:connection", args=[request.key])
        yield Screen(f"market-desk-{state}", path, officer)
    for state in ("new", "in_hand", "answered"):
        need = Need.objects.filter(state=state).first()
        assert need is not None
        yield Screen(
            f"market-need-{state}", reverse("techmart_desk:need", args=[need.key]), officer
        )
    for name in ("enter_need", "outcomes", "record_outcome", "numbers"):
        path = reverse(f"techmart_desk:{name}")
        yield Screen(f"market-{name.replace('_', '-')}", path, officer)
    outcome = Outcome.objects.filter(approved_at__isnull=True).first()
    assert outcome is not None
    director = User.objects.get(email="lanhdao@demo.example")
    yield Screen("market-outcome", reverse("techmart_desk:outcome", args=[outcome.key]), director)
    correct = reverse("techmart_desk:correct_outcome", args=[outcome.key])
    yield Screen("market-outcome-correct", correct, officer)

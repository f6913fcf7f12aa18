"""Every screen of the demo season that a person may look at: where it is and who sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse

from competitions.calls.models import Competition, EntryForm, RoundTrack
from competitions.entries import teaming
from competitions.entries.models import Entry
from competitions.judging import inviting
from competitions.judging.models import Judge, PublishedRow, ResultDecision, Scorecard
from portal.accounts.models import Membership, User
from portal.core.models import Notice
from portal.news.models import ArticlePage
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

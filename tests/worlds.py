"""A small complete world: everybody, and one of everything that has to be guarded.

`build()` takes about a second and goes through the portal's own verbs. Call it in a TestCase's
`setUpTestData`, so that all tests of a class share one world:

    open        a competition taking entries: the founder's draft with a file, the stranger's draft
    marking     a round being judged: two dossiers, one seat with one sheet each, one invited seat
    deciding    a round whose decision waits for approval, with its private file
    published   a round with its result, its public page and feedback
    startup     the draft of the founder's organisation; another startup is public, one waits
    desk        a space with a request, a no-show, a closure, and one row of each list
"""

import hashlib
import io
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from PIL import Image

from competitions.calls.models import Competition, Criterion, Prize, Question, RoundTrack
from competitions.entries import attaching, commitments, screening, submitting, teaming
from competitions.entries.models import Entry, EntryFile, TeamMember
from competitions.judging import assigning, deciding, publishing, scoring
from competitions.judging.models import EntryInRound, Judge, ResultDecision, Scorecard
from competitions.season.models import CompetitionIndexPage, CompetitionPage
from events.programme.models import Certificate, EventPage, EventsPage, Registration, Session
from events.techmart import alerts, outcomes, relaying, reporting, verifying
from events.techmart.models import (
    ConnectionRequest,
    Expert,
    ImportRun,
    MarketRecord,
    MessageFile,
    Need,
    Offer,
    Outcome,
    ProblemReport,
    SavedSearch,
    VerificationStep,
)
from portal.accounts import organising
from portal.accounts.models import Invitation, Membership, Organisation, User
from portal.core import clock, noticing
from portal.core.models import CalendarDay, Notice, PageImage, PrivateFile, SentMail
from portal.enquiries import asking
from portal.enquiries.models import Enquiry
from portal.news.models import ArticlePage, NewsIndexPage, Topic
from portal.pages.founding import found_site
from portal.pages.models import (
    ContactPage,
    DepartmentUnit,
    HomePage,
    Officer,
    OrganisationPage,
    SiteMapPage,
    StandardPage,
)
from portal.regulations.models import OfficialDocument, RegulationsIndexPage
from startups.coworking import feeding, inviting, queueing
from startups.coworking.booking import Wish, book
from startups.coworking.hours import at
from startups.coworking.models import (
    Booking,
    CalendarFeed,
    Closure,
    Feature,
    Guest,
    HouseRules,
    OpeningException,
    OpeningHours,
    Resource,
    Space,
    SpacePage,
    SpacesPage,
    Strike,
    WaitingEntry,
)
from startups.directory.models import DirectoryPage, Recognition, StartupProfile
from tests.factories import connections
from tests.factories import core as files
from tests.factories import directory as startups
from tests.factories import techmart as market
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.coworking import QuotaFactory, ResourceFactory, SpaceFactory
from tests.factories.directory import owner_of
from tests.factories.entries import EntryFactory, OpenCompetitionFactory
from tests.factories.judging import JudgeFactory, JudgingRound, decision_pdf, make_round, person
from tests.factories.programme import EventFactory, SeriesFactory, SessionFactory, SpeakerFactory
from tests.factories.registration import (
    SignUpFactory,
    SignUpQuestionFactory,
    certified,
    registered,
)
from tests.factories.regulations import OfficialDocumentFactory

CONSENT_TOKEN = "bi-mat-cua-thanh-vien"
INVITATION_TOKEN = "bi-mat-cua-loi-moi"
UNKNOWN_KEY = "00000000-0000-4000-8000-000000000000"


@dataclass(slots=True)
class Dossier:
    """An entry with one file and its page picture."""

    entry: Entry
    question: Question
    attached: EntryFile

    @property
    def file(self) -> PrivateFile:
        return self.attached.file


@dataclass(slots=True)
class Desk:
    """A space as its front desk sees it: a request, a no-show, a closure, and what is set up."""

    space: Space
    resource: Resource
    request: Booking
    strike: Strike
    closure: Closure


@dataclass(slots=True)
class Trust:
    """A public offer of the founder's organisation: checked with a paper, and reported."""

    offer: Offer
    step: VerificationStep
    report: ProblemReport
    search: SavedSearch


@dataclass(slots=True)
class Connected:
    """What the founder's organisation asked about somebody's offer, and what the office keeps."""

    request: ConnectionRequest
    file: MessageFile
    asked: Offer
    need: Need
    outcome: Outcome
    imported: ImportRun


@dataclass(slots=True)
class World:
    """Everything by name; `people` by what they are here."""

    home: HomePage
    people: dict[str, User] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    open: Competition = None  # type: ignore[assignment]
    draft: Dossier = None  # type: ignore[assignment]
    member: TeamMember = None  # type: ignore[assignment]
    marking: RoundTrack = None  # type: ignore[assignment]
    handed_in: Dossier = None  # type: ignore[assignment]
    other: Dossier = None  # type: ignore[assignment]
    card: Scorecard = None  # type: ignore[assignment]
    seat: Judge = None  # type: ignore[assignment]
    invited: Judge = None  # type: ignore[assignment]
    deciding: JudgingRound = None  # type: ignore[assignment]
    decision: ResultDecision = None  # type: ignore[assignment]
    published: JudgingRound = None  # type: ignore[assignment]
    organisation: Organisation = None  # type: ignore[assignment]
    membership: Membership = None  # type: ignore[assignment]
    request: Membership = None  # type: ignore[assignment]
    invitation: Invitation = None  # type: ignore[assignment]
    notice: Notice = None  # type: ignore[assignment]
    mail: SentMail = None  # type: ignore[assignment]
    enquiry: Enquiry = None  # type: ignore[assignment]
    document: OfficialDocument = None  # type: ignore[assignment]
    startup: StartupProfile = None  # type: ignore[assignment]
    waiting: StartupProfile = None  # type: ignore[assignment]
    recognition: Recognition = None  # type: ignore[assignment]
    desk: "Desk" = None  # type: ignore[assignment]
    booking: Booking = None  # type: ignore[assignment]
    queued: WaitingEntry = None  # type: ignore[assignment]
    guest: Guest = None  # type: ignore[assignment]
    feed: CalendarFeed = None  # type: ignore[assignment]
    feed_token: str = ""
    trust: "Trust" = None  # type: ignore[assignment]
    market: "Market" = None  # type: ignore[assignment]
    connected: Connected = None  # type: ignore[assignment]
    agenda: Session = None  # type: ignore[assignment]
    """A line of it, with a speaker, in an event of a series."""
    registration: Registration = None  # type: ignore[assignment]
    certificate: Certificate = None  # type: ignore[assignment]


def build() -> World:
    """The whole world."""
    world = World(home=found_site("testserver", 80))
    files.UnitFactory()
    Topic.objects.create(label="Khởi nghiệp", label_en="Startups", slug="khoi-nghiep")
    _people(world)
    _open_competition(world)
    _marking(world)
    _results(world)
    _organisation(world)
    _startups(world)
    world.trust = _trust(world)
    world.market = _market(world)
    world.connected = _connected(world)
    _notices(world)
    _enquiry(world)
    _department()
    world.document = OfficialDocumentFactory(subject="Quy chế của cuộc thi")
    _space(world)
    world.agenda = _agenda()
    world.registration = _registration(world)
    world.certificate = certified()
    _pages(world)
    world.desk = _desk(world)
    return world


def _people(world: World) -> None:
    names = {
        "founder": "Lê Thị Hạnh",
        "mate": "Phan Văn Đồng",
        "stranger": "Trịnh Công Khác",
        "judge": "Giáo sư Có Việc",
        "other_judge": "Giáo sư Phiếu Khác",
        "outside_judge": "Giáo sư Chưa Phân Công",
        "invited_judge": "Giáo sư Mới Mời",
    }
    for name, full_name in names.items():
        world.people[name] = person(full_name=full_name, email=f"{name}@demo.example")
    for role in ("officer", "director", "editor", "front_desk", "administrator"):
        world.people[role] = person(**{role: True}, email=f"{role}@demo.example")


def _department() -> None:
    unit = DepartmentUnit.objects.create(name="Sở Khoa học và Công nghệ", duties="Tham mưu.")
    Officer.objects.create(unit=unit, full_name="Lê Thị Giám", position="Giám đốc")


def _enquiry(world: World) -> None:
    facts = {
        "full_name": "Trần Kín Tiếng",
        "email": "kin.tieng@demo.example",
        "subject": "Hỏi riêng",
        "text": "Nội dung chỉ Sở được đọc.",
    }
    world.enquiry = asking.ask(Enquiry.Kind.QUESTION, facts, None)


def _open_competition(world: World) -> None:
    world.open = OpenCompetitionFactory(created_by=world.people["officer"])
    world.draft = dossier(world.open, world.people["founder"], "Máy sấy mãng cầu")
    world.member = teaming.name_member(
        world.draft.entry,
        world.people["founder"],
        full_name="Đỗ Kín Đáo",
        email="do.kin.dao@demo.example",
        role="Kỹ thuật",
    )
    hashed = hashlib.sha256(CONSENT_TOKEN.encode()).hexdigest()
    TeamMember.objects.filter(pk=world.member.pk).update(token_hash=hashed)
    EntryFactory(competition=world.open, captain=world.people["stranger"], filled=True)


def dossier(competition: Competition, captain: User, title: str) -> Dossier:
    """A filled draft with one PDF whose only page is drawn."""
    entry = EntryFactory(competition=competition, captain=captain, title=title, filled=True)
    question = Question.objects.get(section__form=entry.form, key="tai-lieu")
    Question.objects.filter(pk=question.pk).update(label="Hồ sơ năng lực của nhóm")
    upload = files.upload("Kế hoạch kinh doanh.pdf", files.pdf())
    attached = attaching.add_file(entry, question, upload, captain)
    picture = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(picture, "WEBP")
    page = PageImage(file=attached.file, number=1, width=40, height=60)
    page.image.save("1.webp", ContentFile(picture.getvalue()))
    PrivateFile.objects.filter(pk=attached.file_id).update(pages_state="ready", page_count=1)
    return Dossier(entry, question, attached)


def _marking(world: World) -> None:
    officer = world.people["officer"]
    competition = OpenCompetitionFactory(created_by=officer)
    world.handed_in = dossier(competition, world.people["founder"], "Bã mía thành giấy")
    world.other = dossier(competition, world.people["stranger"], "Phân bón từ lục bình")
    for made in (world.handed_in, world.other):
        submitting.submit(made.entry, made.entry.captain, commitments.ASKED)
        made.entry.refresh_from_db()
        screening.mark_eligible(made.entry, officer)
        made.entry.refresh_from_db()
    moment = clock.now()
    world.marking = RoundTrack.objects.get(track=world.handed_in.entry.track)
    RoundTrack.objects.filter(pk=world.marking.pk).update(
        closes_at=moment - timedelta(days=2),
        marking_opens_at=moment - timedelta(days=1),
        marking_closes_at=moment + timedelta(days=7),
        judges_per_entry=1,
    )
    for title, maximum in (("Tính mới", 60), ("Thị trường", 40)):
        Criterion.objects.create(round_track=world.marking, title=title, maximum=maximum)
    Prize.objects.create(track=world.handed_in.entry.track, title="Giải Nhất", amount=50_000_000)
    _panel(world)


def _panel(world: World) -> None:
    officer, people = world.people["officer"], world.people
    facts = {"round_track": world.marking, "invited_by": officer}
    world.seat = JudgeFactory(user=people["judge"], accepted=True, **facts)
    second = JudgeFactory(user=people["other_judge"], accepted=True, **facts)
    JudgeFactory(user=people["outside_judge"], accepted=True, **facts)
    world.invited = JudgeFactory(user=people["invited_judge"], **facts)
    assigning.assign(world.seat, [world.handed_in.entry], officer)
    assigning.assign(second, [world.other.entry], officer)
    scoring.open_marking(world.marking, officer)
    world.marking.refresh_from_db()
    world.card = Scorecard.objects.get(judge=world.seat)
    first = world.marking.criteria.first()
    scoring.save(
        world.card, people["judge"], world.card.version, {first.pk: Decimal(30)}, "Cần số liệu."
    )


def _results(world: World) -> None:
    world.deciding = _decided_round("KD2026")
    world.decision = _prepared(world.deciding)
    publishing.propose(world.decision, world.deciding.officer)
    world.published = _decided_round("KC2025")
    published = _prepared(world.published)
    publishing.propose(published, world.published.officer)
    published.refresh_from_db()
    publishing.approve(published, world.people["director"])
    published.refresh_from_db()
    publishing.publish(published, world.published.officer)


def _decided_round(prefix: str) -> JudgingRound:
    made = make_round(prefix=prefix, judges=1, entries=1)
    made.assign_all()
    made.open()
    made.score_all()
    made.close()
    prize = made.track.prizes.first()
    outcomes = {made.entries[0].pk: (EntryInRound.State.ADVANCED, prize.pk)}
    deciding.decide(made.round_track, outcomes, made.officer)
    deciding.settle(made.round_track, made.officer)
    made.round_track.refresh_from_db()
    return made


def _prepared(made: JudgingRound) -> ResultDecision:
    today = clock.today()
    return publishing.prepare(
        made.round_track, "12/QĐ-UBND", today, "Nguyễn Thị Ký", decision_pdf(), made.officer
    )


def _organisation(world: World) -> None:
    founder, mate = world.people["founder"], world.people["mate"]
    world.organisation = OrganisationFactory(owner=founder, name="Công ty TNHH Mía Giấy")
    world.membership = MembershipFactory(user=mate, organisation=world.organisation)
    asker = person(full_name="Vũ Xin Vào")
    world.request = organising.ask_to_join(world.organisation, by=asker)
    world.invitation = organising.invite(world.organisation, "dong.nghiep@demo.example", by=founder)
    hashed = organising.token_hash(INVITATION_TOKEN)
    Invitation.objects.filter(pk=world.invitation.pk).update(token_hash=hashed)


def _startups(world: World) -> None:
    world.startup = startups.draft(world.organisation, name="Mía Giấy")
    shown = startups.public(
        name="Ao Sâu",
        products=({"name": "Bể lọc", "summary": "Lọc nước ao"},),
        team=({"full_name": "Huỳnh Thị Sâu", "role": "Sáng lập"},),
        team_agreed=True,
    )
    world.recognition = startups.recognise(shown)
    world.waiting = startups.sent(name="Đang Chờ")


@dataclass(slots=True)
class Market:
    """The founder's draft of an offer and own record as an expert; others' records that wait."""

    draft: Offer
    expert: Expert
    waiting: dict[str, MarketRecord]


def _market(world: World) -> Market:
    waiting: dict[str, MarketRecord] = {}
    for make in (market.offer, market.demand, market.supplier, market.expert):
        record = make(live=False)
        standing = record.standing
        owner = standing.organisation and owner_of(standing.organisation)
        waiting[record._meta.model_name] = market.sent(record, owner or standing.person)
    draft = market.offer(world.organisation, live=False, title="Lò sấy bã mía kín")
    own = market.expert(world.people["founder"], live=False)
    return Market(draft, own, waiting)


def _connected(world: World) -> Connected:
    officer, founder = world.people["officer"], world.people["founder"]
    request = connections.asked(market.offer(title="Lò hơi đốt bã mía"), founder)
    message = relaying.write(
        request,
        founder,
        "Lời chỉ chuyên viên được đọc.",
        upload=files.upload("Sơ đồ lò kín.pdf", files.pdf()),
    )
    outcome = outcomes.record(
        {
            "kind": "contract",
            "signed_on": clock.today(),
            "giver": "Bên giao kín",
            "receiver": "Bên nhận kín",
            "subject": "Lò hơi đốt bã mía",
            "channel": market.word("channel", "san"),
        },
        officer,
        evidence=files.upload("Hợp đồng kín.pdf", files.pdf()),
    )
    return Connected(
        request,
        message.files.get(),
        market.offer(title="Nồi hơi điện"),
        connections.need(problem="Nhu cầu chỉ Sở được đọc."),
        outcome,
        ImportRun.objects.create(
            kind="offer", state="checked", name="kín.xlsx", source="Excel Sở", started_by=officer
        ),
    )


def _trust(world: World) -> Trust:
    officer, founder = world.people["officer"], world.people["founder"]
    offer = market.offer(world.organisation, title="Ép giấy từ bã mía")
    step = verifying.verify(
        offer,
        officer,
        "documents",
        evidence="Bằng chứng chỉ Sở được đọc.",
        institution="Sở KH&CN",
        on_day=clock.today(),
        upload=files.upload("Biên bản kín.pdf", files.pdf()),
    )
    report = reporting.report(offer, "wrong", "Lời báo sai chỉ Sở được đọc.")
    search = alerts.save(founder, "Bã mía của tôi", "q=bã mía", "week")
    return Trust(offer, step, report, search)


def _notices(world: World) -> None:
    founder = world.people["founder"]
    found = founder.notices.first()
    if found is None:
        kind = "result_published"
        (found,) = noticing.tell([founder], kind, subject="Có kết quả", body="Mời xem.", url="/")
    world.notice = found
    world.mail = SentMail.objects.create(
        to="ai-do@demo.example",
        subject="Mã dành cho bạn",
        text="Mã: 123-456",
        html="<p>Mã: 123-456</p>",
    )


def _space(world: World) -> None:
    """A room: the founder's booking in two days; for the stranger's the founder waits."""
    founder, stranger = world.people["founder"], world.people["stranger"]
    room = ResourceFactory(name="Phòng họp Kín", bookers=Resource.Bookers.ANYBODY)
    OpeningHours.objects.filter(space=room.space).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(space=room.space, weekday=day, opens=time(7), closes=time(19))
        for day in range(7)
    )
    day = clock.today() + timedelta(days=2)
    hours = [at(day, time(hour)) for hour in (8, 10, 12)]
    world.booking = book(
        Wish(room, hours[0], hours[1], purpose="Việc kín của nhóm"),
        person=founder,
        organisation=world.organisation,
    )
    world.guest = inviting.invite(world.booking, name="Khách kín", by=founder)
    taken = Wish(room, hours[1], hours[2])
    book(taken, person=stranger, organisation=None)
    world.queued = queueing.join(taken, person=founder, organisation=None)
    world.feed, world.feed_token = feeding.open_feed(world.organisation, by=founder)


def _agenda() -> Session:
    event = EventFactory(title="Hội thảo chanh", series=SeriesFactory())
    line: Session = SessionFactory(event=event)
    line.speakers.add(SpeakerFactory())
    return line


def _registration(world: World) -> Registration:
    sign_up = SignUpFactory(event=world.agenda.event)
    SignUpQuestionFactory(sign_up=sign_up, required=False)
    return registered(sign_up)


def _pages(world: World) -> None:
    """One live page of each kind below the home page; `world.pages` has their addresses."""
    contact = ContactPage(title="Liên hệ", slug="lien-he", summary="Gọi hoặc viết cho chúng tôi.")
    about = StandardPage(title="Giới thiệu", slug="gioi-thieu", summary="Về cổng thông tin.")
    news = NewsIndexPage(title="Tin tức", slug="tin-tuc", summary="Tin của Sở.")
    seasons = CompetitionIndexPage(title="Cuộc thi", slug="cuoc-thi", summary="Các mùa thi.")
    chart = OrganisationPage(title="Tổ chức bộ máy", slug="to-chuc", summary="Các đơn vị.")
    site_map = SiteMapPage(title="Sơ đồ Cổng", slug="so-do", summary="Mọi trang.")
    documents = RegulationsIndexPage(title="Văn bản", slug="van-ban", summary="Văn bản của Sở.")
    directory = DirectoryPage(title="Khởi nghiệp", slug="khoi-nghiep", summary="Ai đang làm gì.")
    spaces = SpacesPage(title="Không gian", slug="khong-gian", summary="Nơi làm việc.")
    events = EventsPage(title="Sự kiện", slug="su-kien", summary="Hội thảo, tập huấn.")
    made = (contact, about, news, seasons, chart, site_map, documents, directory, spaces, events)
    for page in made:
        world.home.add_child(instance=page)
    news.add_child(
        instance=ArticlePage(
            title="Khai mạc mùa thi", slug="khai-mac", summary="Mùa thi mới bắt đầu hôm nay."
        )
    )
    space = world.booking.resource.space
    spaces.add_child(
        instance=SpacePage(title=space.name, slug="phong-hop", summary="Phòng.", space=space)
    )
    event = world.agenda.event
    events.add_child(
        instance=EventPage(title=event.title, slug="hoi-thao", summary="Mời dự.", event=event)
    )
    records = {
        "open": world.open,
        "marking": world.marking.round.competition,
        "published": world.published.competition,
    }
    for slug, record in records.items():
        page = CompetitionPage(
            title=record.title, slug=slug, summary="Một mùa thi.", competition=record
        )
        seasons.add_child(instance=page)
    for page in world.home.get_descendants(inclusive=True).live().specific():
        world.pages[page.slug] = page.get_url()


def _desk(world: World) -> Desk:
    space = SpaceFactory(name="Không gian của Sở", slug="khong-gian")
    resource = ResourceFactory(space=space, hall=True)
    moment = clock.now()
    facts = {
        "resource": resource,
        "unit": resource.units.get(),
        "person": world.people["founder"],
        "organisation": world.organisation,
        "booked_by": world.people["founder"],
    }
    request = Booking.objects.create(
        code="YEUCAU2",
        state=Booking.State.PENDING,
        starts=moment + timedelta(days=2),
        ends=moment + timedelta(days=2, hours=2),
        answer_by=moment + timedelta(days=1),
        **facts,
    )
    missed = Booking.objects.create(
        code="VANGMAT",
        state=Booking.State.NO_SHOW,
        starts=moment - timedelta(days=2),
        ends=moment - timedelta(days=2) + timedelta(hours=2),
        **facts,
    )
    strike = Strike.objects.create(booking=missed, expires_at=moment + timedelta(days=30))
    closure = Closure.objects.create(
        space=space,
        starts=moment + timedelta(days=9),
        ends=moment + timedelta(days=10),
        reason="Sửa điện",
        announced_by=world.people["officer"],
    )
    Feature.objects.create(label="Màn hình")
    QuotaFactory(space=space)
    OpeningException.objects.create(space=space, day=clock.today(), reason="Nghỉ")
    HouseRules.objects.create(space=space, version=1, text="Nội quy", valid_from=moment)
    CalendarDay.objects.create(day=clock.today(), name="Ngày nghỉ")
    return Desk(space, resource, request, strike, closure)

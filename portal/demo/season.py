"""The demo's three competitions, lived through by the real verbs with the clock held back."""

import random
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from competitions.calls import announcing, freezing, setting_up
from competitions.calls.models import Competition, Criterion, Question, RoundTrack, Track
from competitions.calls.queries import questions_for
from competitions.entries import applying, attaching, commitments, screening, submitting, teaming
from competitions.entries.models import Entry, TeamMember
from competitions.judging import assigning, deciding, inviting, publishing, scoring
from competitions.judging.models import EntryInRound, Judge, Scorecard
from competitions.judging.standings import standings
from portal.accounts.models import Organisation, User
from portal.core import clock, consenting
from portal.demo import drawing
from portal.demo.content.entries import DRAFTS, EARLIER, IDEA, MARKED, Work
from portal.questions.forms import AnswersForm

SECTORS = {
    "food": "nong-nghiep",
    "agritech": "nong-nghiep",
    "aquaculture": "nong-nghiep",
    "materials": "moi-truong",
    "environment": "moi-truong",
    "energy": "moi-truong",
    "biotech": "moi-truong",
    "tourism": "du-lich",
    "software": "cong-nghe-so",
    "commerce": "cong-nghe-so",
    "education": "giao-duc",
}
COMMENTS = (
    "Bài toán rõ, nhóm hiểu khách hàng. Nên làm rõ hơn chi phí khi mở rộng.",
    "Giải pháp gọn, số liệu thử nghiệm đáng tin. Cần kế hoạch sở hữu trí tuệ.",
    "Ý tưởng hay nhưng thị trường còn hẹp, nên thử ở thêm một xã.",
    "Đội ngũ phù hợp. Phần tài chính cần tách chi phí cố định và biến đổi.",
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the demo by their login, and the day on which it is shown."""

    people: dict[str, User]
    today: datetime
    judges: Sequence[tuple[User, str]]

    @property
    def officer(self) -> User:
        return self.people["chuyenvien"]

    @property
    def director(self) -> User:
        return self.people["lanhdao"]

    def day(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment `days` from the demo's day, local time."""
        local = timezone.localtime(self.today).date() + timedelta(days=days)
        return timezone.make_aware(datetime.combine(local, time(hour, minute)))

    def at(self, days: int, hour: int = 9, minute: int = 0) -> AbstractContextManager[datetime]:
        return clock.held_at(self.day(days, hour, minute))


@dataclass(frozen=True, slots=True)
class Dates:
    """Days, counted from the demo's day, of one competition."""

    announced: int
    opens: int
    closes: int
    marking: int
    marking_ends: int
    results: int
    final: int


def make_competition(cast: Cast, year: int, dates: Dates, *, final: bool = True) -> Competition:
    """A competition with the standard set-up, its dates filled in, announced."""
    with cast.at(dates.announced - 5):
        competition = Competition.objects.create(
            title=f"Cuộc thi Khởi nghiệp đổi mới sáng tạo tỉnh Tây Ninh {year}",
            title_en=f"Tây Ninh Startup Innovation Competition {year}",
            year=year,
            code_prefix=f"KN{year}",
            contact_email="cuocthi@demo.example",
            created_by=cast.officer,
        )
        setting_up.set_up_standard(competition, cast.officer)
        if not final:
            _without_final(competition)
        for round_track in RoundTrack.objects.filter(round__competition=competition):
            _date(round_track, cast, dates)
        freezing.use_form(competition.forms.get(), cast.officer)
    with cast.at(dates.announced):
        announcing.announce(competition, cast.officer)
    competition.refresh_from_db()
    return competition


def _without_final(competition: Competition) -> None:
    """A season that was decided by its dossiers alone."""
    Criterion.objects.filter(round_track__round__competition=competition).filter(
        round_track__round__number=2
    ).delete()
    RoundTrack.objects.filter(round__competition=competition, round__number=2).delete()
    competition.rounds.filter(number=2).delete()


def _date(round_track: RoundTrack, cast: Cast, dates: Dates) -> None:
    if round_track.round.takes_entries:
        round_track.opens_at = cast.day(dates.opens, 8)
        round_track.closes_at = cast.day(dates.closes, 17)
        round_track.marking_opens_at = cast.day(dates.marking, 8)
        round_track.marking_closes_at = cast.day(dates.marking_ends, 17)
        round_track.results_at = cast.day(dates.results, 9)
    else:
        round_track.marking_opens_at = cast.day(dates.final, 8)
        round_track.marking_closes_at = cast.day(dates.final, 17)
        round_track.results_at = cast.day(dates.final + 7, 9)
    round_track.save()


# Entries ------------------------------------------------------------------------------------


def write_entry(cast: Cast, competition: Competition, work: Work) -> Entry:
    """Start an entry and fill in what the work says, through the form that founders use."""
    captain = cast.people[work.captain]
    tracks = {track.title_en: track for track in competition.tracks.all()}
    track = tracks["Ideas" if work.track == IDEA else "Projects"]
    organisation = (
        Organisation.objects.filter(memberships__user=captain).first()
        if work.organisation
        else None
    )
    applicant = Entry.Applicant.PERSON
    if organisation:
        applicant = Entry.Applicant.ORGANISATION
    elif work.members:
        applicant = Entry.Applicant.GROUP
    entry = applying.start(
        captain,
        competition,
        track,
        title=work.title,
        applicant=applicant,
        organisation=organisation,
    )
    for number, name in enumerate(work.members, start=1):
        _name_member(entry, captain, name, f"{work.captain}.{number}@demo.example", number)
    _answer(entry, captain, track, work)
    return entry


def _name_member(entry: Entry, captain: User, name: str, email: str, number: int) -> None:
    roles = ("Kỹ thuật", "Thị trường", "Sản xuất")
    role = roles[(number - 1) % len(roles)]
    member = teaming.name_member(entry, captain, full_name=name, email=email, role=role)
    if number != 2 or len(entry.title) % 3:  # a few have not answered yet
        consent = consenting.give(
            commitments.MEMBER,
            name=name,
            email=email,
            about=teaming.about(member),
            channel="mail_link",
        )
        TeamMember.objects.filter(pk=member.pk).update(consent=consent)


def _answer(entry: Entry, captain: User, track: Track, work: Work) -> None:
    words = _words(work)
    for section, questions in questions_for(entry.form, track):
        posted: dict[str, str | list[str]] = {}
        for question in questions:
            if question.kind == Question.Kind.FILE:
                _attach(entry, captain, question, work)
                continue
            posted[f"q{question.pk}"] = words.get(question.key) or _fallback(question, work)
            posted[f"q{question.pk}-version"] = "0"
        form = AnswersForm([q for q in questions if q.kind != Question.Kind.FILE], {}, posted)
        form.is_valid()
        applying.save_section(entry, section, form, captain)


def _words(work: Work) -> dict[str, str | list[str]]:
    chance = random.Random(work.title)  # the same title gives the same numbers
    return {
        "linh-vuc": SECTORS[work.sector],
        "tom-tat": f"{work.problem} {work.solution}",
        "giai-doan": chance.choice(["mau", "thu-nghiem", "ban"]),
        "van-de": work.problem,
        "giai-phap": work.solution,
        "cong-nghe": "Nhóm tự phát triển và giữ bí quyết; đã tra cứu, chưa thấy giải pháp trùng.",
        "khach-hang": work.market,
        "doi-thu": "Cách làm thủ công rẻ hơn nhưng không ổn định; sản phẩm nhập đắt hơn.",
        "mo-hinh": "Bán trực tiếp và cho thuê theo vụ; chia phần với hợp tác xã giới thiệu.",
        "doanh-thu": f"{chance.randint(4, 90) * 10} triệu",
        "so-khach-hang": str(chance.randint(3, 60)),
        "ke-hoach": "Quý I hoàn thiện sản phẩm; quý II mở thêm hai xã; quý III đạt điểm hòa vốn.",
        "buoc-tiep-theo": "Làm mẫu thử trong ba tháng cùng một hợp tác xã, đo và công bố số liệu.",
        "kinh-phi": f"{chance.randint(2, 18) * 100} triệu",
        "tac-dong": work.impact,
        "ho-tro": chance.sample(["von", "huong-dan", "thi-truong", "so-huu-tri-tue"], 2),
    }


def _fallback(question: Question, work: Work) -> str | list[str]:
    """Something honest for questions the works say nothing about: agreements, or nothing."""
    if question.required and question.kind == Question.Kind.SEVERAL_OF:
        return [question.options[0]["value"]] if work.impact else []
    return ""


def _attach(entry: Entry, captain: User, question: Question, work: Work) -> None:
    if question.required and work.impact:
        parts = [
            ("Vấn đề", work.problem),
            ("Giải pháp", work.solution),
            ("Thị trường", work.market),
            ("Tác động", work.impact),
        ]
        attaching.add_file(entry, question, drawing.slides(work.title, parts), captain)


def hand_in(cast: Cast, entry: Entry) -> None:
    """Submit with all commitments."""
    submitting.submit(entry, entry.captain, commitments.ASKED)


# The three competitions ---------------------------------------------------------------------


def open_competition(cast: Cast) -> Competition:
    """Taking entries now, with a few drafts."""
    dates = Dates(-20, -18, 12, 20, 34, 40, 60)
    year = timezone.localtime(cast.today).year + 1
    competition = make_competition(cast, year, dates)
    for number, work in enumerate(DRAFTS):
        with cast.at(-6 + number, 20, 15):
            write_entry(cast, competition, work)
    return competition


def competition_in_marking(cast: Cast, step: Callable[[], None]) -> Competition:
    """Twenty-four entries in two tracks, six judges, three marks each, some complete."""
    dates = Dates(-100, -95, -20, -9, 5, 12, 30)
    year = timezone.localtime(cast.today).year
    competition = make_competition(cast, year, dates)
    entries = []
    for number, work in enumerate(MARKED):
        with cast.at(-60 + number, 8 + number % 12, number * 2):
            entry = write_entry(cast, competition, work)
            hand_in(cast, entry)
        entries.append(Entry.objects.get(pk=entry.pk))
        step()
    with cast.at(-30, 10):
        submitting.withdraw(entries[11], entries[11].captain, "Nhóm tạm dừng để tìm thêm người.")
    with cast.at(-15, 10):
        screening.mark_ineligible(
            entries[23], cast.officer, "Hồ sơ trùng nội dung với dự án đã đoạt giải năm trước."
        )
        for entry in entries:
            if entry.pk not in {entries[11].pk, entries[23].pk}:
                screening.mark_eligible(entry, cast.officer)
    judge_round(cast, competition, dates, finish=False, step=step)
    return competition


def earlier_competition(cast: Cast, step: Callable[[], None]) -> Competition:
    """Last year's, published."""
    dates = Dates(-420, -415, -350, -340, -326, -320, -300)
    year = timezone.localtime(cast.today).year - 1
    competition = make_competition(cast, year, dates, final=False)
    for number, work in enumerate(EARLIER):
        with cast.at(-380 + number):
            entry = write_entry(cast, competition, work)
            hand_in(cast, entry)
        with cast.at(-345):
            screening.mark_eligible(Entry.objects.get(pk=entry.pk), cast.officer)
        step()
    judge_round(cast, competition, dates, finish=True, step=step)
    with cast.at(-200):
        announcing.archive(competition, cast.officer)
    return competition


# Judging ------------------------------------------------------------------------------------


def judge_round(
    cast: Cast, competition: Competition, dates: Dates, *, finish: bool, step: Callable[[], None]
) -> None:
    """Panel, assignment and marks of the dossier round; all of it when `finish`."""
    round_tracks = RoundTrack.objects.filter(round__competition=competition, round__number=1)
    for round_track in round_tracks.select_related("round", "track"):
        judges = _panel(cast, round_track, dates.marking - 3)
        entries = list(
            Entry.objects.filter(track=round_track.track, state=Entry.State.ELIGIBLE).order_by(
                "code"
            )
        )
        with cast.at(dates.marking - 1):
            _assign(cast, judges, entries)
        with cast.at(dates.marking, 8, 30):
            scoring.open_marking(round_track, cast.officer)
        for place, judge in enumerate(judges):
            with cast.at(dates.marking + 2 + place % 4, 14, place * 7):
                _mark(judge, share=1.0 if finish or place == 0 else 0.35 + 0.12 * place)
            if finish and judge.scorecards.exists():
                with cast.at(dates.marking_ends - 1, 16, place):
                    scoring.hand_in_all(judge, judge.user)
            step()
        if finish:
            _publish(cast, round_track, dates)


def _panel(cast: Cast, round_track: RoundTrack, day: int) -> list[Judge]:
    judges = []
    for place, (user, title) in enumerate(cast.judges):
        with cast.at(day, 9, place):
            judge = inviting.invite(
                round_track, user.email, user.full_name, title, place == 0, by=cast.officer
            )
        with cast.at(day + 1, 10, place):
            inviting.accept(judge, user)
        judges.append(Judge.objects.select_related("user").get(pk=judge.pk))
    return judges


def _assign(cast: Cast, judges: Sequence[Judge], entries: Sequence[Entry]) -> None:
    """Three judges an entry, evenly: entry n goes to judges n, n+1 and n+2 of the circle."""
    wanted: dict[int, list[Entry]] = {judge.pk: [] for judge in judges}
    for number, entry in enumerate(entries):
        for offset in range(3):
            wanted[judges[(number + offset) % len(judges)].pk].append(entry)
    for judge in judges:
        assigning.assign(judge, wanted[judge.pk], cast.officer)


def _mark(judge: Judge, share: float) -> None:
    """Fill in that share of a judge's sheets; the next one is left half done."""
    cards = list(
        Scorecard.objects.filter(judge=judge, state=Scorecard.State.ASSIGNED).order_by(
            "entry__code"
        )
    )
    criteria = list(judge.round_track.criteria.all())
    done = round(len(cards) * share)
    for number, card in enumerate(cards[: done + 1]):
        chance = random.Random(f"{judge.user.email}{card.entry.title}")
        quality = random.Random(card.entry.title).uniform(0.6, 0.92)
        marks = {
            criterion.pk: _mark_value(criterion.maximum, quality + chance.uniform(-0.1, 0.1))
            for criterion in criteria
        }
        whole = number < done
        if not whole:
            marks = dict(list(marks.items())[:2])
        comment = chance.choice(COMMENTS) if whole else ""
        card = scoring.save(card, judge.user, card.version, marks, comment, "")
        if whole:
            scoring.complete(card, judge.user)


def _mark_value(maximum: Decimal, share: float) -> Decimal:
    halves = round(float(maximum) * min(max(share, 0.05), 1.0) * 2)
    return Decimal(halves) / 2


def _publish(cast: Cast, round_track: RoundTrack, dates: Dates) -> None:
    with cast.at(dates.marking_ends, 17, 5):
        scoring.close_marking(round_track, cast.officer)
    round_track.refresh_from_db()
    with cast.at(dates.results - 3):
        lines = [line for line in standings(round_track).lines if line.ranked.rank is not None]
        lines.sort(key=lambda line: line.ranked.rank or 0)
        prizes = [
            prize for prize in round_track.track.prizes.all() for _copy in range(prize.quantity)
        ]
        outcomes = {
            line.entry.pk: (EntryInRound.State.ADVANCED, prizes[place].pk)
            if line.ranked.passes
            else (EntryInRound.State.NOT_ADVANCED, None)
            for place, line in enumerate(lines)
        }
        deciding.decide(round_track, outcomes, cast.officer)
        deciding.settle(round_track, cast.officer)
    number = f"{101 + round_track.track.order}/QĐ-UBND"
    decided_on = timezone.localtime(cast.day(dates.results - 1)).date()
    with cast.at(dates.results - 1):
        upload = drawing.decision(
            number,
            decided_on.strftime("%d/%m/%Y"),
            "Nguyễn Thị Thanh Hà",
            f"Về kết quả {round_track.round.title}, bảng {round_track.track.title}",
        )
        decision = publishing.prepare(
            round_track, number, decided_on, "Nguyễn Thị Thanh Hà", upload, cast.officer
        )
        publishing.propose(decision, cast.officer)
    with cast.at(dates.results, 8):
        decision.refresh_from_db()
        publishing.approve(decision, cast.director)
        decision.refresh_from_db()
        publishing.publish(decision, cast.officer)

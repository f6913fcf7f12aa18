"""Answers are saved as they are typed; two writers never overwrite each other silently."""

import pytest

from competitions.entries.applying import fingerprint, save_basics, save_section, start
from competitions.entries.models import Answer, Entry
from portal.core.verdicts import Refused
from portal.questions.answering import raw_of
from portal.questions.forms import AnswersForm
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.entries import EntryFactory, FounderFactory, OpenCompetitionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return EntryFactory()


@pytest.fixture
def section(entry):
    return entry.form.sections.get(title="Ý tưởng")


@pytest.fixture
def member(entry):
    person = FounderFactory(full_name="Phạm Thành Viên")
    entry.members.create(full_name=person.full_name, email=person.email, user=person)
    return person


def form_with(section, entry, typed, was=None):
    """The section as a browser sends it: `typed` maps a key to (text, version)."""
    questions = list(section.questions.all())
    data = {}
    for question in questions:
        if question.key in typed:
            text, version = typed[question.key]
            data[f"q{question.pk}"] = text
            data[f"q{question.pk}-version"] = str(version)
            if was and question.key in was:
                data[f"q{question.pk}-was"] = fingerprint([was[question.key]])
    answers = {answer.question_id: answer for answer in entry.answers.all()}
    form = AnswersForm(questions, answers, data)
    form.is_valid()
    return form


def text_of(entry, key):
    return entry.answers.get(question__key=key).text


def test_first_answers_are_saved_and_others_stay_away(entry, section):
    form = form_with(section, entry, {"tom-tat": ("Tóm tắt của tôi", 0)})
    result = save_section(entry, section, form, entry.captain)
    assert [question.key for question in result.saved] == ["tom-tat"]
    assert entry.answers.get().version == 1


def test_a_changed_answer_is_not_overwritten_and_everything_else_is_saved(entry, section, member):
    save_section(entry, section, form_with(section, entry, {"tom-tat": ("Đầu", 0)}), entry.captain)
    save_section(entry, section, form_with(section, entry, {"tom-tat": ("Của bạn", 1)}), member)

    typed = {"tom-tat": ("Của tôi", 1), "van-de": ("Vấn đề mới", 0)}
    result = save_section(entry, section, form_with(section, entry, typed), entry.captain)

    [conflict] = result.conflicts
    assert (conflict.mine, conflict.theirs) == (["Của tôi"], ["Của bạn"])
    assert (conflict.theirs_by, conflict.version) == (member, 2)
    assert text_of(entry, "tom-tat") == "Của bạn"
    assert text_of(entry, "van-de") == "Vấn đề mới"

    again = form_with(section, entry, {"tom-tat": ("Của tôi", conflict.version)})
    assert not save_section(entry, section, again, entry.captain).conflicts
    assert text_of(entry, "tom-tat") == "Của tôi"


def test_both_answer_an_unanswered_question(entry, section, member):
    mine = form_with(section, entry, {"van-de": ("Một", 0)})
    theirs = form_with(section, entry, {"van-de": ("Hai", 0)})
    save_section(entry, section, theirs, member)
    [conflict] = save_section(entry, section, mine, entry.captain).conflicts
    assert conflict.theirs == ["Hai"]


def test_an_old_page_never_brings_old_text_back(entry, section, member):
    """What the writer did not touch is left alone, whatever the token says."""
    save_section(entry, section, form_with(section, entry, {"tom-tat": ("Cũ", 0)}), entry.captain)
    save_section(entry, section, form_with(section, entry, {"tom-tat": ("Mới", 1)}), member)
    typed = {"tom-tat": ("Cũ", 1), "van-de": ("Thêm", 0)}
    form = form_with(section, entry, typed, was={"tom-tat": "Cũ"})
    result = save_section(entry, section, form, entry.captain)
    assert not result.conflicts
    assert text_of(entry, "tom-tat") == "Mới"


def test_the_same_text_from_both_is_no_conflict(entry, section, member):
    save_section(entry, section, form_with(section, entry, {"van-de": ("Như nhau", 0)}), member)
    form = form_with(section, entry, {"van-de": ("Như nhau", 0)})
    assert save_section(entry, section, form, entry.captain).conflicts == []
    assert entry.answers.get().version == 1


@pytest.mark.parametrize("token", ["-1", "x", "999999999999", "", "١"])
def test_a_tampered_token_saves_what_is_new_and_overwrites_nothing(entry, section, token):
    save_section(entry, section, form_with(section, entry, {"van-de": ("A", token)}), entry.captain)
    assert text_of(entry, "van-de") == "A"
    form = form_with(section, entry, {"van-de": ("B", token)})
    assert len(save_section(entry, section, form, entry.captain).conflicts) == 1
    assert text_of(entry, "van-de") == "A"


def test_an_answer_can_be_emptied(entry, section):
    save_section(entry, section, form_with(section, entry, {"van-de": ("A", 0)}), entry.captain)
    save_section(entry, section, form_with(section, entry, {"van-de": ("", 1)}), entry.captain)
    assert text_of(entry, "van-de") == ""


def test_a_bad_answer_is_left_out_and_the_rest_is_saved(entry):
    section = entry.form.sections.get(title="Kế hoạch")
    typed = {"thanh-lap": ("31/02/2026", 0), "doanh-thu": ("1,2 tỷ", 0)}
    form = form_with(section, entry, typed)
    save_section(entry, section, form, entry.captain)
    assert [answer.number for answer in entry.answers.all()] == [1_200_000_000]
    assert form.errors


def test_strangers_and_closed_entries_are_refused(entry, section, at):
    form = form_with(section, entry, {"van-de": ("A", 0)})
    with pytest.raises(Refused):
        save_section(entry, section, form, FounderFactory())
    entry.track.round_tracks.update(state="marking")
    with pytest.raises(Refused):
        save_section(entry, section, form, entry.captain)
    assert not Answer.objects.exists()


def test_a_section_of_another_form_is_refused(entry):
    other = EntryFactory().form.sections.first()
    form = AnswersForm([], {}, {})
    form.is_valid()
    with pytest.raises(Refused, match="mẫu hồ sơ khác"):
        save_section(entry, other, form, entry.captain)


def test_basics_are_kept_apart_by_a_token(entry):
    facts = {"applicant": Entry.Applicant.GROUP, "organisation": None}
    version = entry.version
    save_basics(entry, entry.captain, version, title="  Gạo   sạch ", **facts)
    assert (entry.title, entry.folded_title) == ("Gạo sạch", "gao sach")
    with pytest.raises(Refused) as refused:
        save_basics(entry, entry.captain, version, title="Khác", **facts)
    assert refused.value.code == "conflict"


def test_only_an_own_organisation_can_enter(entry):
    facts = {"title": "A", "applicant": Entry.Applicant.ORGANISATION}
    with pytest.raises(Refused) as refused:
        save_basics(
            entry, entry.captain, entry.version, organisation=OrganisationFactory(), **facts
        )
    assert refused.value.field == "organisation"
    own = OrganisationFactory(owner=entry.captain)
    save_basics(entry, entry.captain, entry.version, organisation=own, **facts)
    assert entry.organisation == own


def test_the_track_changes_only_before_the_first_submission(entry):
    other = entry.competition.tracks.exclude(pk=entry.track_id).get()
    facts = {"title": "A", "applicant": Entry.Applicant.PERSON, "organisation": None}
    save_basics(entry, entry.captain, entry.version, track=other, **facts)
    assert entry.track == other

    handed_in = EntryFactory(submitted=True)
    other = handed_in.competition.tracks.exclude(pk=handed_in.track_id).get()
    with pytest.raises(Refused) as refused:
        save_basics(handed_in, handed_in.captain, handed_in.version, track=other, **facts)
    assert refused.value.field == "track"


def test_a_draft_starts_before_any_organisation_exists():
    competition = OpenCompetitionFactory()
    person = FounderFactory()
    entry = start(
        person,
        competition,
        competition.tracks.first(),
        applicant=Entry.Applicant.ORGANISATION,
    )
    assert (entry.state, entry.code, entry.organisation) == (Entry.State.DRAFT, None, None)
    captain = entry.members.get()
    assert captain.is_captain
    assert not captain.agreed


def test_who_may_not_start():
    competition = OpenCompetitionFactory()
    track = competition.tracks.first()
    with pytest.raises(Refused, match="Người tổ chức"):
        start(UserFactory(role=None, is_superuser=True), competition, track)
    with pytest.raises(Refused, match="thuộc cuộc thi khác"):
        start(FounderFactory(), competition, OpenCompetitionFactory().tracks.first())
    track.round_tracks.update(state="marking")
    with pytest.raises(Refused):
        start(FounderFactory(), competition, track)
    competition.state = "archived"
    with pytest.raises(Refused):
        start(FounderFactory(), competition, track)


def test_a_competition_without_a_form_takes_no_drafts():
    competition = OpenCompetitionFactory()
    competition.forms.update(state="retired")
    with pytest.raises(Refused) as refused:
        start(FounderFactory(), competition, competition.tracks.first())
    assert refused.value.code == "no_form"


def test_raw_text_is_what_the_input_shows_again(entry, section):
    save_section(entry, section, form_with(section, entry, {"van-de": ("A", 0)}), entry.captain)
    answer = entry.answers.select_related("question").get()
    assert raw_of(answer.question, answer) == ["A"]

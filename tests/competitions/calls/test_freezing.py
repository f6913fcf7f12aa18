"""Rows in use stand still, in the verbs and in the back office; copies start a new version."""

from decimal import Decimal

import pytest
from django.urls import reverse

from competitions.calls.announcing import archive
from competitions.calls.editing import delete_row, save_row
from competitions.calls.freezing import copy_form, use_form
from competitions.calls.models import (
    Competition,
    Criterion,
    EntryForm,
    Prize,
    Question,
    Round,
    RoundTrack,
    Section,
    Track,
)
from portal.core.auditing import history
from portal.core.states import StaleState
from portal.core.verdicts import Refused
from tests.competitions.calls.conftest import sent_values
from tests.factories.calls import (
    CompetitionFactory,
    EntryFormFactory,
    form_of,
    organiser,
    round_track_of,
    track_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced(db: None) -> Competition:
    return CompetitionFactory(announced=True)


def state_of_stages(competition: Competition, state: str) -> None:
    RoundTrack.objects.filter(round__competition=competition).update(state=state)


def change(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    save_row(row, organiser(), changed=list(fields))


@pytest.mark.parametrize(
    ("model", "state", "field", "value"),
    [
        (Competition, "running", "code_prefix", "KHAC"),
        (Competition, "running", "second_person_approves", False),
        (Track, "running", "title", "Khác"),
        (Round, "running", "number", 7),
        (RoundTrack, "marking", "minimum_total", Decimal(10)),
        (RoundTrack, "marking", "no_zero", False),
        (RoundTrack, "marking", "closes_at", None),
        (RoundTrack, "decided", "places", 3),
        (RoundTrack, "published", "results_at", None),
        (Section, "running", "title", "Khác"),
        (Question, "running", "label", "Khác"),
        (Criterion, "marking", "maximum", Decimal(30)),
        (Criterion, "published", "anchors", "Khác"),
        (Prize, "decided", "amount", 1),
    ],
)
def test_what_is_in_use_cannot_be_changed(announced, model, state, field, value):
    state_of_stages(announced, state)
    row = model.objects.first()
    before = getattr(row, field)
    with pytest.raises(Refused) as refused:
        change(row, **{field: value})
    assert refused.value.code == "frozen"
    assert str(refused.value.reason)
    row.refresh_from_db()
    assert getattr(row, field) == before


@pytest.mark.parametrize(
    ("model", "state", "field", "value"),
    [
        (Competition, "running", "contact_email", "moi@demo.example"),
        (Track, "running", "description", "Mô tả mới"),
        (Round, "running", "title_en", "First"),
        (RoundTrack, "running", "minimum_total", Decimal(60)),
        (RoundTrack, "marking", "results_at", None),
        (Criterion, "running", "maximum", Decimal(30)),
        (Prize, "marking", "amount", 1),
    ],
)
def test_what_is_not_in_use_yet_can_still_be_put_right(announced, model, state, field, value):
    state_of_stages(announced, state)
    row = model.objects.first()
    change(row, **{field: value})
    row.refresh_from_db()
    assert getattr(row, field) == value
    entry = history(row).first()
    assert entry.action == "calls.row_changed"
    assert list(entry.data["changes"]) == [field]


@pytest.mark.parametrize(
    "model", [Competition, Track, Round, RoundTrack, EntryForm, Section, Question]
)
def test_what_was_announced_cannot_be_deleted(announced, model, desk, page):
    row = model.objects.first()
    with pytest.raises(Refused):
        delete_row(row, organiser())
    url = reverse(f"calls_{model._meta.model_name}:delete", args=[row.pk])
    assert not page(desk.get(url)).select("button.serious")
    refused = page(desk.post(url, follow=True))
    assert refused.select(".messages .error")
    assert model.objects.filter(pk=row.pk).exists()


def test_nothing_of_an_archived_competition_changes(announced):
    announced = Competition.objects.get(pk=announced.pk)
    RoundTrack.objects.filter(round__competition=announced).update(closes_at=None, opens_at=None)
    archive(announced, organiser())
    track = track_of(announced)
    with pytest.raises(Refused):
        change(track, description="Khác")
    with pytest.raises(Refused):
        save_row(Track(competition=announced, title="Mới"), organiser())
    with pytest.raises(Refused):
        delete_row(track.prizes.first(), organiser())


def test_no_row_joins_a_form_in_use_or_a_rubric_in_marking(announced):
    state_of_stages(announced, "marking")
    form, stage = form_of(announced), round_track_of(announced)
    for row in (
        Section(form=form, title="Mới"),
        Question(section=form.sections.first(), label="Mới", key="moi"),
        Criterion(round_track=stage, title="Mới", maximum=5),
    ):
        with pytest.raises(Refused):
            save_row(row, organiser())


def test_the_edit_form_of_a_frozen_row_is_closed_and_says_why(announced, desk, page):
    question = Question.objects.first()
    url = reverse("calls_question:edit", args=[question.pk])
    soup = page(desk.get(url))
    assert "phiên bản mới" in soup.select_one(".help-info").text
    assert not soup.select("footer button[type=submit]")
    assert all(tag.has_attr("disabled") for tag in soup.select("#w-editor-form [name=label]"))


def test_a_change_sent_all_the_same_is_refused_in_the_form(announced, desk, page):
    track = track_of(announced)
    url = reverse("calls_track:edit", args=[track.pk])
    fields = {"competition": announced.pk, "title": "Khác", "description": "Mới", "order": "1"}
    soup = page(desk.post(url, fields))
    title = soup.select_one("[name=title]")
    assert title["value"] == "Khác"
    assert "công bố" in title.find_parent(class_="w-field").select_one(".error-message").text
    track.refresh_from_db()
    assert (track.title, track.description) != ("Khác", "Mới")


def test_what_is_open_in_a_partly_frozen_row_can_be_changed(announced, desk, page):
    track = track_of(announced)
    url = reverse("calls_track:edit", args=[track.pk])
    fields = sent_values(page(desk.get(url)))
    assert "title" not in fields
    assert desk.post(url, {**fields, "description": "Đối tượng mới"}).status_code == 302
    track.refresh_from_db()
    assert (track.title, track.description) == ("Dự án", "Đối tượng mới")


def test_a_track_named_by_questions_is_not_deleted_from_under_them():
    competition = CompetitionFactory(set_up=True)
    with pytest.raises(Refused):
        delete_row(track_of(competition), organiser())
    for question in Question.objects.filter(tracks__isnull=False):
        question.tracks.clear()
    delete_row(track_of(competition), organiser())
    assert competition.tracks.count() == 1
    assert Criterion.objects.filter(round_track__round__competition=competition).count() == 11


def test_a_draft_competition_is_discarded_with_its_rows(desk):
    competition = CompetitionFactory(set_up=True)
    desk.post(reverse("calls_competition:delete", args=[competition.pk]))
    assert not Competition.objects.exists()
    assert not Question.objects.exists()


def test_what_another_app_holds_on_to_stays_and_is_no_server_error(desk, page):
    from competitions.entries.models import Entry

    competition = CompetitionFactory(set_up=True)
    Entry.objects.create(
        competition=competition,
        track=track_of(competition),
        form=form_of(competition),
        captain=organiser(),
    )
    url = reverse("calls_competition:delete", args=[competition.pk])
    assert page(desk.post(url, follow=True)).select(".messages .error")
    assert Question.objects.exists()


def test_a_new_version_is_copied_changed_and_put_in_use(announced, desk, page):
    form = form_of(announced)
    before = form.sections.count(), Question.objects.filter(section__form=form).count()
    response = desk.post(reverse("calls_admin:copy-form", args=[form.pk]))
    copy = EntryForm.objects.get(version=2)
    assert response.url == reverse("calls_admin:form", args=[copy.pk])
    assert (
        copy.sections.count(),
        Question.objects.filter(section__form=copy).count(),
    ) == before
    only = Question.objects.filter(section__form=copy, tracks__isnull=False).distinct()
    assert only.count() == (
        Question.objects.filter(section__form=form, tracks__isnull=False).distinct().count()
    )
    question = Question.objects.filter(section__form=copy).first()
    change(question, label="Câu hỏi sửa")
    desk.post(reverse("calls_admin:use-form", args=[copy.pk]))
    form.refresh_from_db()
    copy.refresh_from_db()
    assert (form.state, copy.state) == ("retired", "in_use")
    assert history(copy).first().data["retired"] == 1
    assert not Question.objects.filter(section__form=form, label="Câu hỏi sửa").exists()


def test_only_one_version_is_written_at_a_time(announced):
    form = form_of(announced)
    copy_form(form, organiser())
    with pytest.raises(Refused) as refused:
        copy_form(form, organiser())
    assert refused.value.code == "draft_exists"


def test_a_form_is_put_in_use_only_once_and_only_when_it_can_be_filled_in():
    form = EntryFormFactory()
    with pytest.raises(Refused) as refused:
        use_form(form, organiser())
    assert refused.value.code == "empty_form"
    section = form.sections.create(title="Một")
    section.questions.create(label="a", key="a")
    other = form.sections.create(title="Hai")
    with pytest.raises(Refused):
        use_form(form, organiser())
    other.questions.create(label="a", key="a")
    with pytest.raises(Refused) as refused:
        use_form(form, organiser())
    assert refused.value.code == "key_twice"
    other.questions.update(key="b")
    use_form(form, organiser())
    with pytest.raises(StaleState):
        use_form(form, organiser())
    assert EntryForm.objects.get().state == "in_use"

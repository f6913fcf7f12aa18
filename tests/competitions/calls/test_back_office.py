"""Officers set a competition up in the back office, row by row."""

from decimal import Decimal

import pytest
from django.urls import reverse

from competitions.calls.models import Competition, Criterion, Prize, Question, RoundTrack
from portal.core.auditing import history
from tests.competitions.calls.conftest import sent_values
from tests.factories.calls import CompetitionFactory, form_of, round_track_of, track_of

pytestmark = pytest.mark.django_db

FIELDS = {
    "title": "Cuộc thi năm 2027",
    "year": "2027",
    "code_prefix": "kn2027",
    "panel_name": "Ban Giám khảo",
    "max_team_size": "5",
    "max_entries_per_person": "3",
    "max_entries_per_organisation": "4",
    "second_person_approves": "on",
}


def add(desk, model: str, competition: Competition, **fields: object):
    url = f"{reverse(f'calls_{model}:add')}?competition={competition.pk}"
    return desk.post(url, {"competition": competition.pk, **fields})


def errors(page, response) -> str:
    return " ".join(tag.text for tag in page(response).select(".error-message, .help-critical"))


def test_a_new_competition_leads_to_its_overview(desk, page):
    response = desk.post(reverse("calls_competition:add"), FIELDS, follow=True)
    competition = Competition.objects.get()
    assert competition.code_prefix == "KN2027"
    assert response.redirect_chain[-1][0] == reverse("calls_admin:overview", args=[competition.pk])
    assert page(response).select_one(".calls-title").text == "Cuộc thi năm 2027"
    assert [entry.action for entry in history(competition)] == ["calls.row_added"]


def test_what_was_typed_stays_when_a_form_is_refused(desk, page):
    CompetitionFactory(code_prefix="KN2027")
    response = desk.post(reverse("calls_competition:add"), {**FIELDS, "year": "20270"})
    soup = page(response)
    assert soup.select_one("[name=title]")["value"] == FIELDS["title"]
    assert soup.select_one("[name=year]")["value"] == "20270"
    assert "2026" in errors(page, response)
    assert "mã" in errors(page, response)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        ("track", {"title": "Sinh viên", "order": "3"}),
        ("round", {"title": "Bán kết", "number": "3"}),
    ],
)
def test_rows_are_added_and_the_officer_is_back_on_the_overview(desk, page, model, fields):
    competition = CompetitionFactory(set_up=True)
    response = add(desk, model, competition, **fields)
    assert response.url == reverse("calls_admin:overview", args=[competition.pk])
    assert fields["title"] in page(desk.get(response.url)).text


def test_a_round_without_a_number_is_the_next_one(desk, page):
    competition = CompetitionFactory(set_up=True)
    last = competition.rounds.last().number
    form = page(desk.get(f"{reverse('calls_round:add')}?competition={competition.pk}"))
    assert not form.select_one("[name=number]").get("value")
    add(desk, "round", competition, title="Chung kết xếp hạng", number="")
    assert competition.rounds.get(title="Chung kết xếp hạng").number == last + 1


def test_one_mistake_gives_one_message(desk, page):
    competition = CompetitionFactory(set_up=True)
    section = form_of(competition).sections.first()
    response = add(desk, "question", competition, section=section.pk, kind="short", label="")
    assert not page(response).select("#panel-child-key-errors, [data-field=key] .error-message")
    response = desk.post(reverse("calls_competition:add"), {**FIELDS, "code_prefix": "KN 27"})
    assert "chữ cái không dấu" in errors(page, response)


def test_every_form_opens_prefilled_and_stores_what_it_shows(desk, page):
    competition = CompetitionFactory(set_up=True)
    stage, track, form = round_track_of(competition), track_of(competition), form_of(competition)
    question = Question.objects.get(key="linh-vuc")
    for model, row in {
        "competition": competition,
        "track": track,
        "round": stage.round,
        "roundtrack": stage,
        "section": form.sections.first(),
        "question": question,
        "criterion": stage.criteria.first(),
        "prize": track.prizes.first(),
    }.items():
        before = {f.name: getattr(row, f.attname) for f in row._meta.concrete_fields}
        url = reverse(f"calls_{model}:edit", args=[row.pk])
        response = desk.post(url, sent_values(page(desk.get(url))))
        assert response.status_code == 302, (model, errors(page, response))
        row.refresh_from_db()
        assert {f.name: getattr(row, f.attname) for f in row._meta.concrete_fields} == before
        assert "calls.row_changed" not in [entry.action for entry in history(row)]


def test_a_link_of_the_checklist_opens_the_very_form(desk, page):
    competition = CompetitionFactory(set_up=True)
    stage = round_track_of(competition)
    stage.criteria.all().delete()
    overview = page(desk.get(reverse("calls_admin:overview", args=[competition.pk])))
    [link] = [
        a["href"]
        for a in overview.select(".calls-missing a")
        if f"round_track={stage.pk}" in a["href"]
    ]
    stage.criteria.create(title="Đầu", maximum=5, order=4)
    form = page(desk.get(link))
    assert form.select_one("[name=order]")["value"] == "5"
    assert form.select_one("[name=round_track] option[selected]")["value"] == str(stage.pk)
    assert f"competition={competition.pk}" in form.select_one("#w-editor-form")["action"]


@pytest.mark.parametrize("query", ["?competition=abc", "?competition=99999", "?competition=9" * 30])
def test_a_broken_address_is_no_error(desk, query):
    for model in ("track", "roundtrack", "question", "criterion"):
        assert desk.get(reverse(f"calls_{model}:add") + query).status_code == 200
        assert desk.get(reverse(f"calls_{model}:index") + query).status_code == 200


def test_dates_are_typed_day_first_in_local_time(desk):
    competition = CompetitionFactory(set_up=True)
    stage = round_track_of(competition)
    url = reverse("calls_roundtrack:edit", args=[stage.pk])
    fields = dates(
        stage, opens_at="03/04/2027 08:00", closes_at="17:00 30/06/2027", minimum_total="50,5"
    )
    assert desk.post(url, fields).status_code == 302
    stage.refresh_from_db()
    assert stage.opens_at.isoformat() == "2027-04-03T01:00:00+00:00"
    assert stage.closes_at.isoformat() == "2027-06-30T10:00:00+00:00"
    assert stage.minimum_total == Decimal("50.5")


def dates(stage: RoundTrack, **changed: str) -> dict[str, str]:
    return {
        "round": str(stage.round_id),
        "track": str(stage.track_id),
        "minimum_total": "50",
        "no_zero": "on",
        "judges_per_entry": "3",
        **changed,
    }


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"opens_at": "31/02/2027 08:00"}, "opens_at"),
        ({"opens_at": "hôm nay"}, "opens_at"),
        ({"opens_at": "01/01/0001 00:00"}, "opens_at"),
        ({"opens_at": "02/01/2027 08:00", "closes_at": "01/01/2027 17:00"}, "closes_at"),
        ({"opens_at": "02/01/2027 08:00", "closes_at": "02/01/2027 08:00"}, "closes_at"),
        (
            {"closes_at": "02/01/2027 08:00", "marking_opens_at": "01/01/2027 08:00"},
            "marking_opens_at",
        ),
        (
            {"marking_opens_at": "02/01/2027 08:00", "marking_closes_at": "01/01/2027 08:00"},
            "marking_closes_at",
        ),
        (
            {"marking_closes_at": "02/01/2027 08:00", "results_at": "01/01/2027 08:00"},
            "results_at",
        ),
        ({"minimum_total": "1,2,3"}, "minimum_total"),
        ({"minimum_total": "NaN"}, "minimum_total"),
        ({"minimum_total": "1e999"}, "minimum_total"),
        ({"minimum_total": "123456,78"}, "minimum_total"),
        ({"judges_per_entry": "40000"}, "judges_per_entry"),
    ],
)
def test_a_wrong_date_or_number_is_said_beside_its_field(desk, page, changed, field):
    stage = round_track_of(CompetitionFactory(set_up=True))
    url = reverse("calls_roundtrack:edit", args=[stage.pk])
    soup = page(desk.post(url, dates(stage, **changed)))
    [wrong] = soup.select(f"[name={field}]")
    assert wrong["value"] == changed[field]
    assert wrong.find_parent(class_="w-field").select_one(".error-message").text.strip()


def test_only_the_first_round_takes_entries(desk, page):
    stage = round_track_of(CompetitionFactory(set_up=True), number=2)
    response = desk.post(
        reverse("calls_roundtrack:edit", args=[stage.pk]),
        dates(stage, opens_at="01/01/2027 08:00"),
    )
    assert "vòng đầu" in errors(page, response)


def test_a_round_and_a_track_of_two_competitions_do_not_mix(desk, page):
    here, there = CompetitionFactory(set_up=True), CompetitionFactory(set_up=True)
    fields = dates(round_track_of(here)) | {"track": str(track_of(there).pk)}
    response = desk.post(reverse("calls_roundtrack:add"), fields)
    assert "cuộc thi khác" in errors(page, response)
    response = add(desk, "roundtrack", here, **fields)
    assert response.status_code == 200


def test_the_same_round_of_a_track_twice_is_a_sentence(desk, page):
    stage = round_track_of(CompetitionFactory(set_up=True))
    response = add(desk, "roundtrack", stage.competition, **dates(stage))
    assert errors(page, response)
    assert RoundTrack.objects.filter(round=stage.round).count() == 2


def question_fields(section_pk: int, **changed: str) -> dict[str, str]:
    return {
        "section": str(section_pk),
        "label": "Mức độ sẵn sàng",
        "kind": "one_of",
        "required": "on",
        "options": "Ý tưởng\nmau | Có mẫu | Prototype",
        "max_files": "1",
        "order": "9",
        **changed,
    }


def test_choices_are_written_as_lines(desk, page):
    competition = CompetitionFactory(set_up=True)
    section = form_of(competition).sections.first()
    response = add(desk, "question", competition, **question_fields(section.pk))
    assert response.url == reverse("calls_admin:form", args=[section.form_id])
    question = Question.objects.get(label="Mức độ sẵn sàng")
    assert question.key == "muc-do-san-sang"
    assert question.options == [
        {"value": "y-tuong", "label": "Ý tưởng", "label_en": ""},
        {"value": "mau", "label": "Có mẫu", "label_en": "Prototype"},
    ]
    shown = page(desk.get(reverse("calls_question:edit", args=[question.pk])))
    assert shown.select_one("[name=options]").text.strip().splitlines() == [
        "y-tuong | Ý tưởng",
        "mau | Có mẫu | Prototype",
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"options": ""}, "options"),
        ({"options": "Chỉ một"}, "options"),
        ({"options": "a | A\na | B"}, "options"),
        ({"options": "a | A | B | C\nb | B"}, "options"),
        ({"options": "Có dấu | A\nb | B"}, "options"),
        ({"options": " | \nb | B"}, "options"),
        ({"options": "!!!\nb | B"}, "options"),
        ({"options": "\n".join(f"muc {n}" for n in range(101))}, "options"),
        ({"options": "x" * 201 + "\nb"}, "options"),
        ({"kind": "number"}, "options"),
        ({"kind": "number", "options": "", "word_limit": "5"}, "word_limit"),
        ({"kind": "file", "options": "", "max_files": "0"}, "max_files"),
        ({"key": "tom-tat"}, "key"),
        ({"label": "???"}, "key"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_beside_its_field(desk, page, changed, field):
    competition = CompetitionFactory(set_up=True)
    section = form_of(competition).sections.first()
    before = Question.objects.count()
    response = add(desk, "question", competition, **question_fields(section.pk, **changed))
    wrong = page(response).select_one(f"[name={field}]").find_parent(class_="w-field")
    assert wrong.select_one(".error-message").text.strip()
    assert Question.objects.count() == before


def test_a_question_can_be_asked_of_one_track_only(desk):
    competition = CompetitionFactory(set_up=True)
    section, track = form_of(competition).sections.first(), track_of(competition)
    add(desk, "question", competition, **question_fields(section.pk, tracks=str(track.pk)))
    question = Question.objects.get(label="Mức độ sẵn sàng")
    assert list(question.tracks.all()) == [track]
    url = reverse("calls_question:edit", args=[question.pk])
    desk.post(url, question_fields(section.pk, options="a | A\nb | B"))
    assert not question.tracks.exists()


@pytest.mark.parametrize(
    "changed",
    [{"maximum": "0"}, {"maximum": "-5"}, {"step": "0"}, {"step": "3"}, {"weight": "0"},
     {"maximum": "vô cùng"}, {"step": "0,333"}],
)  # fmt: skip
def test_a_criterion_needs_sensible_points(desk, page, changed):
    stage = round_track_of(CompetitionFactory(set_up=True))
    before = Criterion.objects.count()
    fields = {"round_track": stage.pk, "title": "Mới", "maximum": "10", "step": "0,5",
              "weight": "1", "order": "9", **changed}  # fmt: skip
    assert errors(page, add(desk, "criterion", stage.competition, **fields))
    assert Criterion.objects.count() == before


def test_prize_money_is_typed_as_people_write_it(desk, page):
    track = track_of(CompetitionFactory(set_up=True))
    fields = {"track": track.pk, "title": "Giải đặc biệt", "quantity": "1", "order": "0"}
    add(desk, "prize", track.competition, **fields, amount="1,2 tỷ")
    prize = Prize.objects.get(title="Giải đặc biệt")
    assert prize.amount == 1_200_000_000
    shown = page(desk.get(reverse("calls_prize:edit", args=[prize.pk])))
    assert shown.select_one("[name=amount]")["value"] == "1.200.000.000"
    assert errors(page, add(desk, "prize", track.competition, **fields, amount="nhiều"))


def test_a_row_is_deleted_after_one_question_that_names_what_goes(desk, page):
    competition = CompetitionFactory(set_up=True)
    section = form_of(competition).sections.first()
    url = reverse("calls_section:delete", args=[section.pk])
    question = page(desk.get(url))
    assert "Câu hỏi: 4" in question.text
    assert desk.post(url).url == reverse("calls_admin:form", args=[section.form_id])
    assert not Question.objects.filter(section=section.pk).exists()


def test_lists_filter_by_competition_and_search(desk, page):
    here, there = CompetitionFactory(set_up=True), CompetitionFactory(set_up=True)
    for model in ("track", "round", "roundtrack", "entryform", "section", "question",
                  "criterion", "prize"):  # fmt: skip
        url = reverse(f"calls_{model}:index")
        everything = len(page(desk.get(url)).select("tbody tr"))
        mine = page(desk.get(f"{url}?competition={here.pk}"))
        assert 2 * len(mine.select("tbody tr")) == everything
        assert there.title not in mine.select_one("tbody").text
    found = page(desk.get(reverse("calls_criterion:index") + "?q=Tính mới"))
    assert len(found.select("tbody tr")) == 8


def test_the_standard_season_can_be_announced_once_dates_and_form_stand(desk, page, at):
    at("2026-11-23 09:00:00")
    competition = CompetitionFactory(contact_email="")
    overview = reverse("calls_admin:overview", args=[competition.pk])
    standard = reverse("calls_admin:standard", args=[competition.pk])
    assert standard in [a["href"] for a in page(desk.get(overview)).select("a[href]")]
    desk.get(standard)
    assert not competition.tracks.exists()
    desk.post(standard)
    assert "Công bố" not in [a.text for a in page(desk.get(overview)).select("a.button")]
    for title in ("Ý tưởng", "Dự án"):
        stage = round_track_of(competition, title)
        fields = dates(stage, opens_at="01/12/2026 08:00", closes_at="14/02/2027 17:00")
        desk.post(reverse("calls_roundtrack:edit", args=[stage.pk]), fields)
    desk.post(reverse("calls_admin:use-form", args=[form_of(competition).pk]))
    [button] = [
        a["href"] for a in page(desk.get(overview)).select("a.button") if a.text == "Công bố"
    ]
    desk.post(button)
    competition.refresh_from_db()
    assert competition.state == "announced"
    assert round_track_of(competition).phase() == RoundTrack.Phase.COMING


def test_a_new_season_is_copied_from_an_earlier_one_without_dates(desk, page):
    earlier = CompetitionFactory(announced=True, contact_email="cu@demo.example")
    competition = CompetitionFactory()
    url = reverse("calls_admin:copy", args=[competition.pk])
    assert errors(page, desk.post(url, {"source": ""}))
    assert errors(page, desk.post(url, {"source": competition.pk}))
    assert desk.post(url, {"source": earlier.pk}).status_code == 302
    competition.refresh_from_db()
    assert competition.contact_email == "cu@demo.example"
    assert form_of(competition).state == "draft"
    assert Question.objects.filter(section__form__competition=competition).count() == (
        Question.objects.filter(section__form__competition=earlier).count()
    )
    tracks = {track.competition_id for q in Question.objects.all() for track in q.tracks.all()}
    assert tracks == {earlier.pk, competition.pk}
    stages = RoundTrack.objects.filter(round__competition=competition)
    assert stages.count() == 4
    assert not stages.exclude(opens_at=None, results_at=None).exists()
    assert Prize.objects.filter(track__competition=competition).count() == 8
    assert Criterion.objects.filter(round_track__in=stages).count() == 22
    assert "trống" in errors(page, desk.post(url, {"source": earlier.pk}))


@pytest.mark.parametrize("rows", [0, 3])
def test_the_overview_costs_the_same_with_many_rows(desk, rows, django_assert_num_queries):
    competition = CompetitionFactory(set_up=True)
    for n in range(rows):
        stage = round_track_of(competition)
        stage.criteria.create(title=f"Thêm {n}", maximum=5)
        track = competition.tracks.create(title=f"Bảng {n}")
        track.prizes.create(title="Giải")
        stage.round.round_tracks.create(track=track)
        competition.forms.create(version=n + 2)
    url = reverse("calls_admin:overview", args=[competition.pk])
    desk.get(url)
    with django_assert_num_queries(OVERVIEW_QUERIES):
        desk.get(url)


OVERVIEW_QUERIES = 17


@pytest.mark.parametrize("model", ["roundtrack", "question", "criterion", "prize"])
def test_a_list_costs_the_same_with_many_rows(desk, model, django_assert_max_num_queries):
    CompetitionFactory(set_up=True)
    CompetitionFactory(set_up=True)
    url = reverse(f"calls_{model}:index")
    desk.get(url)
    with django_assert_max_num_queries(14):
        desk.get(url)


def test_texts_of_ours_are_vietnamese(desk, page):
    competition = CompetitionFactory(set_up=True)
    for url in (
        reverse("calls_admin:overview", args=[competition.pk]),
        reverse("calls_admin:form", args=[form_of(competition).pk]),
        reverse("calls_admin:announce", args=[competition.pk]),
        reverse("calls_roundtrack:edit", args=[round_track_of(competition).pk]),
        reverse("calls_question:add"),
    ):
        text = page(desk.get(url)).select_one("main").text
        for word in (" the ", "Delete", "Round", "Track", "Question", "Edit", "Draft", "Add "):
            assert word not in text, (url, word)

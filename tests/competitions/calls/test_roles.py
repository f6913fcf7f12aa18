"""Who sees what of a competition's set-up."""

import pytest
from django.urls import reverse

from portal.accounts import roles
from tests.factories.calls import CompetitionFactory, form_of, round_track_of, track_of

pytestmark = pytest.mark.django_db

MODELS = ["competition", "track", "round", "roundtrack", "entryform", "section", "question",
          "criterion", "prize"]  # fmt: skip


def reading(competition) -> list[str]:
    return [
        reverse("calls_admin:overview", args=[competition.pk]),
        reverse("calls_admin:form", args=[form_of(competition).pk]),
        *(reverse(f"calls_{model}:index") for model in MODELS),
        *(reverse(f"calls_{model}:{view}", args=[pk]) for model, pk in rows(competition)
          for view in ("inspect", "history")),
    ]  # fmt: skip


def rows(competition) -> list[tuple[str, int]]:
    stage, section = round_track_of(competition), form_of(competition).sections.first()
    return [
        ("competition", competition.pk),
        ("track", track_of(competition).pk),
        ("round", stage.round_id),
        ("roundtrack", stage.pk),
        ("section", section.pk),
        ("question", section.questions.first().pk),
        ("criterion", stage.criteria.first().pk),
        ("prize", track_of(competition).prizes.first().pk),
    ]


def changing(competition) -> list[str]:
    acts = ["announce", "archive", "bring-back", "standard", "copy"]
    return [
        *(reverse(f"calls_admin:{act}", args=[competition.pk]) for act in acts),
        *(reverse(f"calls_admin:{act}", args=[form_of(competition).pk])
          for act in ("copy-form", "use-form")),
        *(reverse(f"calls_{model}:add") for model in MODELS),
        *(reverse(f"calls_{model}:{view}", args=[pk]) for model, pk in rows(competition)
          for view in ("edit", "delete")),
    ]  # fmt: skip


def test_officers_reach_everything(desk):
    competition = CompetitionFactory(set_up=True)
    for url in [*reading(competition), *changing(competition)]:
        assert desk.get(url).status_code == 200, url


def test_directors_read_and_change_nothing(director, signed_in, page):
    competition = CompetitionFactory(set_up=True)
    client = signed_in(director)
    for url in reading(competition):
        assert client.get(url).status_code == 200, url
    for url in changing(competition):
        assert client.get(url).status_code == 403, url
        assert client.post(url).status_code == 403, url
    overview = page(client.get(reverse("calls_admin:overview", args=[competition.pk])))
    assert [link["href"] for link in overview.select("main a.button")] == [
        reverse("season_admin:board", args=[competition.pk])
    ]


@pytest.mark.parametrize("role", [roles.EDITORS, roles.FRONT_DESK])
def test_editors_and_front_desk_are_kept_out(staff, signed_in, role):
    competition = CompetitionFactory(set_up=True)
    client = signed_in(staff(role))
    for url in [*reading(competition), *changing(competition)]:
        assert client.get(url).status_code == 403, url
        assert client.post(url).status_code in {403, 405}, url
    assert "/admin/calls/" not in client.get("/admin/").text


def test_strangers_are_sent_to_sign_in(client):
    competition = CompetitionFactory(set_up=True)
    for url in [*reading(competition), *changing(competition)]:
        response = client.get(url)
        assert response.status_code == 302
        assert "/login/" in response.url


def test_officers_and_directors_have_the_menu(officer, director, signed_in):
    for person in (officer, director):
        assert reverse("calls_competition:index") in signed_in(person).get("/admin/").text


def test_a_page_that_is_not_there_is_404(desk):
    for name in ("overview", "form", "copy", "announce"):
        assert desk.get(reverse(f"calls_admin:{name}", args=[9999])).status_code == 404

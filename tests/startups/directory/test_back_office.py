"""Editors read, change, approve and return; officers keep recognition; others stay outside."""

from typing import Any

import pytest
from django.urls import reverse

from portal.core import secrecy
from portal.core.models import SecrecyCheck
from portal.pages.owned_records import Where, draft_of, where
from startups.directory.models import Recognition, RecognitionKind, StartupProfile
from tests.factories.accounts import UserFactory
from tests.factories.directory import draft, public, recognise, sent, stored
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

SPACE = "wagtailsnippets_directory_startupprofile"
LIST_QUERIES = 14


def address(name: str, profile: StartupProfile | None = None, *more: Any) -> str:
    return reverse(f"{SPACE}:{name}", args=[profile.pk, *more] if profile else [])


def fields(client: Any, profile: StartupProfile) -> dict[str, Any]:
    """What the editor's form would send back as it stands."""
    page = page_of(client.get(address("edit", profile)))
    form = page.select_one("form[data-edit-form]")
    found: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name]"):
        name = field["name"]
        if "__prefix__" in name or field.get("type") == "submit":
            continue
        if field.get("type") == "checkbox":
            if field.has_attr("checked"):
                found.setdefault(name, []).append(field.get("value", "on"))
        else:
            found[name] = field.get_text() if field.name == "textarea" else field.get("value", "")
    for select in form.select("select[name]"):
        if "__prefix__" not in select["name"]:
            chosen = select.select_one("option[selected]")
            found[select["name"]] = chosen["value"] if chosen else ""
    return found


def act(client: Any, profile: StartupProfile, action: str, **said: str) -> Any:
    task = profile.current_workflow_task_state
    path = reverse(f"{SPACE}:workflow_action", args=[profile.pk, action, task.pk])
    return client.post(path, said, headers={"X-Requested-With": "XMLHttpRequest"})


def test_an_editor_approves_in_the_dialogue(editor: Any, signed_in: Any) -> None:
    client = signed_in(editor)
    profile = sent()
    assert page_of(client.get(address("edit", profile))).select_one("form")
    untouched = act(client, profile, "approve")
    assert untouched.status_code == 200
    assert not stored(profile).live, "without the tick"
    act(client, profile, "approve", **{secrecy.FIELD: "on"})
    assert where(stored(profile)) == Where.LIVE
    assert SecrecyCheck.objects.get().checked_by == editor


def test_an_editor_returns_it(editor: Any, signed_in: Any) -> None:
    profile = sent()
    act(signed_in(editor), profile, "reject", comment="Thiếu khách hàng.")
    assert where(stored(profile)) == Where.RETURNED


def test_an_editor_publishes_from_the_form_only_with_the_tick(editor: Any, signed_in: Any) -> None:
    client = signed_in(editor)
    profile = draft(name="Ao Sâu")
    facts = {**fields(client, profile), "tagline": "Nuôi cá tuần hoàn", "action-publish": "1"}
    refused = page_of(client.post(address("edit", profile), facts))
    assert str(secrecy.MISSING) in words(refused)
    assert not stored(profile).live
    done = client.post(address("edit", profile), {**facts, secrecy.FIELD: "on"})
    assert done.status_code == 302
    profile = stored(profile)
    assert (profile.live, profile.tagline) == (True, "Nuôi cá tuần hoàn")


def test_nothing_incomplete_is_published(editor: Any, signed_in: Any) -> None:
    client = signed_in(editor)
    profile = draft()
    facts = {**fields(client, profile), "sector": "", "tagline": "", secrecy.FIELD: "on"}
    answer = client.post(address("edit", profile), {**facts, "action-publish": "1"})
    assert answer.status_code == 200
    assert not stored(profile).live


def test_an_editors_stale_form_is_refused(editor: Any, signed_in: Any) -> None:
    client = signed_in(editor)
    profile = draft(tagline="Cũ")
    facts = fields(client, profile)
    written = draft_of(stored(profile))
    written.tagline = "Chủ hồ sơ vừa sửa"
    written.save_revision()
    client.post(address("edit", profile), {**facts, "tagline": "Biên tập viên"})
    assert draft_of(stored(profile)).tagline == "Chủ hồ sơ vừa sửa"


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same(
    editor: Any, signed_in: Any, count: int, django_assert_num_queries: Any
) -> None:
    client = signed_in(editor)
    for _number in range(count):
        public()
    client.get(address("list"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(address("list"))


def listed(client: Any, query: str) -> list[str]:
    page = page_of(client.get(f"{address('list')}?{query}"))
    return [words(link) for link in page.select("td.title .title-wrapper a")]


def test_the_list_is_narrowed(editor: Any, signed_in: Any) -> None:
    client = signed_in(editor)
    public(name="Ao Sâu", tagline_en="Deep ponds")
    recognise(public(name="Bã Xanh"))
    sent(name="Chưa Duyệt")
    assert listed(client, "") == ["Ao Sâu", "Bã Xanh", "Chưa Duyệt"]
    assert listed(client, "q=chua duyet") == ["Chưa Duyệt"]
    assert listed(client, "waiting=true") == ["Chưa Duyệt"]
    assert listed(client, "recognised=true") == ["Bã Xanh"]
    assert listed(client, "english=true") == ["Ao Sâu"]
    assert listed(client, "live=false") == ["Chưa Duyệt"]


def test_profiles_are_neither_added_nor_deleted_here(editor: Any, signed_in: Any) -> None:
    profile = public()
    for client in (signed_in(editor), signed_in(UserFactory(administrator=True))):
        for path in (address("add"), address("delete", profile)):
            assert client.get(path)["Location"] == reverse("wagtailadmin_home")
    assert StartupProfile.objects.filter(pk=profile.pk).exists()


def test_officers_keep_recognition_and_nothing_else(officer: Any, signed_in: Any) -> None:
    client = signed_in(officer)
    profile = public()
    facts = {
        "profile": profile.pk,
        "kind": RecognitionKind.objects.first().pk,
        "number": "33/QĐ-SKHCN",
        "issuer": "Sở KH&CN",
        "issued_on": "20/05/2026",
        "valid_until": "",
    }
    added = client.post(reverse("startup_recognitions:add"), facts)
    assert added.status_code == 302
    assert Recognition.objects.get().number == "33/QĐ-SKHCN"
    ends_before = {**facts, "number": "34", "valid_until": "19/05/2026"}
    assert client.post(reverse("startup_recognitions:add"), ends_before).status_code == 200
    assert Recognition.objects.count() == 1
    assert client.get(address("edit", profile))["Location"] == reverse("wagtailadmin_home")


def test_the_preview_shows_the_draft(editor: Any, signed_in: Any) -> None:
    client = signed_in(editor)
    profile = sent(name="Chưa Duyệt", tagline="Câu đang chờ")
    task = profile.current_workflow_task_state
    answer = client.get(reverse(f"{SPACE}:workflow_preview", args=[profile.pk, task.task_id]))
    page = page_of(answer)
    assert page.select_one("h1").get_text() == "Chưa Duyệt"
    assert page.select_one(".lead").get_text() == "Câu đang chờ"


@pytest.mark.parametrize("role", ["front_desk", "contributor"])
def test_others_of_the_department_stay_outside(role: str, signed_in: Any) -> None:
    client = signed_in(UserFactory(**{role: True}))
    profile = sent()
    for path in (address("list"), address("edit", profile), reverse("startup_recognitions:index")):
        assert client.get(path)["Location"] == reverse("wagtailadmin_home")

"""Who may open what. To people outside the team an entry does not exist."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from competitions.entries import applying, submitting
from competitions.entries.models import EntryFile
from competitions.entries.queries import visible_to
from portal.accounts import roles
from tests.factories.core import pdf, upload
from tests.factories.entries import EntryFactory, FounderFactory

pytestmark = pytest.mark.django_db

STAFF = {
    "officer": roles.OFFICERS,
    "director": roles.DIRECTORS,
    "editor": roles.EDITORS,
    "front desk": roles.FRONT_DESK,
}


def staff(role):
    person = FounderFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    return person


@pytest.fixture
def entry(django_capture_on_commit_callbacks):
    """Handed in with one file; another file came later."""
    entry = EntryFactory(filled=True)
    question = entry.form.sections.last().questions.get(key="tai-lieu")
    with django_capture_on_commit_callbacks(execute=True):
        applying.add_file(entry, question, upload("nop.pdf", pdf(1)), entry.captain)
    submitting.submit(entry, entry.captain)
    with django_capture_on_commit_callbacks(execute=True):
        applying.add_file(entry, question, upload("chua-nop.pdf", pdf(1)), entry.captain)
    member = FounderFactory()
    entry.members.create(full_name="Có Tài Khoản", email=member.email, user=member)
    return entry


def file_of(entry, name):
    return EntryFile.objects.get(entry=entry, file__name=name).file_id


@pytest.fixture
def people(entry):
    other = EntryFactory(submitted=True)
    return {
        "captain": entry.captain,
        "member": entry.members.get(is_captain=False).user,
        "other founder": other.captain,
        **{name: staff(role) for name, role in STAFF.items()},
    }


def status(person, address):
    browser = Client()
    if person is not None:
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def test_the_founders_pages_are_the_teams_only(entry, people):
    section = entry.form.sections.first().pk
    file_id = file_of(entry, "nop.pdf")
    question = entry.form.sections.last().questions.get(key="tai-lieu").pk
    member = entry.members.first().pk
    pages = {
        "entry": [],
        "basics": [],
        "section": [section],
        "team": [],
        "member": [member],
        "review": [],
        "receipt": [],
        "withdraw": [],
        "file": [file_id],
        "page": [file_id, 1],
        "file_row": [question],
    }
    captain_only = {"member", "withdraw"}
    for name, more in pages.items():
        address = reverse(f"entries:{name}", args=[entry.key, *more])
        assert status(None, address) == 302, name
        assert status(people["captain"], address) == 200, name
        assert status(people["member"], address) == (302 if name in captain_only else 200), name
        for who in ("other founder", *STAFF):
            assert status(people[who], address) == 404, (who, name)


def test_what_only_posts_refuses_to_be_opened_and_strangers(entry, people):
    file_id = file_of(entry, "nop.pdf")
    question = entry.form.sections.last().questions.get(key="tai-lieu").pk
    member = entry.members.first().pk
    acts = {
        "add_file": [question],
        "remove_file": [file_id],
        "restore_file": [file_id],
        "remove_member": [member],
        "ask_member": [member],
        "submit": [],
    }
    for name, more in acts.items():
        address = reverse(f"entries:{name}", args=[entry.key, *more])
        for who in ("other founder", *STAFF):
            browser = Client()
            browser.force_login(people[who], "django.contrib.auth.backends.ModelBackend")
            assert browser.post(address).status_code == 404, (who, name)
        assert Client().post(address).status_code == 302, name
        if name != "submit":
            assert status(people["captain"], address) == 405, name


def test_the_back_office_is_for_officers_and_directors(entry, people):
    file_id = file_of(entry, "nop.pdf")
    addresses = [
        reverse("entries_admin:list"),
        reverse("entries_admin:export"),
        reverse("entries_admin:entry", args=[entry.pk]),
        reverse("entries_admin:file", args=[entry.pk, file_id]),
        reverse("entries_admin:page", args=[entry.pk, file_id, 1]),
    ]
    for address in addresses:
        for who in ("officer", "director"):
            assert status(people[who], address) == 200, (who, address)
        for who in ("editor", "front desk"):
            assert status(people[who], address) == 404, (who, address)
        for who in ("captain", "member", "other founder"):
            assert status(people[who], address) == 403, (who, address)
        assert status(None, address) == 302


def test_officers_never_see_what_was_not_handed_in(entry, people):
    draft = EntryFactory(filled=True)
    officer = people["officer"]
    assert status(officer, reverse("entries_admin:entry", args=[draft.pk])) == 404
    later = file_of(entry, "chua-nop.pdf")
    assert status(officer, reverse("entries_admin:file", args=[entry.pk, later])) == 404
    assert status(entry.captain, reverse("entries:file", args=[entry.key, later])) == 200


def test_a_tampered_file_number_opens_nobody_elses_file(entry, people):
    stranger = people["other founder"]
    own = stranger.captained_entries.get()
    address = reverse("entries:file", args=[own.key, file_of(entry, "nop.pdf")])
    assert status(stranger, address) == 404


def test_what_each_person_can_list(entry, people):
    draft = EntryFactory(filled=True)
    assert set(visible_to(people["captain"])) == {entry}
    assert set(visible_to(people["member"])) == {entry}
    assert entry not in visible_to(people["other founder"])
    assert entry in visible_to(people["officer"])
    assert draft not in visible_to(people["director"])
    assert not visible_to(people["editor"])


def test_anonymous_right_after_staff_sees_nothing(entry, people):
    browser = Client()
    address = reverse("entries_admin:entry", args=[entry.pk])
    browser.force_login(people["officer"], "django.contrib.auth.backends.ModelBackend")
    assert browser.get(address).status_code == 200
    browser.logout()
    assert browser.get(address).status_code == 302

"""Consent with its evidence, and the audit log."""

import importlib

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy

from portal.core import auditing, consenting
from portal.core.models import ConsentRecord, ConsentText
from portal.core.verdicts import Refused
from tests.portal.core.test_states import at_once

pytestmark = pytest.mark.django_db

PURPOSES = {
    "terms_of_use",
    "entry_truth",
    "entry_ip",
    "entry_data_use",
    "entry_publicity",
    "team_member",
    "judge_confidentiality",
    "judge_impartiality",
}


def test_every_purpose_has_a_text_in_two_languages():
    texts = ConsentText.objects.filter(purpose__in=PURPOSES, version=1)
    assert texts.count() == len(PURPOSES)
    for text in texts:
        assert text.title
        assert text.body
        assert text.title_en
        assert text.body_en


def test_the_migration_can_be_taken_back_and_keeps_what_was_agreed_to(person):
    migration = importlib.import_module("portal.core.migrations.0002_consent_texts")
    texts = ConsentText.objects.filter(purpose__in=migration.TEXTS)
    consenting.give("terms_of_use", user=person())
    migration.take_back(apps, None)
    assert list(texts.values_list("purpose", flat=True)) == ["terms_of_use"]
    migration.write(apps, None)
    assert texts.count() == len(PURPOSES)


def test_consent_names_text_time_channel_and_is_logged(person, at):
    moment = at("2026-11-23 09:00:00")
    lan = person("lan")
    given = consenting.give("entry_truth", user=lan, about="entry:7")
    assert (given.text.purpose, given.text.version) == ("entry_truth", 1)
    assert (given.given_at, given.channel, given.subject_email) == (moment, "web", lan.email)
    assert given.stands
    assert consenting.standing(lan, "entry_truth", "entry:7") == given
    assert consenting.standing(lan, "entry_truth", "entry:8") is None
    (line,) = auditing.history(given)
    assert (line.action, line.user) == ("consent.given", lan)
    assert line.data["purpose"] == "entry_truth"


def test_agreeing_twice_is_one_consent(person):
    lan = person()
    assert consenting.give("terms_of_use", user=lan) == consenting.give("terms_of_use", user=lan)
    assert ConsentRecord.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_agreeing_in_two_tabs_at_once_is_one_consent(person):
    lan = person()
    answers = at_once(*[lambda: consenting.give("terms_of_use", user=lan)] * 4)
    assert len({answer.pk for answer in answers}) == 1


def test_a_new_version_asks_again(person, at):
    at("2026-11-23 09:00:00")
    lan = person()
    old = consenting.give("terms_of_use", user=lan)
    ConsentText.objects.create(purpose="terms_of_use", version=2, title="Mới", body="Mới")
    new = consenting.give("terms_of_use", user=lan)
    assert new.text.version == 2
    assert consenting.standing(lan, "terms_of_use") == new
    consenting.withdraw(new, by=lan)
    assert consenting.standing(lan, "terms_of_use") == old


def test_a_text_of_the_future_is_not_yet_asked(at):
    at("2026-11-23 09:00:00")
    later = at("2026-12-01 00:00:00")
    ConsentText.objects.create(
        purpose="terms_of_use", version=2, title="Mới", body="Mới", valid_from=later
    )
    at("2026-11-30 23:59:59")
    assert ConsentText.current("terms_of_use").version == 1
    at("2026-12-01 00:00:00")
    assert ConsentText.current("terms_of_use").version == 2


def test_somebody_without_an_account_can_agree():
    given = consenting.give(
        "team_member", name="Trần An", email="an@demo.example", channel="mail_link"
    )
    assert (given.user, given.subject_name) == (None, "Trần An")
    with pytest.raises(ValueError, match="person"):
        consenting.give("team_member")
    with pytest.raises(ConsentText.DoesNotExist):
        consenting.give("unheard", name="Trần An")


def test_withdrawing_keeps_the_record_and_works_once(person):
    lan = person("lan")
    given = consenting.give("entry_publicity", user=lan)
    consenting.withdraw(given, by=lan)
    given.refresh_from_db()
    assert given.withdrawn_at
    assert consenting.standing(lan, "entry_publicity") is None
    with pytest.raises(Refused) as refused:
        consenting.withdraw(given, by=lan)
    assert refused.value.code == "already_withdrawn"
    assert consenting.give("entry_publicity", user=lan) != given
    assert [line.action for line in auditing.history(given)] == [
        "consent.withdrawn",
        "consent.given",
    ]


def test_only_the_person_or_the_keeper_of_records_withdraws(person, administrator):
    given = consenting.give("entry_publicity", user=person("lan"))
    with pytest.raises(Refused):
        consenting.withdraw(given, by=person("an"))
    given.refresh_from_db()
    assert given.stands
    consenting.withdraw(given, by=administrator)


def test_a_text_somebody_agreed_to_cannot_be_deleted(person):
    given = consenting.give("terms_of_use", user=person())
    with pytest.raises(ProtectedError):
        given.text.delete()


def test_an_action_nobody_declared_is_refused(person):
    text = ConsentText.current("terms_of_use")
    with pytest.raises(ValidationError):
        auditing.record("made.up", text, user=person())


def test_details_may_hold_lazy_words(person):
    text = ConsentText.current("terms_of_use")
    auditing.record("consent.given", text, user=None, why=gettext_lazy("Yes"))
    assert isinstance(auditing.history(text).first().data["why"], str)

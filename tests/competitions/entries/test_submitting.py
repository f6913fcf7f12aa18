"""Handing in: what it needs, what it writes, when it is refused."""

import pytest

from competitions.entries import snapshots
from competitions.entries.models import Entry
from competitions.entries.submitting import submit
from portal.core.verdicts import Refused
from tests.factories.entries import EntryFactory

pytestmark = pytest.mark.django_db


def test_a_complete_draft_gets_a_code_a_receipt_and_a_mail(
    mailoutbox, django_capture_on_commit_callbacks
):
    entry = EntryFactory(filled=True, competition__code_prefix="KN2026")
    with django_capture_on_commit_callbacks(execute=True):
        submission = submit(entry, entry.captain)

    entry.refresh_from_db()
    assert entry.state == Entry.State.SUBMITTED
    assert entry.code == "KN2026-001"
    assert submission.receipt == snapshots.receipt(submission.snapshot)
    assert entry.members.get().agreed
    [mail] = mailoutbox
    assert "KN2026-001" in mail.subject
    assert submission.receipt in mail.body


def test_an_incomplete_draft_is_refused_and_stays(mailoutbox):
    entry = EntryFactory()
    with pytest.raises(Refused) as refused:
        submit(entry, entry.captain)
    assert refused.value.code == "incomplete"
    entry.refresh_from_db()
    assert (entry.state, entry.code) == (Entry.State.DRAFT, None)

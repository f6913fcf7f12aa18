"""What was handed in, frozen, and its receipt.

A receipt is the SHA-256 of the snapshot's canonical form: UTF-8, NFC, JSON with sorted keys and
no spaces, holding the files' SHA-256s and the form's version. Anyone can recompute it. No email
address, phone number or tax code ever enters a snapshot: judges read it.
"""

import hashlib
import json
from collections import defaultdict
from typing import Any

from competitions.calls.models import Question
from competitions.calls.queries import questions_for
from competitions.entries.models import Answer, Entry, EntryFile, TeamMember
from portal.core.text import nfc
from portal.questions.showing import frozen_value

SCHEMA = 1


def build(entry: Entry, *, code: str | None = None, number: int = 0) -> dict[str, Any]:
    """The entry as it stands now, as plain JSON values.

    `code` and `number` are those the submission is about to get; a review has none yet.
    """
    answers = {answer.question_id: answer for answer in entry.answers.all()}
    files: dict[int, list[EntryFile]] = defaultdict(list)
    for attached in entry.files.filter(removed_at__isnull=True).select_related("file"):
        files[attached.question_id].append(attached)
    organisation = entry.organisation
    return {
        "schema": SCHEMA,
        "code": code or entry.code or "",
        "number": number,
        "competition": {"id": entry.competition_id, "title": entry.competition.title},
        "track": {"id": entry.track_id, "title": entry.track.title},
        "form": {"id": entry.form_id, "version": entry.form.version},
        "title": entry.title,
        "applicant": str(entry.applicant),
        "organisation": organisation and {"id": organisation.pk, "name": organisation.name},
        "members": [_member(member) for member in entry.members.all()],
        "sections": [
            {
                "title": section.title,
                "title_en": section.title_en,
                "items": [
                    _item(question, answers.get(question.pk), files[question.pk])
                    for question in questions
                ],
            }
            for section, questions in questions_for(entry.form, entry.track)
        ],
    }


def canonical(snapshot: dict[str, Any]) -> bytes:
    """The one byte sequence that stands for a snapshot. Raises TypeError on a float."""
    return json.dumps(
        _normal(snapshot), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8")


def receipt(snapshot: dict[str, Any]) -> str:
    """The verification code of a dossier: 64 hexadecimal digits."""
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def same_content(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Do two snapshots say the same? Code and number do not count.

    Nor does a name that is hidden in one of them: a member who agrees after the team handed in
    has not changed the entry.
    """
    hidden = {
        member["id"]
        for snapshot in (one, other)
        for member in snapshot["members"]
        if not member["full_name"]
    }
    return canonical(_content(one, hidden)) == canonical(_content(other, hidden))


def _content(snapshot: dict[str, Any], hidden: set[int]) -> dict[str, Any]:
    kept = {name: value for name, value in snapshot.items() if name not in {"code", "number"}}
    kept["members"] = [
        {
            **member,
            "user_id": None,
            "full_name": "" if member["id"] in hidden else member["full_name"],
        }
        for member in snapshot["members"]
    ]
    return kept


def _normal(value: Any) -> Any:
    """NFC in every text, keys included; numbers that print differently elsewhere refused."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, dict):
        return {nfc(name): _normal(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_normal(item) for item in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _member(member: TeamMember) -> dict[str, Any]:
    named = member.is_captain or member.agreed
    return {
        "id": member.pk,
        "full_name": member.full_name if named else "",
        "role": member.role,
        "is_captain": member.is_captain,
        "user_id": member.user_id,
    }


def _item(question: Question, answer: Answer | None, files: list[EntryFile]) -> dict[str, Any]:
    return {
        "question_id": question.pk,
        "key": question.key,
        "label": question.label,
        "label_en": question.label_en,
        **frozen_value(question, answer),
        "files": [
            {
                "id": attached.file.pk,
                "name": attached.file.name,
                "sha256": attached.file.sha256,
                "size": attached.file.size,
                "kind": str(attached.file.kind),
            }
            for attached in files
        ],
    }

"""Keeping the register: entering a document, correcting it, taking out what was entered wrongly."""

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.auditing import record
from portal.core.verdicts import Refused
from portal.regulations.models import OfficialDocument, Relation
from portal.regulations.permissions import may_delete, may_save
from portal.search.keeping_true import index_after_commit

if TYPE_CHECKING:
    from portal.accounts.models import User

# The log says of these only that they changed: they are long, or follow from others.
_TOLD_SHORTLY = frozenset({"body", "summary"})
_NOT_TOLD = frozenset({"id", "folded_number", "folded_text", "changed_at"})


def save_document(document: OfficialDocument, by: "User") -> OfficialDocument:
    """Store a document with its pending relations, files and topics.

    Raises Refused: not permitted, or its number was registered meanwhile.
    """
    try:
        with transaction.atomic():
            may_save(by, document).require()
            before = _facts(document.pk)
            document.changed_at = clock.now()
            document.save()
            _log(document, before, by)
            index_after_commit([f"regulation:{document.pk}"])
    except IntegrityError as error:
        raise Refused(
            _("A document of this issuer with this number is registered already."),
            code="taken",
            field="number",
        ) from error
    return document


def delete_document(document: OfficialDocument, by: "User") -> None:
    """Take a document out, with its own relations and links to files; the files stay.

    Raises Refused: not permitted, or other documents relate to it.
    """
    try:
        with transaction.atomic():
            OfficialDocument.objects.select_for_update().get(pk=document.pk)
            may_delete(by, document).require()
            record("regulations.deleted", document, user=by, **_facts(document.pk))
            Relation.objects.filter(document=document).delete()
            document.files.all().delete()
            OfficialDocument.objects.get(pk=document.pk).delete()
            index_after_commit([f"regulation:{document.pk}"])
    except ProtectedError as error:
        raise Refused(
            _("Other records hold on to this document, so it stays."), code="protected"
        ) from error


def _log(document: OfficialDocument, before: dict[str, Any], by: "User") -> None:
    after = _facts(document.pk)
    if not before:
        record("regulations.added", document, user=by, **after)
        return
    changes = {
        name: [] if name in _TOLD_SHORTLY else [before[name], value]
        for name, value in after.items()
        if before[name] != value
    }
    if changes:
        record("regulations.changed", document, user=by, changes=changes)


def _facts(pk: int | None) -> dict[str, Any]:
    """The stored document in plain data; empty for a new one."""
    stored = OfficialDocument.objects.filter(pk=pk).first()
    if stored is None:
        return {}
    columns = [field for field in stored._meta.concrete_fields if field.name not in _NOT_TOLD]
    relations = Relation.objects.filter(document=pk).values_list("kind", "other__number")
    return {
        **{field.name: _plain(field.value_from_object(stored)) for field in columns},
        "relations": sorted(f"{kind} {number}" for kind, number in relations),
        "files": sorted(stored.files.values_list("file_id", flat=True)),
        "topics": sorted(topic.label for topic in stored.topics.all()),
    }


def _plain(value: Any) -> str | int | None:
    return value if isinstance(value, int | None) else str(value)

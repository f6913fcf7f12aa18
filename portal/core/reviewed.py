"""Records that outsiders write and editors approve: the live version stays while an edit waits.

The owner's form starts from `get_latest_revision_as_object()` and calls `save_revision()`, never
`save()`. Publishing an older draft writes the whole row back, children too: what the system knows
of a record (its owner, its address, what an office has confirmed) stands in a row beside it.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from portal.core import secrecy


class ReviewedRecord(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """Drafts, review, a live version and the gate of state secrets, as pages have them.

    A subclass fills the columns of `DERIVED` in `clean_words` from what was written.
    """

    DERIVED: ClassVar[Sequence[str]] = ("sort_key", "folded_text")
    """Columns that lists sort and find by. They follow the draft until there is a live version."""

    live = models.BooleanField(_("live"), default=False, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A write of some fields only (the newest revision, a lock) puts no words live.
        if kwargs.get("update_fields") is None:
            self.clean_words()
            secrecy.pass_gate(self)
        super().save(*args, **kwargs)

    def clean_words(self) -> None:
        """Clean every text and fill what is derived from them. Called before each whole write."""
        raise NotImplementedError

    def publish(self, revision: Revision, user: Any = None, *args: Any, **kwargs: Any) -> None:
        with secrecy.in_the_name_of(user):
            super().publish(revision, user, *args, **kwargs)

    def serializable_data(self) -> dict[str, Any]:
        """What a revision holds. Phone numbers with their country, which their text leaves out."""
        data: dict[str, Any] = super().serializable_data()
        for name in data:
            held = getattr(self, name, None)
            if isinstance(held, PhoneNumber) and held.is_valid():
                data[name] = held.as_e164
        return data

    @property
    def draft_version(self) -> int:
        """A token of the newest draft: another one as soon as anybody has saved.

        Its time, not its key: an editor's autosave writes over a revision.
        """
        revision = self.latest_revision
        if revision is None:
            return 0
        return int(revision.created_at.timestamp()) * 1_000_000 + revision.created_at.microsecond

"""Nothing goes live without somebody's tick that it holds no state secret.

The gate stands where a page or a reviewed record is written, not in the views: every way of
publishing passes it (docs/decisions/009-secrecy-check.md). Behind the name of a person, or inside
the back office, a revision goes live only with a `SecrecyCheck` of what it says now. What the
portal does by itself (scheduled pages, founding, the demo, a verb) has no person behind it and
passes.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import DraftStateMixin, Page, Revision

from portal.core import auditing
from portal.core.models import SecrecyCheck

if TYPE_CHECKING:
    from portal.accounts.models import User

FIELD = "no_state_secret"
"""The tick's name in every form and dialogue."""
LABEL = _("Reviewed, holds no state secret")
HELP = _("Whoever publishes or approves says so with their name; it is kept in the page's history.")
MISSING = _(
    "Read it through, then tick this: nothing goes live before somebody has confirmed that it "
    "holds no state secret."
)

_actor: ContextVar["User | None"] = ContextVar("publishing_person", default=None)
_ticked: ContextVar["User | None"] = ContextVar("person_who_ticked", default=None)


class NotChecked(PermissionDenied):
    """Somebody tried to put a page live that nobody has checked."""


class Tick(forms.BooleanField):
    """The tick. It is said anew each time, and it is no change of the page."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(
            label=LABEL, help_text=HELP, required=required, error_messages={"required": MISSING}
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def is_ticked(data: Mapping[str, Any]) -> bool:
    """Is the tick set in what a form posted?"""
    return bool(forms.CheckboxInput().value_from_datadict(data, MultiValueDict(), FIELD))


@contextmanager
def in_the_name_of(user: "User | None") -> Iterator[None]:
    """What is published inside is published by this person; None leaves it as it was."""
    token = _actor.set(user or _actor.get())
    try:
        yield
    finally:
        _actor.reset(token)


@contextmanager
def ticked_by(user: "User") -> Iterator[None]:
    """This person has ticked for whatever goes live inside; each page gets its own record."""
    token = _ticked.set(user)
    try:
        yield
    finally:
        _ticked.reset(token)


def confirm(page: DraftStateMixin, revision: Revision, by: "User") -> SecrecyCheck:
    """Keep that `by` has checked `revision` of `page`, with a line in the audit log."""
    check = SecrecyCheck.objects.create(
        page_id=page.pk if isinstance(page, Page) else None,  # a record is told by its revision
        revision=revision,
        revision_saved_at=revision.created_at,
        title=(page.title if isinstance(page, Page) else str(page))[:255],
        checked_by=by,
    )
    auditing.record("secrecy.checked", page, user=by, revision=revision.pk)
    return check


def is_checked(revision: Revision) -> bool:
    """Has somebody checked what this revision says now?"""
    return SecrecyCheck.objects.filter(
        revision=revision, revision_saved_at=revision.created_at
    ).exists()


def last_check(page: DraftStateMixin) -> SecrecyCheck | None:
    """The newest check of any revision of this page or record."""
    checks = SecrecyCheck.objects.select_related("checked_by")
    if isinstance(page, Page):
        return checks.filter(page_id=page.pk).first()
    return checks.filter(revision__in=page.revisions).first()


def pass_gate(page: DraftStateMixin) -> None:
    """Called before a whole page or record is written: may the revision it says is live be live?

    Raises NotChecked. A tick that is held is kept; an unpublished page, and one that goes on
    showing the revision it shows, have nothing to pass.
    """
    if not page.live_revision_id or not _person() or _shows_already(page):
        return
    _require(page, page.live_revision)


def pass_gate_when_scheduled(instance: Revision, **_signal: Any) -> None:
    """Called before a revision is written: to be scheduled it must have been checked."""
    if instance.approved_go_live_at and instance.pk and _person():
        page = instance.content_object
        if isinstance(page, DraftStateMixin):
            _require(page, instance)


def _person() -> "User | None":
    """Who publishes: the name given to `publish`, else whoever works in the back office."""
    return _actor.get() or get_active_log_context().user


def _shows_already(page: DraftStateMixin) -> bool:
    rows = Page.objects if isinstance(page, Page) else type(page)._base_manager
    return bool(
        page.pk and rows.filter(pk=page.pk, live_revision_id=page.live_revision_id).exists()
    )


def _require(page: DraftStateMixin, revision: Revision) -> None:
    if ticked := _ticked.get():
        confirm(page, revision, by=ticked)
    elif not is_checked(revision):
        raise NotChecked(str(MISSING))

"""What the register gives to search and the back office."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from portal.core import auditing
from portal.core.extension_points import SearchDocument
from portal.regulations import searching
from portal.regulations.choosing import DocumentChooser
from portal.regulations.viewsets import RegisterGroup


@hooks.register("register_admin_viewset")
def register() -> RegisterGroup:
    return RegisterGroup()


@hooks.register("register_admin_viewset")
def document_chooser() -> DocumentChooser:
    return DocumentChooser("official_document_chooser", url_prefix="choose-official-document")


@hooks.register("portal_search_documents")
def regulation_documents(
    language: str, things: Collection[str] | None = None
) -> Iterable[SearchDocument]:
    return searching.documents(language, things)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "regulations.added": _("Official document registered"),
            "regulations.changed": _("Official document changed"),
            "regulations.deleted": _("Official document deleted"),
        },
    )

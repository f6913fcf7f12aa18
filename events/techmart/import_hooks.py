"""What imports from Excel answer to the hooks of the shared apps."""

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from events.techmart.import_office import urls as office_urls
from events.techmart.importing.running import may_import
from portal.core import auditing


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(may_import(request.user))


@hooks.register("register_admin_menu_item")
def import_item() -> MenuItem:
    return ImportMenuItem(
        _("Import from Excel"),
        reverse("techmart_import:runs"),
        name="market-import",
        icon_name="upload",
        order=282,
    )


@hooks.register("register_admin_urls")
def office() -> list[object]:
    return [path("market-import/", include((office_urls, "techmart_import"), "techmart_import"))]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "techmart.import_sent": _("Workbook sent for import"),
            "techmart.import_began": _("Import begun"),
            "techmart.imported": _("Records imported"),
            "techmart.import_refused": _("Import refused"),
        },
    )

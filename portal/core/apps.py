from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = _("Foundations")

    def ready(self) -> None:
        from portal.core import (
            admin_dates,
            admin_slugs,
            checks,  # noqa: F401  (registers the system checks)
            lookups,
        )
        from portal.core.page_cache.watching import watch

        admin_dates.install()
        admin_slugs.install()
        lookups.install()
        connection_created.connect(watch, dispatch_uid="core.page_cache")

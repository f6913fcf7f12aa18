from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = _("Foundations")

    def ready(self) -> None:
        from django.db.models.signals import pre_save
        from wagtail.models import Revision

        from portal.core import (
            admin_choosers,
            admin_dates,
            admin_slugs,
            checks,  # noqa: F401  (registers the system checks)
            lookups,
        )
        from portal.core.page_cache.watching import watch
        from portal.core.secrecy import pass_gate_when_scheduled

        admin_choosers.install()
        admin_dates.install()
        admin_slugs.install()
        lookups.install()
        pre_save.connect(
            pass_gate_when_scheduled, sender=Revision, dispatch_uid="core.secrecy.scheduled"
        )
        connection_created.connect(watch, dispatch_uid="core.page_cache")

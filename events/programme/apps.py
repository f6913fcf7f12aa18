from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "events.programme"
    label = "programme"
    verbose_name = _("Events")

    def ready(self) -> None:
        from events.programme import listing
        from portal.core import page_cache

        # "so": the number of a certificate that somebody checks.
        page_cache.reads(*listing.PARAMETERS, "so")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    name = "portal.regulations"
    label = "regulations"
    verbose_name = _("Official documents")

    def ready(self) -> None:
        from portal.core import page_cache

        page_cache.reads("q", "loai", "co-quan", "nam", "hieu-luc")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoworkingConfig(AppConfig):
    name = "startups.coworking"
    label = "coworking"
    verbose_name = _("Co-working")

    def ready(self) -> None:
        from portal.core import page_cache

        page_cache.reads("ngay", "tu", "den", "loai", "nguoi", "khong-bac", "dien", "cao", "co")

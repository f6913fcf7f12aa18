from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "portal.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from portal.pages.picturing import make_pictures_after_commit

        page_published.connect(make_pictures_after_commit, dispatch_uid="pages.pictures")

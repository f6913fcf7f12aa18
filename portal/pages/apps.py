from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "portal.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from django.db.models.signals import pre_save
        from wagtail import workflows
        from wagtail.images import get_image_model
        from wagtail.signals import page_published

        from portal.core.picture_privacy import keep_places_private
        from portal.news.models import NewsIndexPage
        from portal.pages import review_notices
        from portal.pages.newsroom import open_when_first_published
        from portal.pages.picturing import make_pictures_after_commit
        from portal.pages.review import ReviewTask

        # The only kind of task that is offered: Wagtail's own never asks for the tick.
        workflows.TASK_TYPES[:] = [ReviewTask]
        review_notices.take_over()
        page_published.connect(
            open_when_first_published, sender=NewsIndexPage, dispatch_uid="pages.newsroom"
        )
        page_published.connect(make_pictures_after_commit, dispatch_uid="pages.pictures")
        pre_save.connect(
            keep_places_private, sender=get_image_model(), dispatch_uid="pages.picture_privacy"
        )

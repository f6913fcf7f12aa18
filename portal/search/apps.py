from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "portal_search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import PageViewRestriction
        from wagtail.signals import (
            page_published,
            page_slug_changed,
            page_unpublished,
            post_page_move,
        )

        from portal.core import page_cache
        from portal.search import checks, keeping_true  # noqa: F401  (checks register themselves)

        page_cache.reads("q", "loai")

        page_published.connect(keeping_true.page_changed, dispatch_uid="search.published")
        # Deleting a live page unpublishes it first.
        for name, signal in {
            "unpublished": page_unpublished,
            "moved": post_page_move,
            "renamed": page_slug_changed,
        }.items():
            signal.connect(keeping_true.branch_changed, dispatch_uid=f"search.{name}")
        # A page that becomes private, or public again, is found no more, or again.
        for name, change in {"restricted": post_save, "opened": post_delete}.items():
            change.connect(
                keeping_true.restriction_changed,
                sender=PageViewRestriction,
                dispatch_uid=f"search.{name}",
            )

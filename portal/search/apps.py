from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "portal_search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.models import PageViewRestriction
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from portal.core import page_cache
        from portal.search.keeping_true import index_after_commit

        page_cache.reads("q", "loai")

        # Deleting a live page unpublishes it first.
        for name, signal in {
            "published": page_published,
            "unpublished": page_unpublished,
            "moved": post_page_move,
        }.items():
            signal.connect(index_after_commit, dispatch_uid=f"search.{name}")
        # A page that becomes private, or public again, is found no more, or again.
        post_save.connect(
            index_after_commit, sender=PageViewRestriction, dispatch_uid="search.restricted"
        )
        post_delete.connect(
            index_after_commit, sender=PageViewRestriction, dispatch_uid="search.opened"
        )

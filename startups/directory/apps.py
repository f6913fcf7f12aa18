from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "startups.directory"
    label = "directory"
    verbose_name = _("Startup directory")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from portal.accounts.policies import Restricted
        from portal.core import page_cache
        from startups.directory import telling
        from startups.directory.browsing import PARAMETERS
        from startups.directory.models import Need, RecognitionKind, Sector, Stage, StartupProfile

        page_cache.reads("q", *PARAMETERS)
        telling.connect()
        # Organisations begin their profiles themselves; a profile is taken down, not deleted.
        register_permission_policy(
            StartupProfile, Restricted(StartupProfile, without=["add", "delete"])
        )
        # Drafts hold on to these words too, where no constraint of the database sees it.
        for words in (Sector, Stage, Need, RecognitionKind):
            register_permission_policy(words, Restricted(words, without=["delete"]))

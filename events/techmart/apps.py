from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TechmartConfig(AppConfig):
    name = "events.techmart"
    label = "techmart"
    verbose_name = _("Technology market")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from events.techmart import going_public, indexing, telling, verifying, voicing
        from events.techmart.models import Demand, Expert, Offer, Supplier, Term
        from events.techmart.presenting import lists
        from portal.accounts.policies import Restricted
        from portal.core import page_cache

        # Owners begin their records themselves; a record is taken down, not deleted.
        for record in (Offer, Demand, Expert, Supplier):
            register_permission_policy(record, Restricted(record, without=["add", "delete"]))
        # Drafts hold on to these words too, where no constraint of the database sees it.
        register_permission_policy(Term, Restricted(Term, without=["delete"]))
        going_public.connect()
        telling.connect()
        verifying.connect()
        indexing.connect()
        page_cache.reads("q", voicing.ABOUT_OFFER, *lists.READ)

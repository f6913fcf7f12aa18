"""Lists of records in the back office that roles decide about and that search tells of."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import ProtectedError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from portal.core.templatetags.portal import moment
from portal.core.views import permission_denied
from portal.core.viewsets import ShowsRefusal, TypedExport, WordsInspectView
from portal.search.keeping_true import index_after_commit


class AnswersForbidden:
    """A person without the right gets 403; Wagtail alone would redirect to its home page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except PermissionDenied as refusal:
            return permission_denied(request, refusal)


Things = Callable[[Any], list[str]]


def _nothing(_record: Any) -> list[str]:
    return []


class ToldToSearch:
    """What search says of a saved row is true again after the commit."""

    things_of: Things = staticmethod(_nothing)

    def save_instance(self) -> models.Model:
        saved: models.Model = super().save_instance()  # type: ignore[misc]
        index_after_commit(self.things_of(saved))
        return saved


class RowIndexView(TypedExport, AnswersForbidden, generic.IndexView):
    select_related: tuple[str, ...] = ()

    def get_base_queryset(self) -> models.QuerySet:
        return super().get_base_queryset().select_related(*self.select_related)


class RowCreateView(AnswersForbidden, ShowsRefusal, ToldToSearch, generic.CreateView):
    template_name = "core/admin/row_form.html"


class RowCopyView(generic.CopyView, RowCreateView):
    """A new row from here on: Wagtail's copy is the old one, and a post to it would change that."""

    def get_initial_form_instance(self) -> models.Model:
        instance: models.Model = super().get_initial_form_instance()
        instance.pk = None
        instance._state.adding = True
        return instance


class RowEditView(AnswersForbidden, ShowsRefusal, ToldToSearch, generic.EditView):
    template_name = "core/admin/row_form.html"


class RowDeleteView(AnswersForbidden, generic.DeleteView):
    """What is used elsewhere stays, with a sentence that says by what."""

    things_of: Things = staticmethod(_nothing)

    def delete_action(self) -> None:
        told = self.things_of(self.object)
        super().delete_action()
        index_after_commit(told)

    def form_valid(self, form: Form) -> HttpResponse:
        title, back = str(self.object), self.get_success_url()
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            used = sorted({str(one._meta.verbose_name_plural) for one in error.protected_objects})
            messages.error(
                self.request,
                _(
                    "“%(title)s” is in use and stays: %(used)s belong to it. Set it inactive"
                    " instead."
                )
                % {"title": title, "used": ", ".join(used)},
            )
            return redirect(back)


class RowInspectView(AnswersForbidden, WordsInspectView):
    pass


class RowHistoryView(AnswersForbidden, generic.history.HistoryView):
    any_permission_required = ["view"]


class MomentColumn(Column):
    def get_value(self, instance: models.Model) -> str:
        return moment(super().get_value(instance))


class RowViewSet(ModelViewSet):
    """Roles decide about all of them; each list knows what its rows point to.

    A wing's own base names its `area` (for addresses) and `things_of`: what search has to look at
    again when a record changes.
    """

    area = ""
    things_of: Things = staticmethod(_nothing)
    select_related: tuple[str, ...] = ()
    index_view_class = RowIndexView
    add_view_class = RowCreateView
    copy_view_class = RowCopyView
    edit_view_class = RowEditView
    delete_view_class = RowDeleteView
    inspect_view_class = RowInspectView
    history_view_class = RowHistoryView
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 100

    @cached_property
    def name(self) -> str:
        return f"{self.area}_{self.model_name}"

    @cached_property
    def url_prefix(self) -> str:
        return f"{self.area}/{self.model_name}"

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Wagtail's usage reports know nothing of plain foreign keys.
        return super().get_common_view_kwargs(**{**kwargs, "usage_url_name": None})

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(**kwargs, select_related=self.select_related)

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_add_view_kwargs(**kwargs, things_of=self.things_of)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_edit_view_kwargs(**kwargs, things_of=self.things_of)

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_delete_view_kwargs(**kwargs, things_of=self.things_of)

    def get_permissions_to_register(self) -> models.QuerySet:
        # Roles decide, not Django permissions: nothing to tick in Wagtail's groups.
        return super().get_permissions_to_register().none()

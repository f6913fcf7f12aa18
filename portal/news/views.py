"""The page of the back office where an article is imported from Word."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.messages import render
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from portal.core.verdicts import Refused
from portal.news import importing
from portal.news.forms import ImportForm
from portal.news.models import NewsIndexPage
from portal.news.permissions import may_add_article


class ImportWord(WagtailAdminTemplateMixin, FormView):
    """Choose a Word file; go on in the editor of the draft that came of it."""

    template_name = "news/admin/import_word.html"
    form_class = ImportForm
    page_title = gettext_lazy("Import from Word")
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.index = get_object_or_404(NewsIndexPage, pk=kwargs["index_id"])
        allowed = may_add_article(request.user, self.index)
        if not allowed:
            raise PermissionDenied(str(allowed.reason))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {
                "url": reverse("wagtailadmin_explore", args=[self.index.pk]),
                "label": self.index.get_admin_display_title(),
            },
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(index=self.index, **kwargs)

    def form_valid(self, form: ImportForm) -> HttpResponse:
        try:
            done = importing.import_article(
                self.index, form.cleaned_data["file"], self.request.user
            )
        except Refused as refused:
            form.add_error("file", str(refused.reason))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("“%(title)s” is a draft now. Nobody else sees it until it is published.")
            % {"title": done.article.title},
        )
        if done.notes:
            notes = format_html_join("", "<li>{}</li>", ((note,) for note in done.notes))
            said = render(_("Please check:"), [], detail=format_html("<ul>{}</ul>", notes))
            messages.warning(self.request, said)
        return redirect("wagtailadmin_pages:edit", done.article.pk)

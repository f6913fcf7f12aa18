"""Wagtail's other ways of publishing, each with the tick: many pages at once, translations."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import DefaultPageForm
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page
from wagtail_localize import wagtail_hooks as localize
from wagtail_localize.views.update_translations import (
    UpdateTranslationsForm,
    UpdateTranslationsView,
)

from portal.core import secrecy
from portal.core.pages import BasePage
from portal.pages.permissions import may_approve


class PublishManyForm(DefaultPageForm):
    no_state_secret = secrecy.Tick()


class PublishMany(PublishBulkAction):
    """One tick for all pages that are shown; each gets its own record."""

    form_class = PublishManyForm
    template_name = "pages/admin/confirm_bulk_publish.html"

    def check_perm(self, page: Page) -> bool:
        return bool(super().check_perm(page) and may_approve(self.request.user, page))

    def get_form(self, form_class: Any = None) -> forms.Form:
        form: forms.Form = super().get_form(form_class)
        pages, _without_access = self.get_actionable_objects()
        if not any(page.get_descendants().not_live().exists() for page in pages):
            form.fields["include_descendants"].widget = forms.HiddenInput()
        return form

    @classmethod
    def execute_action(cls, objects: Any, *args: Any, **kwargs: Any) -> tuple[int, int]:
        with secrecy.ticked_by(kwargs["user"]):
            done: tuple[int, int] = super().execute_action(objects, *args, **kwargs)
            return done


class TranslationTick(forms.Form):
    no_state_secret = secrecy.Tick()


def publish_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """wagtail-localize's editor posts "publish" at once: ask for the tick in between.

    Answers None for everything else, which goes its way.
    """
    wanted = request.method == "POST" and request.POST.get("action") == "publish"
    if not wanted or not isinstance(page, BasePage):
        return None
    user: Any = request.user
    if not page.permissions_for_user(user).can_publish():
        return None  # refused further on
    form = TranslationTick(request.POST if "asked" in request.POST else None)
    if form.is_valid():
        with secrecy.ticked_by(user):
            answer: HttpResponse | None = localize.before_edit_page(request, page)
            return answer
    title = _("Publish the translation")
    context = {
        "form": form,
        "page": page,
        "header_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": request.path, "label": page.get_admin_display_title()},
            {"url": "", "label": title},
        ],
    }
    return render(request, "pages/admin/publish_translation.html", context)


class UpdateTicked(UpdateTranslationsForm):
    """Updating translations may publish them: then it needs the tick."""

    no_state_secret = secrecy.Tick(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("publish_translations") and not cleaned.get(secrecy.FIELD):
            self.add_error(secrecy.FIELD, secrecy.MISSING)
        return cleaned


class UpdateTranslations(UpdateTranslationsView):
    """Stands at the address of wagtail-localize's own view."""

    template_name = "pages/admin/update_translations.html"

    def get_form(self) -> UpdateTicked:
        return UpdateTicked(self.request.POST or None)

    def form_valid(self, form: UpdateTicked) -> HttpResponse:
        if not form.cleaned_data["publish_translations"]:
            return super().form_valid(form)
        with secrecy.ticked_by(self.request.user):
            return super().form_valid(form)

"""The register in the back office: documents, their kinds, their issuers."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput

from portal.core.link_words import about_vague_links
from portal.core.templatetags.portal import day
from portal.core.verdicts import Refused
from portal.core.viewsets import ShowsRefusal, WordsInspectView
from portal.regulations.browsing import with_words
from portal.regulations.forms import DocumentForm
from portal.regulations.models import DocumentKind, Issuer, OfficialDocument, Standing
from portal.regulations.registering import delete_document, save_document
from portal.search.finding import read_query

MOST_ROWS = 300
"""Relations or files that a form may bring at once."""


class DocumentFilters(WagtailFilterSet):
    year = django_filters.ChoiceFilter(
        label=_("Year"), field_name="issued_on", lookup_expr="year", choices=lambda: _years()
    )
    standing = django_filters.ChoiceFilter(label=_("In force?"), choices=Standing.choices)
    public = django_filters.BooleanFilter(
        label=_("Shown to the public"),
        field_name="published_on",
        lookup_expr="isnull",
        exclude=True,
    )

    class Meta:
        model = OfficialDocument
        fields = ["kind", "issuer", "year", "standing", "public"]


def _years() -> list[tuple[str, str]]:
    days = OfficialDocument.objects.order_by().dates("issued_on", "year", order="DESC")
    return [(str(day.year), str(day.year)) for day in days]


class DocumentIndex(generic.IndexView):
    """Searches number and subject without accents, every word."""

    is_searchable = True

    @cached_property
    def columns(self) -> list[Any]:
        """The number stays whole: it has no spaces to break at."""
        columns: list[Any] = super().columns
        columns[0].classname = "register-number"
        return columns

    def get_base_queryset(self) -> QuerySet:
        return OfficialDocument.objects.with_standing().select_related("kind", "issuer")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return (
            with_words(queryset, read_query(self.search_query)) if self.is_searching else queryset
        )


class SavesByVerb(ShowsRefusal):
    """The document is stored by `save_document`; a refusal is shown in the form."""

    form: DocumentForm
    request: HttpRequest

    def get_form(self, form_class: Any = None) -> Any:
        # Django draws up to two thousand rows that a form only claims to have: half a minute.
        counts = [
            str(told) for name, told in self.request.POST.items() if name.endswith("-TOTAL_FORMS")
        ]
        if any(told.isdecimal() and int(told[:9]) > MOST_ROWS for told in counts):
            raise BadRequest("More rows than a document has.")
        return super().get_form(form_class)  # type: ignore[misc]

    def is_valid(self, form: DocumentForm) -> bool:
        try:
            return bool(super().is_valid(form))  # type: ignore[misc]
        except (KeyError, ValueError, ValidationError) as mangled:
            # Wagtail's streams and inline rows break at counts and keys that no browser sends.
            raise BadRequest("A form whose own bookkeeping was changed.") from mangled

    def form_valid(self, form: DocumentForm) -> HttpResponse:
        self.form = form
        try:
            self.object = save_document(form.save(commit=False), self.request.user)
        except Refused as refused:
            return self.refuse(form, refused.field, refused.reason)
        if warning := about_vague_links(self.object):
            messages.warning(self.request, warning)
        return self.save_action()  # type: ignore[attr-defined]


class AddDocument(SavesByVerb, generic.CreateView):
    pass


class ChangeDocument(SavesByVerb, generic.EditView):
    pass


class DeleteDocument(generic.DeleteView):
    def form_valid(self, form: forms.Form) -> HttpResponse:
        message = self.get_success_message()
        try:
            delete_document(self.object, self.request.user)
        except Refused as refused:
            messages.error(self.request, str(refused.reason))
            return redirect(reverse("official_documents:edit", args=[self.object.pk]))
        messages.success(self.request, message)
        return redirect(self.get_success_url())


def _issued(document: OfficialDocument) -> str:
    return day(document.issued_on)


def _public(document: OfficialDocument) -> str:
    return day(document.published_on)


class DocumentViewSet(ModelViewSet):
    model = OfficialDocument
    name = "official_documents"
    url_prefix = "official-documents"
    icon = "doc-full-inverse"
    menu_label = _("Register of documents")
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = WordsInspectView
    inspect_view_fields = [
        *("number", "kind", "issuer", "signatory", "signatory_position"),
        *("issued_on", "effective_on", "expires_on", "subject", "subject_en", "summary"),
        *("topics", "published_on", "changed_at"),
    ]
    index_view_class = DocumentIndex
    add_view_class = AddDocument
    edit_view_class = ChangeDocument
    delete_view_class = DeleteDocument
    filterset_class = DocumentFilters
    list_filter = None
    list_display = [
        "number",
        Column("subject", label=_("Subject of the document"), classname="register-subject"),
        Column("kind", label=_("Kind"), accessor="kind", sort_key="kind__order"),
        Column("issuer", label=_("Issuing body"), accessor="issuer", sort_key="issuer__order"),
        Column("issued_on", label=_("Issued on"), accessor=_issued, sort_key="issued_on"),
        Column("status", label=_("In force?"), accessor="status_label"),
        Column("published_on", label=_("Public from"), accessor=_public, sort_key="published_on"),
    ]
    ordering = ["-issued_on", "-pk"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("number"), FieldPanel("kind"), FieldPanel("issuer")]),
                    FieldPanel("subject", widget=AdminAutoHeightTextInput()),
                    FieldPanel("subject_en", widget=AdminAutoHeightTextInput()),
                    FieldRowPanel([FieldPanel("signatory"), FieldPanel("signatory_position")]),
                ],
                heading=_("The document"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("issued_on"),
                            FieldPanel("effective_on"),
                            FieldPanel("expires_on"),
                        ]
                    ),
                    FieldPanel("published_on"),
                ],
                heading=_("Dates"),
            ),
            InlinePanel(
                "relations",
                [FieldRowPanel([FieldPanel("kind"), FieldPanel("other")])],
                heading=_("What it does to other documents"),
                label=_("Relation"),
            ),
            InlinePanel(
                "files",
                [FieldPanel("file")],
                heading=_("Files"),
                label=_("File"),
            ),
            FieldPanel("summary"),
            FieldPanel("body"),
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        ],
        base_form_class=DocumentForm,
    )


class KindViewSet(ModelViewSet):
    """A kind in use cannot be deleted (PROTECT)."""

    model = DocumentKind
    name = "document_kinds"
    url_prefix = "document-kinds"
    icon = "tag"
    menu_label = _("Kinds of documents")
    copy_view_enabled = False
    list_display = ["label", "slug", "order"]
    search_fields = ["label", "label_en"]
    search_backend_name = None
    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("label_en")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("order")]),
    ]


class IssuerViewSet(KindViewSet):
    model = Issuer
    name = "document_issuers"
    url_prefix = "document-issuers"
    icon = "group"
    menu_label = _("Issuing bodies")


class RegisterGroup(ViewSetGroup):
    items = (DocumentViewSet, KindViewSet, IssuerViewSet)
    menu_label = _("Official documents")
    menu_icon = "doc-full-inverse"
    menu_order = 260

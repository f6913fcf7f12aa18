"""The lists of the menu "Sự kiện"."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from events.programme import scheduling
from events.programme.models import (
    Event,
    EventSeries,
    Session,
    SignUp,
    SignUpQuestion,
    Speaker,
)
from events.programme.registration import setting_up
from events.programme.searching import things_of as event_things_of
from portal.core.templatetags.portal import moments
from portal.core.text import slugify
from portal.pages.row_office import MomentColumn, RowCreateView, RowEditView, RowViewSet
from portal.questions.building import OptionsField, check_kind
from portal.search.keeping_true import index_after_commit


class SpanForm(WagtailAdminModelForm):
    """A row with a beginning and an end, in that order."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end comes before the beginning."))
        return cleaned


class EventForm(SpanForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        english, reason = cleaned.get("called_off_because_en"), cleaned.get("called_off_because")
        if english and not reason:
            self.add_error("called_off_because", _("Say it in Vietnamese too."))
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if self.instance.pk and starts and ends and not self.errors:
            outside = scheduling.lines_outside(self.instance.pk, starts, ends)
            if outside:
                said = {"lines": ", ".join(f"“{line}”" for line in outside)}
                self.add_error("ends", _("The agenda reaches further: %(lines)s.") % said)
        return cleaned


class SessionForm(SpanForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        event, starts, ends = (cleaned.get(name) for name in ("event", "starts", "ends"))
        if event and starts and ends and ends > starts:
            said = {"when": moments(event.starts, event.ends)}
            if starts < event.starts:
                self.add_error("starts", _("The event begins later: %(when)s.") % said)
            if ends > event.ends:
                self.add_error("ends", _("The event ends earlier: %(when)s.") % said)
        return cleaned


class KeepsEvent:
    """Events are written by their verb, which tells calendars."""

    def save_instance(self) -> models.Model:
        form: Any = self.form  # type: ignore[attr-defined]
        event: Event = form.save(commit=False)
        scheduling.keep(event, self.request.user)  # type: ignore[attr-defined]
        index_after_commit(event_things_of(event))
        return event


class EventCreateView(KeepsEvent, RowCreateView):
    pass


class EventEditView(KeepsEvent, RowEditView):
    pass


class EventRowViewSet(RowViewSet):
    area = "events"
    things_of = staticmethod(event_things_of)


class EventViewSet(EventRowViewSet):
    model = Event
    icon = "calendar-alt"
    add_view_class = EventCreateView
    edit_view_class = EventEditView
    select_related = ("series",)
    list_display = [
        "title",
        Column("get_kind_display", label=gettext_lazy("Kind"), sort_key="kind"),
        MomentColumn("starts", label=gettext_lazy("Begins"), sort_key="starts"),
        Column("venue", label=gettext_lazy("Venue"), sort_key="venue"),
        Column("series", label=gettext_lazy("Series")),
    ]
    list_filter = ["kind", "series", "starts"]
    search_fields = ["title", "title_en", "venue"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("series")]),
            FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("venue"), FieldPanel("venue_en")]),
                    FieldPanel("address"),
                    FieldPanel("unit"),
                ],
                heading=gettext_lazy("Where"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("host"), FieldPanel("host_en")]),
                    FieldRowPanel([FieldPanel("contact_phone"), FieldPanel("contact_email")]),
                ],
                heading=gettext_lazy("Who holds it"),
            ),
            MultiFieldPanel(
                [FieldPanel("called_off_because"), FieldPanel("called_off_because_en")],
                heading=gettext_lazy("Calling it off"),
            ),
        ],
        base_form_class=EventForm,
    )
    inspect_view_fields = [
        *("kind", "title", "title_en", "series", "starts", "ends", "venue", "venue_en", "address"),
        *("unit", "host", "host_en", "contact_phone", "contact_email", "called_off_because"),
    ]


class SessionViewSet(EventRowViewSet):
    model = Session
    icon = "list-ul"
    select_related = ("event",)
    list_display = [
        "title",
        Column("event", label=gettext_lazy("Event"), sort_key="event__title"),
        MomentColumn("starts", label=gettext_lazy("Begins"), sort_key="starts"),
        Column("room", label=gettext_lazy("Room"), sort_key="room"),
    ]
    list_filter = ["event"]
    search_fields = ["title", "title_en", "event__title"]
    edit_handler = ObjectList(
        [
            FieldPanel("event"),
            FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
            FieldRowPanel([FieldPanel("room"), FieldPanel("room_en")]),
            FieldPanel("about"),
            FieldPanel("about_en"),
            FieldPanel("speakers", widget=forms.CheckboxSelectMultiple),
        ],
        base_form_class=SessionForm,
    )
    inspect_view_fields = [
        *("event", "title", "title_en", "starts", "ends", "room", "room_en", "about", "about_en"),
    ]


class SpeakerViewSet(EventRowViewSet):
    model = Speaker
    icon = "user"
    list_display = ["name", Column("role", label=gettext_lazy("Position")), "organisation"]
    search_fields = ["name", "organisation"]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("role_en")]),
        FieldRowPanel([FieldPanel("organisation"), FieldPanel("organisation_en")]),
        FieldPanel("about"),
        FieldPanel("about_en"),
        FieldPanel("photo"),
    ]
    inspect_view_fields = [
        *("name", "role", "role_en", "organisation", "organisation_en", "about", "about_en"),
    ]


class SeriesViewSet(EventRowViewSet):
    model = EventSeries
    icon = "folder-open-inverse"
    list_display = ["name", "slug"]
    search_fields = ["name", "name_en"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en"), FieldPanel("slug")]),
        FieldPanel("about"),
        FieldPanel("about_en"),
    ]
    inspect_view_fields = ["name", "name_en", "slug", "about", "about_en"]


class SignUpForm(WagtailAdminModelForm):
    """Seats are counted while they are given: fewer than are taken are refused by the verb."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Its registrations are for this event and no other.
            self.fields["event"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The end comes before the beginning."))
        for name in ("capacity", "most_people"):
            if cleaned.get(name) == 0:
                self.add_error(name, _("At least one."))
        taken = SignUp.objects.filter(pk=self.instance.pk).values_list("taken", flat=True).first()
        if taken and (cleaned.get("capacity") or taken) < taken:
            said = {"taken": taken}
            self.add_error("capacity", _("%(taken)s seats are taken already.") % said)
        return cleaned


class KeepsSignUp:
    """Seats are changed by their verb, which offers new ones to those in line."""

    def save_instance(self) -> models.Model:
        form: Any = self.form  # type: ignore[attr-defined]
        sign_up: SignUp = setting_up.keep(form.save(commit=False), self.request.user)  # type: ignore[attr-defined]
        return sign_up


class SignUpCreateView(KeepsSignUp, RowCreateView):
    pass


class SignUpEditView(KeepsSignUp, RowEditView):
    pass


class SignUpViewSet(EventRowViewSet):
    model = SignUp
    icon = "group"
    add_view_class = SignUpCreateView
    edit_view_class = SignUpEditView
    select_related = ("event",)
    list_display = [
        Column("event", label=gettext_lazy("Event"), sort_key="event__title"),
        MomentColumn("event.starts", label=gettext_lazy("Begins"), sort_key="event__starts"),
        Column("taken", label=gettext_lazy("Seats taken"), sort_key="taken"),
        Column("capacity", label=gettext_lazy("Seats"), sort_key="capacity"),
    ]
    search_fields = ["event__title"]
    edit_handler = ObjectList(
        [
            FieldPanel("event"),
            FieldRowPanel([FieldPanel("capacity"), FieldPanel("waiting_list")]),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("needs_approval"), FieldPanel("invitation_only")]),
                    FieldPanel("most_people"),
                    FieldPanel("asks_support"),
                    FieldPanel("online_link"),
                ],
                heading=gettext_lazy("How people register"),
            ),
        ],
        base_form_class=SignUpForm,
    )
    inspect_view_fields = [
        *("event", "capacity", "taken", "opens_at", "closes_at", "waiting_list", "needs_approval"),
        *("invitation_only", "most_people", "asks_support", "online_link"),
    ]


class SignUpQuestionForm(WagtailAdminModelForm):
    key = forms.SlugField(
        label=gettext_lazy("Key"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("Short name for exports. Left empty, it is made from the question."),
    )
    options = OptionsField(
        label=gettext_lazy("Choices"),
        required=False,
        help_text=gettext_lazy(
            "One choice a line: “value | label | label in English”, or only the label. "
            "For questions with choices."
        ),
    )

    class Meta:
        model = SignUpQuestion
        fields = [
            *("sign_up", "label", "label_en", "kind", "required", "help_text", "help_text_en"),
            *("options", "word_limit", "key", "order"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [pair for pair in kinds.choices if pair[0] != SignUpQuestion.Kind.FILE]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("key"):
            cleaned["key"] = slugify(cleaned.get("label", ""))[:50].strip("-")
        same = SignUpQuestion.objects.filter(sign_up=cleaned.get("sign_up"), key=cleaned["key"])
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("key", _("Another question of this form has this key."))
        check_kind(self, cleaned)
        return cleaned


class SignUpQuestionViewSet(EventRowViewSet):
    model = SignUpQuestion
    icon = "help"
    select_related = ("sign_up__event",)
    list_display = [
        "label",
        Column("get_kind_display", label=gettext_lazy("Kind"), sort_key="kind"),
        Column("sign_up", label=gettext_lazy("Event"), sort_key="sign_up__event__title"),
    ]
    search_fields = ["label", "sign_up__event__title"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in SignUpQuestionForm.Meta.fields],
        base_form_class=SignUpQuestionForm,
    )
    inspect_view_fields = [
        *("sign_up", "label", "label_en", "kind", "required", "help_text", "help_text_en"),
        *("word_limit", "key", "order"),
    ]


VIEWSETS: tuple[type[RowViewSet], ...] = (
    *(EventViewSet, SessionViewSet, SpeakerViewSet, SeriesViewSet),
    *(SignUpViewSet, SignUpQuestionViewSet),
)

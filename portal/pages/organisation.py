"""The department as data: its units, and the people one can turn to (Decree 42/2022, article 4)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from portal.core.blocks import BodyBlock, plain_text
from portal.core.languages import in_reader_language
from portal.core.pages import SUMMARY_PANEL, BasePage


class DepartmentUnit(models.Model):
    """The department itself, an office, a centre: whatever has a name and duties."""

    shown_publicly = True

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    name = models.CharField(_("name"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    duties = models.TextField(_("functions and duties"), blank=True)
    duties_en = models.TextField(_("functions and duties in English"), blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    email = models.EmailField(_("work email"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels: ClassVar[list[Any]] = [
        FieldPanel("parent"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
        FieldPanel("duties"),
        FieldPanel("duties_en"),
        MultiFieldPanel(
            [FieldPanel("address"), FieldRowPanel([FieldPanel("phone"), FieldPanel("email")])],
            heading=_("Contacts"),
        ),
        FieldPanel("order"),
    ]

    class Meta:
        verbose_name = _("unit of the department")
        verbose_name_plural = _("units of the department")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="department_unit_once"),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(parent__isnull=True),
                name="department_top_unit_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="department_unit_not_its_own_part"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen and above.pk is not None:
                raise ValidationError({"parent": _("A unit cannot be part of itself.")})
            seen.add(above.pk)
            above = above.parent

    @property
    def local_name(self) -> str:
        return in_reader_language(self.name, self.name_en)

    @property
    def local_duties(self) -> str:
        return in_reader_language(self.duties, self.duties_en)


class Officer(models.Model):
    """Somebody of the department whom people may turn to. No account is needed for it."""

    shown_publicly = True

    unit = models.ForeignKey(
        DepartmentUnit, models.PROTECT, related_name="officers", verbose_name=_("unit")
    )
    full_name = models.CharField(_("full name"), max_length=120)
    position = models.CharField(_("position"), max_length=120)
    position_en = models.CharField(_("position in English"), max_length=120, blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    email = models.EmailField(_("work email"), blank=True)
    focal = models.BooleanField(
        _("gives information to the public"),
        default=False,
        help_text=_("Then phone and work email are needed."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels: ClassVar[list[Any]] = [
        FieldPanel("unit"),
        FieldPanel("full_name"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("position_en")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldRowPanel([FieldPanel("focal"), FieldPanel("order")]),
    ]

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        ordering = ["unit__order", "order", "full_name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal=False) | ~models.Q(phone="") & ~models.Q(email=""),
                name="focal_officer_can_be_reached",
                violation_error_message=_(
                    "Who gives information to the public needs a phone and a work email."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.position}"

    @property
    def local_position(self) -> str:
        return in_reader_language(self.position, self.position_en)


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit with its people and the units below it."""

    unit: DepartmentUnit
    officers: Sequence[Officer]
    below: Sequence["Branch"]


def chart() -> list[Branch]:
    """The whole department, from the top: two queries, whatever its size."""
    units: dict[int | None, list[DepartmentUnit]] = defaultdict(list)
    for unit in DepartmentUnit.objects.all():
        units[unit.parent_id].append(unit)
    people: dict[int, list[Officer]] = defaultdict(list)
    for officer in Officer.objects.order_by("order", "full_name"):
        people[officer.unit_id].append(officer)

    def branch(unit: DepartmentUnit) -> Branch:
        return Branch(unit, people[unit.pk], [branch(child) for child in units[unit.pk]])

    return [branch(unit) for unit in units[None]]


def flat(branches: Sequence[Branch]) -> list[Branch]:
    """Every branch, the upper ones first, as the page tells of them one after the other."""
    return [one for branch in branches for one in (branch, *flat(branch.below))]


class OrganisationPage(BasePage):
    """The organisation chart with everybody's contacts, drawn from the register."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        SUMMARY_PANEL,
        FieldPanel("body", help_text=_("Stands above the chart.")),
    ]
    template = "pages/organisation_page.html"
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("organisation chart")
        verbose_name_plural = _("organisation charts")

    def body_text(self) -> str:
        told = [
            f"{one.unit.local_name} {one.unit.local_duties} "
            + " ".join(f"{officer.full_name} {officer.local_position}" for officer in one.officers)
            for one in flat(chart())
        ]
        return " ".join([plain_text(self.body), *told])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["branches"] = chart()
        context["units"] = flat(context["branches"])
        return context

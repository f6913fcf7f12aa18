"""Demands: a problem somebody wants solved, as a record of its own."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from events.techmart.models.offers import amount, at_least_nothing
from events.techmart.models.shared import Contact, MarketRecord, Standing, labels, shown
from events.techmart.models.terms import TermList, some_of
from portal.core.text import clean_line
from portal.search.words import searchable


class DemandQuerySet(models.QuerySet["Demand"]):
    def public(self) -> "DemandQuerySet":
        """What everybody may read: the only door to the public."""
        return self.filter(shown())

    def drawn(self) -> "DemandQuerySet":
        """With what rows and pages draw of a demand, in a fixed number of queries."""
        return self.select_related("unit", "standing", "standing__organisation").prefetch_related(
            "fields", "sectors", "crops", "cooperation"
        )


class Demand(Contact, MarketRecord):
    """A technology that is wanted. Its row is what the public sees; drafts are revisions."""

    LINES = ("title", "title_en", "scale", "contact_name", "contact_role")
    TEXTS = (
        *("problem", "problem_en", "summary_en", "current_way", "must_have", "nice_to_have"),
        *("material", "tried"),
    )

    title = models.CharField(_("name of the demand"), max_length=200)
    title_en = models.CharField(_("name in English"), max_length=200, blank=True)
    problem = models.TextField(
        _("the problem to solve"),
        max_length=3000,
        blank=True,
        help_text=_("What happens today, how often, and what it costs. In everyday words."),
    )
    problem_en = models.TextField(_("the problem, in English"), max_length=3000, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True)
    current_way = models.TextField(_("how it is done now"), max_length=2000, blank=True)
    must_have = models.TextField(_("what a solution must do"), max_length=2000, blank=True)
    nice_to_have = models.TextField(_("what would be welcome"), max_length=2000, blank=True)
    scale = models.CharField(
        _("scale"), max_length=200, blank=True, help_text=_("“120 hộ, 60 ha”, “2 tấn bã mỗi ngày”.")
    )
    material = models.TextField(_("raw material or product"), max_length=500, blank=True)
    fields = some_of(TermList.FIELD, _("fields of science and technology"))
    sectors = some_of(TermList.SECTOR, _("sectors of use"))
    crops = some_of(TermList.CROP, _("crops, animals, products"))
    cooperation = some_of(TermList.COOPERATION, _("wanted cooperation"))
    unit = models.ForeignKey(
        "core.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    budget_min = amount(_("budget from"))
    budget_max = amount(_("budget to"))
    budget_shown = models.BooleanField(_("Show the budget to everybody"), default=False)
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    min_trl = models.PositiveSmallIntegerField(
        _("at least as ready as (TRL 1–9)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    tried = models.TextField(_("what has been tried"), max_length=2000, blank=True)
    foreign_welcome = models.BooleanField(_("Foreign technology is welcome"), default=True)
    may_become_task = models.BooleanField(
        _("The department may propose it as a science and technology task"), default=False
    )

    objects = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = _("demand")
        verbose_name_plural = _("demands")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="demand_has_title"),
            models.CheckConstraint(
                condition=Q(min_trl__isnull=True) | Q(min_trl__range=(1, 9)),
                name="demand_trl_in_scale",
            ),
            models.CheckConstraint(
                condition=at_least_nothing("budget_min", "budget_max"),
                name="demand_budget_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(budget_min__isnull=True)
                | Q(budget_max__isnull=True)
                | Q(budget_max__gte=F("budget_min")),
                name="demand_budget_in_order",
                violation_error_message=_("The upper end of the budget is below the lower one."),
            ),
            models.CheckConstraint(
                condition=Q(live=False) | ~Q(problem=""), name="demand_shown_is_complete"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def name_to_sort_by(self) -> str:
        return self.title

    def words_to_find(self) -> str:
        words = searchable(
            f"{self.title} {self.title_en} {self.problem} {self.problem_en} {self.material} "
            f"{self.must_have}"
        )
        vocabulary = labels(*self.fields.all(), *self.sectors.all(), *self.crops.all())
        return f"{words}{vocabulary}"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """For the back office, as the public page will look."""
        from events.techmart.presenting.demands import preview

        return preview(request, self)


class DemandEnd(models.TextChoices):
    """What became of a demand that is closed."""

    CONNECTED = "connected", _("Brought together with a supplier")
    SIGNED = "signed", _("Signed")
    TASK = "task", _("Became a proposal for a science and technology task")
    WITHDRAWN = "withdrawn", _("No longer needed")


class DemandStanding(Standing):
    """Whose a demand is; without an organisation it came by phone, at a fair or from a visitor."""

    shown_publicly = True

    record = models.OneToOneField(Demand, models.PROTECT, related_name="standing")
    anonymous = models.BooleanField(
        _("whoever needs it is not named"),
        default=False,
        help_text=_("Nobody learns who needs it before they agree to be put in touch."),
    )
    ended_as = models.CharField(
        _("what became of it"), max_length=10, choices=DemandEnd, blank=True
    )
    end_note = models.CharField(_("about its end"), max_length=300, blank=True)

    class Meta(Standing.Meta):
        verbose_name = _("standing of a demand")
        verbose_name_plural = _("standings of demands")
        constraints = [
            *Standing.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_as__in=["", "connected", "signed", "task", "withdrawn"]),
                name="demand_end_known",
            ),
            models.CheckConstraint(
                condition=Q(ended_as="") | Q(closed_at__isnull=False),
                name="demand_ended_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.record}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.end_note = clean_line(self.end_note)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

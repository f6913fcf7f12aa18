"""Imports from workbooks: what was sent, what was found in it, what came of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.models.files import private_storage


def workbook_path(run: "ImportRun", filename: str) -> str:
    """A path that says nothing about the file."""
    return f"imports/{run.key.hex}.xlsx"


def pictures_path(run: "ImportRun", filename: str) -> str:
    return f"imports/{run.key.hex}.zip"


class ImportRun(models.Model):
    """One workbook on its way into the market. The report stays; the files go when it is done."""

    class Kind(models.TextChoices):
        OFFER = "offer", _("Offers")
        DEMAND = "demand", _("Demands")

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked, nothing imported yet")
        IMPORTING = "importing", _("Being imported")
        DONE = "done", _("Imported")
        REFUSED = "refused", _("Not imported")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what is imported"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CHECKING)
    name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    workbook = models.FileField(storage=private_storage, upload_to=workbook_path, blank=True)
    pictures = models.FileField(storage=private_storage, upload_to=pictures_path, blank=True)
    source = models.CharField(
        _("source"),
        max_length=60,
        help_text=_("Where these records are kept, for example “techport.vn” or “Excel Sở”."),
    )
    publish = models.BooleanField(_("put new records live"), default=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("unchanged"), default=0)
    faulty = models.PositiveIntegerField(_("faults"), default=0)
    report = models.JSONField(_("report"), default=list)
    """Each fault and each note: row, column, code, what is wrong and how to mend it."""
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("started by")
    )
    started_at = models.DateTimeField(_("started at"), default=clock.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import from Excel")
        verbose_name_plural = _("imports from Excel")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["offer", "demand"]), name="import_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["checking", "checked", "importing", "done", "refused"]),
                name="import_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        return self.state in {self.State.CHECKING, self.State.IMPORTING}


class ImportedRow(models.Model):
    """A row that came in, and what it said then: the same row again changes nothing."""

    kind = models.CharField(max_length=10, choices=ImportRun.Kind)
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    record_id = models.PositiveBigIntegerField()
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="imported")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "external_id"], name="imported_row_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.external_id}"

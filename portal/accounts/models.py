"""People, organisations, who belongs to which, and who was invited."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.mail import send_mail
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from portal.core import clock
from portal.core.states import Moves, state_constraint
from portal.core.text import clean_line, fold, name_sort_key


class UserManager(BaseUserManager["User"]):
    """Makes people from an email address and a name."""

    def _make(self, email: str, password: str | None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an email address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self._make(email, password, **{"is_superuser": False, **fields})

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self._make(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser, PermissionsMixin):
    """A person. The email address is the login; a judge and a founder are the same kind."""

    email = models.EmailField(_("email"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    sort_key = models.CharField(max_length=300, blank=True, editable=False, db_index=True)
    folded_name = models.CharField(max_length=300, blank=True, editable=False)
    phone = PhoneNumberField(_("phone"), blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="vi"
    )
    is_staff = models.BooleanField(_("works for the department"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=clock.now)

    shown_publicly = ("full_name", "sort_key")  # of judges, whom a competition names
    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_the_case"),
            models.CheckConstraint(condition=Q(language__in=["vi", "en"]), name="user_language"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        self.full_name = clean_line(self.full_name)
        self.sort_key = name_sort_key(self.full_name) if self.full_name else ""
        self.folded_name = fold(self.full_name)[:300]
        super().save(*args, **kwargs)

    # Wagtail and allauth ask people for these names.
    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        """The given name, which in Vietnamese is the last word."""
        return self.full_name.split(" ")[-1] if self.full_name else self.email

    @property
    def first_name(self) -> str:
        return self.get_short_name()

    @property
    def last_name(self) -> str:
        return " ".join(self.full_name.split(" ")[:-1])

    def email_user(self, subject: str, message: str, from_email: str | None = None) -> None:
        send_mail(subject, message, from_email, [self.email])


class Organisation(models.Model):
    """A company, cooperative, household business, school or institute that takes part."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprise")
        COOPERATIVE = "cooperative", _("Cooperative")
        HOUSEHOLD = "household", _("Household business")
        INSTITUTE = "institute", _("Institute")
        SCHOOL = "school", _("School or university")
        CENTRE = "centre", _("Centre or public unit")
        INTERMEDIARY = "intermediary", _("Intermediary")
        ASSOCIATION = "association", _("Association")

    legal_weight = True
    shown_publicly = ("kind", "verified_at")  # counted on the home page

    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    country = models.CharField(_("country"), max_length=2, default="VN")
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    folded_name = models.CharField(max_length=260, editable=False, db_index=True)
    tax_code = models.CharField(_("tax code"), max_length=20, blank=True)
    first_registered_on = models.DateField(_("first registered on"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    unit = models.ForeignKey(
        "core.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    phone = PhoneNumberField(_("phone"), blank=True)
    email = models.EmailField(_("email"), blank=True)
    website = models.URLField(_("website"), blank=True)
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["folded_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "tax_code"],
                condition=~Q(tax_code=""),
                name="organisation_tax_code_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "enterprise",
                        "cooperative",
                        "household",
                        "institute",
                        "school",
                        "centre",
                        "intermediary",
                        "association",
                    ]
                ),
                name="organisation_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = clean_line(self.name)
        # Some scripts fold to more letters than they have; the column takes 260.
        self.folded_name = fold(f"{self.name} {self.short_name}")[:260]
        super().save(*args, **kwargs)

    @property
    def tax_code_is_personal(self) -> bool:
        """A 12-digit code is a person's identity number: masked, never public."""
        return len(self.tax_code) == 12 and self.country == "VN"

    @property
    def public_tax_code(self) -> str:
        return "" if self.tax_code_is_personal else self.tax_code

    @property
    def masked_tax_code(self) -> str:
        """For people who may see the record: "••••••••9012" for personal numbers."""
        return f"••••••••{self.tax_code[-4:]}" if self.tax_code_is_personal else self.tax_code


class Membership(models.Model):
    """A person's place in an organisation."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner of the account")
        MEMBER = "member", _("Member")

    class State(models.TextChoices):
        REQUESTED = "requested", _("Asked to join")
        ACTIVE = "active", _("Active")
        DECLINED = "declined", _("Declined")
        LEFT = "left", _("Has left")

    MOVES: ClassVar[Moves] = {
        State.REQUESTED: frozenset({State.ACTIVE, State.DECLINED}),
        State.ACTIVE: frozenset({State.LEFT}),
        State.DECLINED: frozenset({State.REQUESTED, State.ACTIVE}),
        State.LEFT: frozenset({State.REQUESTED, State.ACTIVE}),
    }

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    role = models.CharField(
        _("role in the organisation"), max_length=10, choices=Role, default=Role.MEMBER
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    created_at = models.DateTimeField(_("since when"), default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="one_membership"),
            state_constraint("membership_state", "requested", "active", "declined", "left"),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "member"]), name="membership_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class Invitation(models.Model):
    """A mailed link with which a colleague joins an organisation. Only its hash is stored."""

    class State(models.TextChoices):
        SENT = "sent", _("Sent")
        ACCEPTED = "accepted", _("Accepted")
        REVOKED = "revoked", _("Revoked")

    MOVES: ClassVar[Moves] = {State.SENT: frozenset({State.ACCEPTED, State.REVOKED})}

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("email"))
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=Q(state="sent"),
                name="one_open_invitation_per_address",
            ),
            state_constraint("invitation_state", "sent", "accepted", "revoked"),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation}"

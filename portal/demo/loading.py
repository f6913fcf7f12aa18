"""Loading the demo season into an empty database."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from portal.accounts.models import Membership, Organisation, User
from portal.core import clock, consenting
from portal.core.demo_mode import DEMO_PASSWORD
from portal.core.models import AdministrativeUnit, ConsentText
from portal.demo import (
    connections,
    coworking,
    market,
    newsroom,
    programme,
    register,
    scaling,
    season,
    site,
    startups,
)
from portal.demo.content import people, units
from portal.search.indexing import rebuild

STEPS = 72
"""About how many steps of progress a load has; each step of the scale adds two."""

# Wagtail's first migration leaves a root and a welcome page.
PAGES_OF_AN_EMPTY_DATABASE = 2


class NotEmpty(Exception):
    """The database holds something that the demo did not make."""


def is_loaded() -> bool:
    """Does the demo season stand here already?"""
    return User.objects.filter(email="quantri@demo.example").exists()


def require_empty() -> None:
    """Raise NotEmpty when any user or page stands here that the demo did not make."""
    if User.objects.exclude(email__endswith="@demo.example").exists():
        raise NotEmpty("There are real accounts in this database.")
    if Page.objects.count() > PAGES_OF_AN_EMPTY_DATABASE:
        raise NotEmpty("There are pages in this database.")


def load(
    today: datetime,
    *,
    hostname: str = "127.0.0.1",
    port: int = 8000,
    scale: int = 1,
    step: Callable[[], None] = lambda: None,
) -> None:
    """Write the whole season. Deterministic for a given `today`; raises NotEmpty.

    `scale` 100 adds 990 articles and 198 entries: a province after some years.
    """
    require_empty()
    with translation.override("vi"), transaction.atomic():
        long_ago = today - timedelta(days=500)
        ConsentText.objects.update(valid_from=long_ago)  # last year's teams agreed to them too
        with clock.held_at(long_ago):
            made = make_people()
            make_units()
            make_organisations(made)
        step()
        judges = [(made[person.login], person.title) for person in people.JUDGES]
        cast = season.Cast(made, today, judges)
        with clock.held_at(today - timedelta(days=60)):
            site.make_department()
            home = site.make_site(hostname, port)
        step()
        with clock.held_at(today):
            site.make_news(home, today, step)
            newsroom.make_newsroom(today, made["chuyenvien"], made["bientap"])
            step()
            register.make_register(home)
            startups.make_directory(home, made, made["bientap"])
            market.make_market_page(home)
        market.make_records(made, today)
        connections.make_connections(made, today)
        step()
        competitions = [
            season.open_competition(cast),
            season.competition_in_marking(cast, step),
            season.earlier_competition(cast, step),
        ]
        coworking.make_spaces(cast, step)
        if scale > 1:
            with clock.held_at(today):
                scaling.add_news(scale - 1, step)
            scaling.add_entries(cast, competitions[0], scale - 1, step)
        with clock.held_at(today):
            home.refresh_from_db()
            site.make_competition_pages(home, competitions)
            coworking.make_space_pages(home)
            programme.make_events(home, cast)
            programme.make_registrations(cast)
            rebuild()
        _drop_queued_work()


def make_people() -> dict[str, User]:
    """Every account of the demo by its login; all have the same password."""
    password = make_password(DEMO_PASSWORD)  # once: hashing thirty times takes ten seconds
    groups = {group.name: group for group in Group.objects.all()}
    made = {}
    for person in people.EVERYBODY:
        user = User(
            email=person.email,
            full_name=person.full_name,
            phone=person.phone,
            password=password,
            is_staff=bool(person.role),
            date_joined=clock.now(),
        )
        user.save()
        if person.role:
            user.groups.add(groups[person.role])
        consenting.give("terms_of_use", user=user)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        made[person.login] = user
    return made


def make_units() -> None:
    """The demo's short list of communes."""
    code, kind, name = units.PROVINCE
    province = AdministrativeUnit.objects.create(
        level=AdministrativeUnit.Level.PROVINCE,
        code=code,
        kind=kind,
        name=name,
        full_name=f"{kind} {name}",
        valid_from=units.VALID_FROM,
        legal_basis=units.LEGAL_BASIS,
    )
    for number, (commune_kind, commune_name) in enumerate(units.COMMUNES, start=1):
        AdministrativeUnit.objects.create(
            level=AdministrativeUnit.Level.COMMUNE,
            parent=province,
            code=f"MH{number:03d}",
            kind=commune_kind,
            name=commune_name,
            full_name=f"{commune_kind} {commune_name}",
            valid_from=units.VALID_FROM,
            legal_basis=units.LEGAL_BASIS,
        )


def make_organisations(made: dict[str, User]) -> None:
    """Organisations and their owners."""
    communes = {unit.full_name: unit for unit in AdministrativeUnit.objects.communes()}
    officer = made["chuyenvien"]
    for company in people.ORGANISATIONS:
        owner = made[company.owner]
        registered = clock.today() - timedelta(days=int(365 * company.registered_years_ago))
        organisation = Organisation.objects.create(
            kind=company.kind,
            name=company.name,
            short_name=company.short_name,
            tax_code=company.tax_code,
            first_registered_on=registered,
            address="Ấp Minh Họa",
            unit=communes[company.commune],
            phone=owner.phone,
            email=owner.email,
            verified_at=clock.now(),
            verified_by=officer,
            created_by=owner,
        )
        Membership.objects.create(user=owner, organisation=organisation, role=Membership.Role.OWNER)


def _drop_queued_work() -> None:
    """Nobody is mailed what happened two years ago, and the search is written already."""
    for module in ("portal.core.noticing", "portal.search"):
        DBTaskResult.objects.filter(task_path__startswith=module).delete()


def moment_of(day: str) -> datetime:
    """The demo's "now" for `--today`: ten in the morning, local time. Raises ValueError."""
    naive = datetime.strptime(day, "%Y-%m-%d").replace(hour=10)  # noqa: DTZ007
    return timezone.make_aware(naive)

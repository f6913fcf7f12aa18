"""Startups for tests: public profiles approved the way an editor does, and their directory."""

from typing import Any

from portal.accounts.models import Membership, Organisation, User
from portal.core import secrecy
from portal.pages.owned_records import draft_of
from startups.directory.models import (
    DirectoryPage,
    Product,
    Recognition,
    RecognitionKind,
    Sector,
    Stage,
    StartupProfile,
    TeamMember,
)
from startups.directory.reviewing import send
from startups.directory.writing import save_draft, start
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.pages import LivePageFactory


class DirectoryPageFactory(LivePageFactory):
    class Meta:
        model = DirectoryPage

    title = "Khởi nghiệp"


def owner_of(organisation: Organisation) -> User:
    return User.objects.get(
        memberships__organisation=organisation, memberships__role=Membership.Role.OWNER
    )


def draft(
    organisation: Organisation | None = None,
    *,
    products: tuple[dict[str, str], ...] = (),
    team: tuple[dict[str, str], ...] = (),
    **facts: Any,
) -> StartupProfile:
    """A complete draft, written by the owner of `organisation`; one is made without it."""
    organisation = organisation or OrganisationFactory()
    owner = owner_of(organisation)
    profile = start(organisation, owner)
    wanted = {
        "name": organisation.name,
        "tagline": "Làm một việc cho thật tốt",
        "description": "Chúng tôi làm một việc.",
        "sector": Sector.objects.get(slug="cong-nghe-so"),
        "stage": Stage.objects.get(slug="mau-thu"),
        **facts,
    }
    written = draft_of(profile)
    version = written.draft_version
    for name, value in wanted.items():
        setattr(written, name, value)
    written.products = [Product(**one) for one in products]
    written.team = [TeamMember(**one) for one in team]
    save_draft(written, version, owner)
    return stored(profile)


def stored(profile: StartupProfile) -> StartupProfile:
    """The profile as the database has it now."""
    profiles = StartupProfile.objects.select_related("latest_revision", "standing__organisation")
    return profiles.get(pk=profile.pk)


def sent(organisation: Organisation | None = None, **facts: Any) -> StartupProfile:
    """A profile that waits for an editor."""
    profile = draft(organisation, **facts)
    send(profile, owner_of(profile.standing.organisation))
    return stored(profile)


def approve(profile: StartupProfile, by: User | None = None) -> StartupProfile:
    """What the editors' dialogue does."""
    editor = by or UserFactory(editor=True)
    task_state = profile.current_workflow_task_state
    profile.current_workflow_task.on_action(task_state, editor, "approve", **{secrecy.FIELD: True})
    return stored(profile)


def public(organisation: Organisation | None = None, **facts: Any) -> StartupProfile:
    """A profile that everybody sees."""
    return approve(sent(organisation, **facts))


def recognise(profile: StartupProfile, **facts: Any) -> Recognition:
    wanted = {
        "kind": RecognitionKind.objects.first(),
        "number": "12/QĐ-SKHCN",
        "issued_on": "2025-03-01",
        **facts,
    }
    recognition = Recognition(profile=profile, **wanted)
    recognition.full_clean()
    recognition.save()
    return recognition

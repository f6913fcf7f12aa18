"""The demo's startup directory: ten profiles, one waiting for an editor, one returned."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from portal.accounts.models import Organisation, User
from portal.core import clock
from portal.demo.content import startups as words
from portal.demo.logos import draw_logo
from portal.demo.site import add_page, translate
from portal.pages.models import HomePage
from portal.pages.owned_records import draft_of
from startups.directory import reviewing, writing
from startups.directory.models import (
    DirectoryPage,
    Need,
    Product,
    Recognition,
    RecognitionKind,
    Sector,
    Stage,
    StartupProfile,
    TeamMember,
)


def make_directory(home: HomePage, people: dict[str, User], editor: User) -> None:
    """The public page in two languages, and every profile where it stands."""
    index = add_page(home, DirectoryPage, **words.INDEX["vi"], show_in_menus=True)
    translate(index, **words.INDEX["en"], show_in_menus=True)
    for startup in words.STARTUPS:
        _make(startup, people[startup.owner], editor)


def _make(startup: words.Startup, owner: User, editor: User) -> None:
    organisation = Organisation.objects.get(memberships__user=owner)
    profile = writing.start(organisation, owner)
    _write(startup, profile, owner)
    profile.refresh_from_db()
    if startup.where == words.LIVE:
        profile.latest_revision.publish()
    else:
        reviewing.send(profile, owner)
    if startup.where == words.RETURNED:
        profile.current_workflow_task.on_action(
            profile.current_workflow_task_state, editor, "reject", comment=words.COMMENT
        )
    number, days_ago = startup.recognised
    if number:
        issued = clock.today() - timedelta(days=days_ago)
        Recognition.objects.create(
            profile=profile,
            kind=RecognitionKind.objects.get(slug="doanh-nghiep-khoi-nghiep-sang-tao"),
            number=number,
            issuer=words.ISSUER,
            issued_on=issued,
            valid_until=issued + timedelta(days=3 * 365),
        )


def _write(startup: words.Startup, profile: StartupProfile, owner: User) -> None:
    draft = draft_of(profile)
    version = draft.draft_version
    facts = {
        "name": startup.name,
        "tagline": startup.tagline,
        "description": startup.description,
        "problem": startup.problem,
        "solution": startup.solution,
        "results": startup.results,
        "sector": Sector.objects.get(slug=startup.sector),
        "stage": Stage.objects.get(slug=startup.stage),
        "founded_year": clock.today().year - startup.years,
        "needs": list(Need.objects.filter(slug__in=startup.needs)),
        "products": [Product(**one) for one in startup.products],
        "team": [TeamMember(**one) for one in startup.team],
        "team_agreed": True,
        "email": owner.email,
        "show_email": True,
        **startup.english,
    }
    mark, colour = startup.logo
    if mark:
        drawn = ContentFile(draw_logo(startup.name, mark, colour), name=f"{startup.owner}.png")
        facts["logo"] = get_image_model().objects.create(
            title=startup.name, file=ImageFile(drawn, drawn.name)
        )
    for name, value in facts.items():
        setattr(draft, name, value)
    writing.save_draft(draft, version, owner)

"""The way of a profile to the public: what it needs, sending it, taking it back.

Approving and returning are Wagtail's, in the back office (`portal.pages.review.ReviewTask`).
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal.pages import owned_records
from portal.pages.owned_records import Missing
from startups.directory.models import StartupProfile
from startups.directory.permissions import may_send, may_take_back

if TYPE_CHECKING:
    from portal.accounts.models import User


def missing(draft: StartupProfile) -> Missing:
    """What stands between a draft and the public."""
    wanted: Missing = [
        ("tagline", _("Say in one sentence what you do.")),
        ("sector", _("Choose the sector.")),
        ("stage", _("Choose the stage.")),
        ("description", _("Describe the startup.")),
    ]
    found = [(name, text) for name, text in wanted if not getattr(draft, name)]
    if draft.team.exists() and not draft.team_agreed:
        found.append(("team_agreed", _("Confirm that each person named has agreed.")))
    return found


def send(profile: StartupProfile, by: "User") -> None:
    """Put the newest draft before the editors. Raises Refused: see `owned_records.send`."""
    owned_records.send(profile, by, may_send, missing)


def take_back(profile: StartupProfile, by: "User") -> None:
    """Take the draft out of the review, to go on writing. Raises Refused."""
    owned_records.take_back(profile, by, may_take_back)

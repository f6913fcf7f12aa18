"""Who may see and change a competition's set-up. Published competitions have public pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from competitions.calls.models import Competition
from portal.accounts.roles import is_officer, reads_everything
from portal.core.verdicts import YES, Verdict, no


def may_read_competitions(user: Any) -> Verdict:
    """Officers, directors and administrators see every competition's set-up."""
    if reads_everything(user):
        return YES
    return no(_("Only programme officers and directors see how a competition is set up."))


def may_edit_competitions(user: Any) -> Verdict:
    """Officers and administrators set competitions up."""
    if is_officer(user):
        return YES
    return no(_("Only programme officers set up competitions."))


def may_edit_competition(user: Any, competition: Competition) -> Verdict:
    """The same, for one competition: an archived one rests until it is brought back."""
    verdict = may_edit_competitions(user)
    if verdict and competition.state == Competition.State.ARCHIVED:
        return no(_("This competition is archived. Bring it back before you change it."))
    return verdict

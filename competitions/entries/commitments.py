"""What a captain commits to when submitting, and what a member agrees to when named.

Each is a consent text of its own with its own checkbox, never ticked beforehand (Law 91/2025 on
personal data). The first wording is written by a migration of `portal.core`.
"""

from collections.abc import Iterable

from portal.core.models import ConsentText

TRUTH = "entry_truth"
OWNERSHIP = "entry_ip"
DATA_USE = "entry_data_use"
PUBLICITY = "entry_publicity"
MEMBER = "team_member"

REQUIRED = (TRUTH, OWNERSHIP, DATA_USE)
ASKED = (*REQUIRED, PUBLICITY)
"""In the order in which they are shown on submit."""


def current(purposes: Iterable[str] = ASKED) -> list[ConsentText]:
    """The texts in force, in the order of `purposes`. Raises ConsentText.DoesNotExist."""
    return [ConsentText.current(purpose) for purpose in purposes]

"""Profiles and what belongs to them, what the system knows beside them, their public page."""

from startups.directory.models.pages import DirectoryPage
from startups.directory.models.profiles import (
    Product,
    StartupProfile,
    StartupProfileQuerySet,
    TeamMember,
)
from startups.directory.models.standing import ProfileStanding, Recognition
from startups.directory.models.vocabularies import Need, RecognitionKind, Sector, Stage

__all__ = [
    "DirectoryPage",
    "Need",
    "Product",
    "ProfileStanding",
    "Recognition",
    "RecognitionKind",
    "Sector",
    "Stage",
    "StartupProfile",
    "StartupProfileQuerySet",
    "TeamMember",
]

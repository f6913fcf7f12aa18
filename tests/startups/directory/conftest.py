"""The public directory, and the people around it."""

from typing import Any

import pytest

from startups.directory.models import DirectoryPage
from tests.factories.accounts import UserFactory
from tests.factories.directory import DirectoryPageFactory
from tests.factories.pages import home


@pytest.fixture
def directory(site: object) -> DirectoryPage:
    return DirectoryPageFactory(parent=home())


@pytest.fixture
def editor(db: None) -> Any:
    return UserFactory(editor=True, full_name="Đặng Hải Yến")


@pytest.fixture
def officer(db: None) -> Any:
    return UserFactory(officer=True)

"""The public register, and the people who keep it."""

from typing import Any

import pytest

from portal.regulations.models import RegulationsIndexPage
from tests.factories.accounts import UserFactory
from tests.factories.pages import home
from tests.factories.regulations import RegulationsIndexFactory


@pytest.fixture
def register(site: object) -> RegulationsIndexPage:
    return RegulationsIndexFactory(parent=home())


@pytest.fixture
def editor(db: None) -> Any:
    return UserFactory(editor=True)

"""A Monday morning at seven, a founder with a checked company, and somebody at the desk."""

from typing import Any

import pytest

from portal.accounts.models import Organisation, User
from portal.core import clock
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.startups.coworking.days import moment


@pytest.fixture(autouse=True)
def _monday_morning() -> Any:
    with clock.held_at(moment("07:00")):
        yield


@pytest.fixture
def founder() -> User:
    return UserFactory()


@pytest.fixture
def company(founder: User) -> Organisation:
    return OrganisationFactory(owner=founder, verified_at=clock.now())


@pytest.fixture
def clerk() -> User:
    return UserFactory(front_desk=True)

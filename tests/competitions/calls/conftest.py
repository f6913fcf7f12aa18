"""People of the department, and pages read as HTML."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from portal.accounts import roles
from tests.reading import page_of


@pytest.fixture
def staff(db: None) -> Callable[[str], Any]:
    """A person of the department with one role, who may enter the back office."""

    def make(role: str) -> Any:
        user = get_user_model().objects.create_user(
            f"{role.lower().replace(' ', '-')}@demo.example", full_name=role, is_staff=True
        )
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def officer(staff: Callable[[str], Any]) -> Any:
    return staff(roles.OFFICERS)


@pytest.fixture
def director(staff: Callable[[str], Any]) -> Any:
    return staff(roles.DIRECTORS)


@pytest.fixture
def desk(officer: Any, signed_in: Callable) -> Any:
    """The officer's browser."""
    return signed_in(officer)


@pytest.fixture
def page() -> Callable[[Any], BeautifulSoup]:
    return page_of


def sent_values(soup: BeautifulSoup) -> dict[str, Any]:
    """What a browser would send from the page's form: closed inputs send nothing."""
    values: dict[str, Any] = {}
    for field in soup.select("#w-editor-form [name]:not([disabled])"):
        name = field["name"]
        if field.name == "textarea":
            values[name] = field.text.lstrip("\n")
        elif field.name == "select":
            chosen = field.select("option[selected]")
            values[name] = chosen[0]["value"] if chosen else ""
        elif field.get("type") in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                values.setdefault(name, []).append(field.get("value", "on"))
        else:
            values[name] = field.get("value", "")
    return values

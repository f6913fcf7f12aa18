"""People and processes for the tests of the ground floor."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.db import connection


@pytest.fixture
def person(db: None) -> Callable[..., Any]:
    """Make a person: `person("lan", language="en")`."""

    def make(name: str = "lan", **fields: Any) -> Any:
        fields.setdefault("full_name", f"Nguyễn Thị {name.capitalize()}")
        return get_user_model().objects.create_user(f"{name}@demo.example", "x" * 12, **fields)

    return make


@pytest.fixture
def administrator(person: Callable[..., Any]) -> Any:
    return person("quantri", is_staff=True, is_superuser=True)


@pytest.fixture
def process_environment(tmp_path: Path) -> dict[str, str]:
    """For a process of its own with the portal's real settings on the test database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{database['NAME']}"
    else:
        who = quote(database["USER"]) + (
            f":{quote(word)}" if (word := database["PASSWORD"]) else ""
        )
        host = f"{database['HOST']}:{database['PORT'] or 5432}"
        address = f"postgres://{who}@{host}/{database['NAME']}"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **kept,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_MODE": "demo",
        "VAR_DIR": str(tmp_path),
    }


@pytest.fixture
def production_environment(process_environment: dict[str, str]) -> dict[str, str]:
    return {
        **process_environment,
        "PORTAL_MODE": "production",
        "SECRET_KEY": "k" * 60,
        "ALLOWED_HOSTS": "portal.example",
        "SITE_URL": "https://portal.example",
    }

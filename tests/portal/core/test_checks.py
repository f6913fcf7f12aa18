"""The system checks catch what they are for, and this repository passes them."""
# ruff: noqa: DJ008  (models of a few lines that never reach a database)

import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.test.utils import isolate_apps
from wagtail.models import Page

from portal.core import checks
from portal.core.demo_mode import account_lines, refuse_demo_accounts


def ids(found):
    return [error.id for error in found]


def stands_in(model, module):
    """Say that the model was written in another package."""
    model.__module__ = module
    return model


def test_this_repository_passes():
    assert [error for error in run_checks() if error.id.startswith("portal.")] == []


@isolate_apps("portal.core", attr_name="apps")
def test_a_page_without_the_base_is_found():
    class Loose(Page):
        class Meta:
            app_label = "core"

    assert ids(checks.pages_without_base([stands_in(Loose, "portal.x")])) == ["portal.E001"]
    assert checks.pages_without_base([stands_in(Loose, "wagtail.contrib.x")]) == []


@pytest.mark.parametrize(
    ("here", "there", "found"),
    [
        ("competitions.calls.models", "startups.directory.models", ["portal.E002"]),
        ("portal.news.models", "events.programme.models", ["portal.E002"]),
        ("competitions.entries.models", "competitions.calls.models", []),
        ("events.fairs.models", "portal.accounts.models", []),
        ("wagtail.x", "events.fairs.models", []),
    ],
)
@isolate_apps("portal.core")
def test_a_key_across_wings_is_found(here, there, found):
    class Target(models.Model):
        class Meta:
            app_label = "core"

    class Source(models.Model):
        target = models.ForeignKey(Target, models.PROTECT)

        class Meta:
            app_label = "core"

    stands_in(Target, there)
    assert ids(checks.keys_across_wings([stands_in(Source, here)])) == found


@isolate_apps("portal.core")
def test_many_to_many_across_wings_is_found():
    class Target(models.Model):
        class Meta:
            app_label = "core"

    class Source(models.Model):
        targets = models.ManyToManyField(Target)

        class Meta:
            app_label = "core"

    stands_in(Target, "startups.directory.models")
    through = stands_in(Source.targets.through, "events.fairs.models")
    assert ids(checks.keys_across_wings([through])) == ["portal.E002"]


@pytest.mark.parametrize(
    ("on_delete", "found"),
    [
        (models.CASCADE, ["portal.E003"]),
        (models.SET_NULL, ["portal.E003"]),
        (models.PROTECT, []),
        (models.RESTRICT, []),
    ],
)
@pytest.mark.parametrize("legal", ["source", "target"])
@isolate_apps("portal.core")
def test_what_has_legal_weight_must_be_protected(on_delete, found, legal):
    class Target(models.Model):
        legal_weight = legal == "target"

        class Meta:
            app_label = "core"

    class Source(models.Model):
        legal_weight = legal == "source"
        target = models.ForeignKey(Target, on_delete, null=True)

        class Meta:
            app_label = "core"

    assert ids(checks.cascades_of_legal_weight([stands_in(Source, "portal.x")])) == found


@isolate_apps("portal.core")
def test_without_legal_weight_a_cascade_is_allowed():
    class Target(models.Model):
        class Meta:
            app_label = "core"

    class Source(models.Model):
        target = models.ForeignKey(Target, models.CASCADE)

        class Meta:
            app_label = "core"

    assert checks.cascades_of_legal_weight([stands_in(Source, "portal.x")]) == []


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"ENGINE": "django.db.backends.sqlite3"}, ["portal.E004"]),
        (
            {
                "ENGINE": "django.db.backends.sqlite3",
                "OPTIONS": {"transaction_mode": "IMMEDIATE"},
            },
            [],
        ),
        ({"ENGINE": "django.db.backends.postgresql"}, []),
    ],
)
def test_sqlite_without_immediate_is_found(options, found):
    assert ids(checks.sqlite_without_immediate({"default": options})) == found


@pytest.mark.django_db
def test_demo_accounts_in_production_are_found(person, settings):
    person("lan")
    settings.PRODUCTION = False
    assert checks.demo_accounts_in_production() == []
    settings.PRODUCTION = True
    assert ids(checks.demo_accounts_in_production()) == ["portal.E005"]
    assert "portal.E005" in ids(run_checks(databases=["default"]))
    with pytest.raises(ImproperlyConfigured, match=r"demo\.example"):
        refuse_demo_accounts()


@pytest.mark.django_db
def test_a_live_portal_without_demo_accounts_starts(settings):
    settings.PRODUCTION = True
    assert checks.demo_accounts_in_production() == []
    refuse_demo_accounts()


@pytest.mark.django_db
def test_accounts_of_the_demo_are_told_in_few_lines(person):
    for name in ("quantri", "startup2", "startup1", "startup10"):
        person(name)
    assert account_lines() == [
        "quantri@demo.example",
        "startup1@demo.example … startup10@demo.example",
    ]


@pytest.mark.django_db(transaction=True)
def test_the_web_application_refuses_to_start_with_demo_accounts(person, production_environment):
    person("lan")
    started = subprocess.run(
        [sys.executable, "-c", "import portal.wsgi"],
        env=production_environment,
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode != 0
    assert "demo.example" in started.stderr.splitlines()[-1]

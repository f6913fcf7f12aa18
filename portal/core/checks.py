"""System checks that guard the architecture. Each one has an id that its test names."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import models
from wagtail.models import Page

from portal.core.demo_mode import DEMO_DOMAIN, demo_accounts_stand
from portal.core.pictures import WRITES_AVIF

GROUND_FLOOR = "portal"
WINGS = frozenset({"competitions", "startups", "events"})
OURS = WINGS | {GROUND_FLOOR}


def package(model: type[models.Model]) -> str:
    """The top-level package a model stands in: the ground floor, a wing, or somebody else's."""
    return model.__module__.partition(".")[0]


def foreign_keys(model: type[models.Model]) -> Iterator[Any]:
    """The columns of `model` that point to another table, links to a parent row left out."""
    for field in model._meta.local_fields:
        remote = field.remote_field
        if remote and not remote.parent_link and isinstance(remote.model, type):
            yield field


def pages_without_base(models_to_check: Iterable[type[models.Model]]) -> list[CheckMessage]:
    """portal.E001: every page model of ours extends BasePage."""
    from portal.core.pages import BasePage

    return [
        Error(
            f"{model._meta.label} does not extend BasePage.",
            hint="Derive it from portal.core.pages.BasePage.",
            obj=model,
            id="portal.E001",
        )
        for model in models_to_check
        if issubclass(model, Page) and package(model) in OURS and not issubclass(model, BasePage)
    ]


def keys_across_wings(models_to_check: Iterable[type[models.Model]]) -> list[CheckMessage]:
    """portal.E002: a wing may point to the ground floor, never to another wing, nor back."""
    return [
        Error(
            f"{field} points from {package(model)} into {package(field.remote_field.model)}.",
            hint="Keep an identifier and ask through a hook (portal/core/extension_points.py).",
            obj=model,
            id="portal.E002",
        )
        for model in models_to_check
        if package(model) in OURS
        for field in foreign_keys(model)
        if package(field.remote_field.model) in WINGS - {package(model)}
    ]


def cascades_of_legal_weight(models_to_check: Iterable[type[models.Model]]) -> list[CheckMessage]:
    """portal.E003: what has legal weight is protected, and so is what it rests on.

    A model says so with the class attribute `legal_weight = True`. The hidden table of a
    ManyToManyField is left out: it always cascades, and loses a link, not a record.
    """
    safe = {models.PROTECT, models.RESTRICT}
    return [
        Error(
            f"{field} is not protected, but {model._meta.label} or what it points to has legal "
            "weight.",
            hint="Use on_delete=models.PROTECT.",
            obj=model,
            id="portal.E003",
        )
        for model in models_to_check
        if package(model) in OURS and not model._meta.auto_created
        for field in foreign_keys(model)
        if (_is_legal(model) or _is_legal(field.remote_field.model))
        and field.remote_field.on_delete not in safe
    ]


def _is_legal(model: type[models.Model]) -> bool:
    return bool(getattr(model, "legal_weight", False))


def sqlite_without_immediate(databases: dict[str, Any]) -> list[CheckMessage]:
    """portal.E004: on SQLite the write lock is taken at BEGIN, or concurrent writers fail."""
    return [
        Error(
            f'SQLite database "{alias}" does not begin transactions with IMMEDIATE.',
            hint='Set OPTIONS["transaction_mode"] = "IMMEDIATE".',
            id="portal.E004",
        )
        for alias, options in databases.items()
        if options.get("ENGINE", "").endswith("sqlite3")
        and options.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE"
    ]


def demo_accounts_in_production() -> list[CheckMessage]:
    """portal.E005: nobody signs in to a live portal with a published password."""
    if not (settings.PRODUCTION and demo_accounts_stand()):
        return []
    return [
        Error(
            f"There are accounts that end in {DEMO_DOMAIN}; their password is public.",
            hint="Load no demo season into a production database. Remove these accounts.",
            id="portal.E005",
        )
    ]


@register(Tags.models)
def check_models(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    known = apps.get_models(include_auto_created=True)
    return [
        *pages_without_base(known),
        *keys_across_wings(known),
        *cascades_of_legal_weight(known),
    ]


@register()
def check_sqlite(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return sqlite_without_immediate(settings.DATABASES)


def pictures_without_avif(writes_avif: bool) -> list[CheckMessage]:
    """portal.W001: this machine's Pillow cannot write AVIF, so pictures weigh twice as much."""
    if writes_avif:
        return []
    return [
        Warning(
            "Pictures are made as WebP only: this Pillow was built without AVIF.",
            hint="Install Pillow's own wheel, and publish pages with pictures once more.",
            id="portal.W001",
        )
    ]


@register()
def check_pictures(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return pictures_without_avif(WRITES_AVIF)


@register(Tags.database)
def check_demo_accounts(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    return demo_accounts_in_production() if databases else []

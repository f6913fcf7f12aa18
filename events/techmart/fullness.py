"""How full a record is, and what would help its readers most next. It never blocks anything.

It is reckoned from what a revision holds, so that a list of many records reads none of them whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.techmart.models import Demand, Expert, MarketRecord, Offer, Supplier


@dataclass(frozen=True, slots=True)
class Part:
    """Something a full record says. Any one of `fields` is enough; `weight` is its use to readers.

    `section` is the part of the form that asks for it.
    """

    fields: Sequence[str]
    weight: int
    advice: str | Promise
    section: str


PARTS: Mapping[type[MarketRecord], Sequence[Part]] = {
    Offer: (
        Part(("title",), 3, _("Name it."), "core"),
        Part(("kind",), 6, _("Choose what kind it is."), "core"),
        Part(("problem",), 8, _("Say whose problem it solves."), "core"),
        Part(("summary",), 8, _("Sum it up in two or three sentences."), "core"),
        Part(("advantages",), 8, _("Say what gets better."), "core"),
        Part(("stage",), 6, _("Choose how far it has come."), "core"),
        Part(("transfer_forms",), 5, _("Choose how it can be handed over."), "core"),
        Part(("contact_name",), 5, _("Say whom we may call."), "core"),
        Part(
            ("pictures",), 7, _("Add a picture: offers with one are opened more often."), "pictures"
        ),
        Part(
            ("references",),
            7,
            _("Name a place where it is in use: nothing convinces more."),
            "references",
        ),
        Part(
            ("investment", "price_min"),
            6,
            _("Say what it costs, even roughly."),
            "economy",
        ),
        Part(
            ("payback_months", "yearly_gain", "yearly_cost_after"),
            5,
            _("Give the yearly cost before and after: the payback is reckoned for you."),
            "economy",
        ),
        Part(("fields",), 4, _("Choose the field of science and technology."), "finding"),
        Part(("sectors", "crops"), 4, _("Choose the crop or the sector it is for."), "finding"),
        Part(("specs",), 4, _("Add the most important technical figures."), "technical"),
        Part(
            ("requirements",), 3, _("Say what it needs: ground, power, water, people."), "technical"
        ),
        Part(("ip_status",), 3, _("Say how its intellectual property stands."), "rights"),
        Part(("description",), 3, _("Describe how it works."), "technical"),
        Part(("support",), 2, _("Say what warranty and support you give."), "rights"),
        Part(
            ("contact_phone", "contact_email"),
            3,
            _("Give a phone number or an email address."),
            "core",
        ),
        Part(("title_en",), 1, _("Name it in English for readers from abroad."), "english"),
        Part(("summary_en",), 1, _("Sum it up in English for readers from abroad."), "english"),
        Part(("details",), 2, _("Answer the questions of its kind."), "technical"),
    ),
    Demand: (
        Part(("title",), 6, _("Name it."), "core"),
        Part(("problem",), 20, _("Describe the problem."), "core"),
        Part(("contact_name",), 8, _("Say whom we may call."), "core"),
        Part(
            ("contact_phone", "contact_email"),
            6,
            _("Give a phone number or an email address."),
            "core",
        ),
        Part(("scale",), 8, _("Say how large it is: hectares, tons, households."), "more"),
        Part(("current_way",), 8, _("Say how it is done now."), "more"),
        Part(("must_have",), 8, _("Say what a solution must do."), "more"),
        Part(("unit",), 6, _("Name the commune or ward where it is needed."), "more"),
        Part(("sectors", "crops"), 6, _("Choose the crop or the sector it is for."), "more"),
        Part(("fields",), 4, _("Choose the field of science and technology."), "more"),
        Part(("cooperation",), 5, _("Choose how you would like to work together."), "terms"),
        Part(
            ("budget_min", "budget_max"),
            6,
            _("Give a range for the budget; you decide who sees it."),
            "terms",
        ),
        Part(("needed_by",), 4, _("Say by when you need it."), "terms"),
        Part(("tried",), 3, _("Say what has been tried."), "more"),
        Part(("title_en",), 1, _("Name it in English for readers from abroad."), "english"),
        Part(
            ("summary_en", "problem_en"),
            1,
            _("Sum it up in English for readers from abroad."),
            "english",
        ),
    ),
    Expert: (
        Part(("full_name",), 10, _("Say your name."), "core"),
        Part(("advises_on",), 20, _("Say what you give advice on."), "core"),
        Part(("fields",), 10, _("Choose the field of science and technology."), "work"),
        Part(("workplace",), 8, _("Name your place of work."), "work"),
        Part(("degree", "rank"), 6, _("Choose your degree."), "work"),
        Part(("transferred",), 10, _("Name transfers that succeeded with your help."), "work"),
        Part(("about",), 8, _("Introduce yourself in a few sentences."), "work"),
        Part(("keywords", "crops"), 6, _("Add the words by which people look for you."), "work"),
        Part(("photo",), 6, _("Add a photo; it shows only with your consent."), "pictures"),
        Part(("languages",), 4, _("Choose the languages you speak."), "work"),
        Part(("phone", "email"), 6, _("Give a phone number or an email address."), "contact"),
        Part(("publications",), 4, _("Name publications or patents."), "work"),
        Part(("advises_on_en",), 2, _("Say in English what you give advice on."), "english"),
    ),
    Supplier: (
        Part(("name",), 10, _("Name it."), "core"),
        Part(("about",), 20, _("Describe the organisation."), "core"),
        Part(("products",), 12, _("Describe products and services."), "core"),
        Part(("logo",), 10, _("Add the logo."), "pictures"),
        Part(("fields",), 10, _("Choose the field of science and technology."), "more"),
        Part(
            ("certificates",), 8, _("Add certificates such as ISO 9001 or VietGAP."), "certificates"
        ),
        Part(("unit", "address"), 6, _("Say where it is."), "more"),
        Part(("phone", "email", "website"), 10, _("Say how people reach you."), "contact"),
        Part(("founded_year",), 3, _("Say when it was founded."), "more"),
        Part(("size",), 3, _("Say how large it is."), "more"),
        Part(("name_en",), 4, _("Name it in English for readers from abroad."), "english"),
        Part(("about_en",), 4, _("Describe it in English for readers from abroad."), "english"),
    ),
}


@dataclass(frozen=True, slots=True)
class Fullness:
    """`percent` of what readers want to know; `next` are the most useful things still missing."""

    percent: int
    next: Sequence[Part]


def fullness(model: type[MarketRecord], content: Mapping[str, Any], most: int = 3) -> Fullness:
    """Of what a revision holds (`Revision.content`, `serializable_data()`)."""
    parts = PARTS[model]
    lacking = [part for part in parts if not any(_said(content.get(name)) for name in part.fields)]
    whole = sum(part.weight for part in parts)
    there = whole - sum(part.weight for part in lacking)
    nexts = sorted(lacking, key=lambda part: -part.weight)[:most]
    return Fullness(there * 100 // whole, nexts)


def fullness_of(record: MarketRecord) -> Fullness:
    """Of the newest draft, whose revision is at hand."""
    revision = record.latest_revision
    content = revision.content if revision else record.serializable_data()
    return fullness(type(record), content)


def _said(value: Any) -> bool:
    """Zero is an answer; an empty text, list or choice is none."""
    return value is not None and value not in ("", [], {})

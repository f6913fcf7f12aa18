"""What a state portal must show (Decree 42/2022, articles 4 and 7), and what of it is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from portal.pages.models import (
    ContactPage,
    DepartmentUnit,
    HomePage,
    Officer,
    OrganisationPage,
    SiteMapPage,
    SiteSettings,
    StandardPage,
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that must be there, whether it is, and where it is put right."""

    text: str
    done: bool
    url: str
    note: str = ""


def requirements() -> list[Requirement]:
    """Everything the rules name that software can look at."""
    vietnamese = Locale.get_default()
    english = Locale.objects.filter(language_code="en").first()
    found = [_purpose(purpose, vietnamese) for purpose in StandardPage.Purpose]
    found += [
        _page(OrganisationPage, _("Organisation chart"), vietnamese),
        _page(ContactPage, _("Contact"), vietnamese),
        _page(SiteMapPage, _("Site map"), vietnamese),
        *_people(),
        _responsible(),
    ]
    if english is not None:
        found += [
            _page(OrganisationPage, _("Organisation chart in English"), english),
            _page(ContactPage, _("Contact in English"), english),
            _units_in_english(),
        ]
    return found


def _purpose(purpose: StandardPage.Purpose, locale: Locale) -> Requirement:
    page = StandardPage.objects.filter(locale=locale, purpose=purpose).first()
    return _told(str(purpose.label), page)


def _page(kind: type[Page], text: str, locale: Locale) -> Requirement:
    return _told(text, kind.objects.filter(locale=locale).order_by("-live", "pk").first())


def _told(text: str, page: Page | None) -> Requirement:
    if page is None:
        home = HomePage.objects.filter(locale=Locale.get_default()).first()
        url = (
            reverse("wagtailadmin_pages:add_subpage", args=[home.pk])
            if home
            else reverse("wagtailadmin_explore_root")
        )
        return Requirement(text, False, url, _("There is no such page yet."))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Requirement(text, page.live, url, "" if page.live else _("Not published yet."))


def _people() -> Sequence[Requirement]:
    units, officers = reverse("department_units:index"), reverse("department_officers:index")
    focal = Officer.objects.filter(focal=True)
    silent = DepartmentUnit.objects.filter(duties="").count()
    return [
        Requirement(
            _("Every unit tells its functions and duties"),
            DepartmentUnit.objects.exists() and not silent,
            units,
            _("%(count)s without.") % {"count": silent} if silent else "",
        ),
        Requirement(
            _("People who give information, with position, phone and work email"),
            focal.exists(),
            officers,
        ),
    ]


def _units_in_english() -> Requirement:
    missing = DepartmentUnit.objects.filter(name_en="").count()
    return Requirement(
        _("Names of the units in English"),
        DepartmentUnit.objects.exists() and not missing,
        reverse("department_units:index"),
        _("%(count)s without.") % {"count": missing} if missing else "",
    )


def _responsible() -> Requirement:
    settings = SiteSettings.objects.filter(site__is_default_site=True).first()
    done = bool(
        settings
        and settings.responsible_vi
        and settings.address_vi
        and settings.phone
        and settings.email
    )
    return Requirement(
        _("Address, phone, email and who is responsible, in the footer"),
        done,
        reverse("wagtailsettings:edit", args=["pages", "sitesettings"]),
    )

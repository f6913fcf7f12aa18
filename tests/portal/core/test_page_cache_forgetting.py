"""The page cache: everything that changes a public page makes all processes forget it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from competitions.calls import announcing, editing
from competitions.calls.models import Competition, RoundTrack
from competitions.entries import applying, commitments, submitting
from competitions.judging import inviting, publishing, scoring
from competitions.judging.models import ResultDecision
from portal.core import clock
from portal.core.page_cache.stamp import Stamp
from portal.core.page_cache.storing import pages
from portal.core.page_cache.watching import changes_public, public_tables
from portal.news.models import Topic
from portal.pages.models import FooterLink, SiteSettings
from portal.search.indexing import rebuild
from tests.factories.pages import (
    ArticleFactory,
    ImageFactory,
    NewsIndexFactory,
    StandardPageFactory,
    english,
    home,
)
from tests.reading import page_of
from tests.with_page_cache import page_cache_on  # noqa: F401  (a fixture)
from tests.worlds import World, build

pytestmark = [pytest.mark.django_db]
at_once = pytest.mark.usefixtures("page_cache_on", "site")


def stamp() -> str:
    return pages().stamp.current()


@contextmanager
def forgotten(*, expected: bool = True) -> Iterator[None]:
    """What happens inside makes kept pages worthless, or (`expected=False`) leaves them alone."""
    before = stamp()
    yield
    assert (stamp() != before) == expected


def title(path: str) -> str:
    return page_of(Client().get(path)).h1.get_text(strip=True)


# Pages ----------------------------------------------------------------------------------------


@at_once
def test_publishing_a_change_shows_at_once_and_saving_a_draft_changes_nothing() -> None:
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    assert title(page.url) == "Giới thiệu"
    page.title = "Về cổng"
    with forgotten(expected=False):
        revision = page.save_revision()
    assert Client().get(page.url)["X-Cache"] == "hit"
    with forgotten():
        revision.publish()
    assert title(page.url) == "Về cổng"


@at_once
def test_unpublishing_moving_and_deleting() -> None:
    parent = StandardPageFactory(parent=home(), title="Trên", show_in_menus=True)
    page = StandardPageFactory(parent=parent, title="Dưới")
    child = StandardPageFactory(parent=page, title="Dưới nữa")
    assert title(child.url) == "Dưới nữa"
    page.move(home(), pos="first-child")
    assert Client().get("/tren/duoi/duoi-nua/").status_code == 301  # Wagtail leads on
    assert title("/duoi/duoi-nua/") == "Dưới nữa"
    Page.objects.get(pk=page.pk).unpublish()
    assert Client().get("/duoi/").status_code == 404
    assert page_of(Client().get("/")).select('a[href="/tren/"]')
    Page.objects.get(pk=parent.pk).delete()
    assert not page_of(Client().get("/")).select('a[href="/tren/"]')


@at_once
def test_a_translation_and_a_restriction() -> None:
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    switch = ".site-tools a[hreflang=en]"
    [before] = page_of(Client().get(page.url)).select(switch)
    english(page, title="About")
    [after] = page_of(Client().get(page.url)).select(switch)
    assert (before["href"] != after["href"], after["href"]) == (True, "/en/about/")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    assert Client().get(page.url).status_code == 302
    restriction.delete()
    assert Client().get(page.url).status_code == 200


@at_once
def test_settings_menus_topics_pictures_sites_and_redirects(site: Site) -> None:
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    index = NewsIndexFactory(parent=home())
    topic = Topic.objects.create(label="Khởi nghiệp", slug="khoi-nghiep")
    article = ArticleFactory(parent=index, topic=topic, cover=True)
    own = SiteSettings.for_site(site)
    for path in ("/", index.url, article.url):
        Client().get(path)  # makes pictures and settings that are not there yet
    changes: dict[str, Callable[[], Any]] = {
        "settings": lambda: SiteSettings.objects.filter(pk=own.pk).update(phone="0276 1"),
        "footer": lambda: FooterLink.objects.create(settings=own, page=page),
        "menu": lambda: Page.objects.filter(pk=page.pk).update(show_in_menus=True),
        "topic": lambda: Topic.objects.filter(pk=topic.pk).update(label="Sáng tạo"),
        "picture": lambda: article.cover.save(),
        "new picture": ImageFactory,
        "its renditions": lambda: article.cover.renditions.all().delete(),
        "site": lambda: Site.objects.filter(pk=site.pk).update(site_name="Cổng"),
        "redirect": lambda: Redirect.add_redirect("/cu/", page),
        "search": rebuild,  # the first time: it was empty
    }
    for name, change in changes.items():
        with forgotten():
            change()
        assert "X-Cache" in Client().get(index.url), name
    with forgotten(expected=False):
        rebuild()
    assert "Sáng tạo" in Client().get(index.url).content.decode()
    assert "0276 1" in Client().get("/").content.decode()


@at_once
def test_what_the_public_never_sees_leaves_the_pages_alone(client: Client, signed_in: Any) -> None:
    world = build()
    Client().get("/")
    with forgotten(expected=False):
        signed_in(world.people["founder"]).get("/workspace/")
        client.post(reverse("account_login"), {"login": "x@demo.example", "password": "x"})
        world.people["judge"].save(update_fields=["last_login"])
        applying.save_basics(
            world.draft.entry,
            world.people["founder"],
            world.draft.entry.version,
            title="Máy sấy khác",
            applicant=world.draft.entry.applicant,
            organisation=None,
        )


# Competitions ---------------------------------------------------------------------------------


@at_once
def test_what_officers_judges_and_teams_do_shows_at_once() -> None:
    world = build()
    officer, soon = world.people["officer"], clock.now() + timedelta(days=9)
    done: dict[str, Callable[[], Any]] = {
        "submit": lambda: submitting.submit(
            world.draft.entry, world.people["founder"], commitments.ASKED
        ),
        "accept a seat": lambda: inviting.accept(world.invited, world.people["invited_judge"]),
        "prolong": lambda: scoring.prolong_marking(world.marking, officer, soon, "Thêm giờ"),
        "publish a result": lambda: _publish(world),
        "archive": lambda: announcing.archive(world.published.competition, officer),
        "bring back": lambda: announcing.bring_back(
            Competition.objects.get(pk=world.published.competition.pk), officer
        ),
        "change a date": lambda: _prolong_entries(world),
    }
    for name, verb in done.items():
        with forgotten():
            verb()
        assert stamp(), name


def _publish(world: World) -> None:
    publishing.approve(_decision(world), world.people["director"])
    publishing.publish(_decision(world), world.deciding.officer)


def _decision(world: World) -> ResultDecision:
    return ResultDecision.objects.get(pk=world.decision.pk)


def _prolong_entries(world: World) -> None:
    row = RoundTrack.objects.filter(round__competition=world.open, round__number=1).first()
    row.closes_at += timedelta(days=1)
    editing.save_row(row, world.people["officer"], changed=["closes_at"])


@at_once
def test_announcing_shows_the_competition() -> None:
    from tests.factories.calls import CompetitionFactory
    from tests.factories.pages import CompetitionIndexFactory, CompetitionPageFactory

    index = CompetitionIndexFactory(parent=home())
    competition = CompetitionFactory(announced=True, title="Cuộc thi mới")
    Competition.objects.filter(pk=competition.pk).update(state=Competition.State.DRAFT)
    CompetitionPageFactory(parent=index, competition=competition)
    assert "Cuộc thi mới" not in page_of(Client().get("/")).main.get_text()
    announcing.announce(Competition.objects.get(pk=competition.pk), competition.created_by)
    assert "Cuộc thi mới" in page_of(Client().get("/")).main.get_text()


# Which tables ---------------------------------------------------------------------------------

NOT_SHOWN = {
    "django_content_type": "which class a page is of",
    "portal_search_posting": "written with the documents, whose own change is seen",
    "portal_search_word": "written with the documents, whose own change is seen",
}
"""Tables that public pages are read with, and why a write to them changes none."""


def test_every_table_that_a_public_page_reads_is_watched() -> None:
    world = build()
    rebuild()
    results = f"{world.pages['published']}ket-qua/"
    decision = ResultDecision.objects.get(state=ResultDecision.State.PUBLISHED)
    paths = [*world.pages.values(), "/en/", "/tim-kiem/?q=mia", "/sitemap.xml", results]
    paths += [f"{results}kiem-chung/{decision.pk}/", f"{world.pages['tin-tuc']}feed/"]
    read: set[str] = set()
    for path in paths:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(path).status_code == 200, path
        for query in captured:
            read.update(re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"]))
    assert read - public_tables().keys() - NOT_SHOWN.keys() == set()


@pytest.mark.parametrize(
    ("sql", "changes"),
    [
        ('UPDATE "news_topic" SET "label" = %s WHERE "news_topic"."id" = %s', True),
        ('INSERT INTO "news_topic" ("label") VALUES (%s)', True),
        ('INSERT OR IGNORE INTO "news_topic" ("label") VALUES (%s)', True),
        ('DELETE FROM "news_topic" WHERE "news_topic"."id" IN (%s)', True),
        ('SELECT "news_topic"."id" FROM "news_topic"', False),
        ('UPDATE "django_session" SET "session_data" = %s', False),
        ('UPDATE "accounts_user" SET "last_login" = %s WHERE "accounts_user"."id" = %s', False),
        ('UPDATE "accounts_user" SET "phone" = %s, "full_name" = %s', True),
        ('UPDATE "accounts_user" SET "phone" = %s WHERE "full_name" = %s', False),
        ('INSERT INTO "accounts_user" ("full_name") VALUES (%s)', False),
        ('DELETE FROM "accounts_user" WHERE "accounts_user"."id" IN (%s)', True),
    ],
)
def test_which_statements_change_a_public_page(sql: str, changes: bool) -> None:
    assert changes_public(sql) == changes


# Transactions and processes -------------------------------------------------------------------

committing = pytest.mark.django_db(transaction=True)


@committing
def test_pages_are_forgotten_when_the_change_is_through(settings: Any) -> None:
    settings.PAGE_CACHE = True
    with forgotten():
        Topic.objects.create(label="Ngay", slug="ngay")
    with forgotten(), transaction.atomic(), forgotten(expected=False):
        Topic.objects.create(label="Sau", slug="sau")
        Topic.objects.create(label="Sau nữa", slug="sau-nua")
        assert len(connection.run_on_commit) == 1
    with forgotten(expected=False), pytest.raises(ZeroDivisionError):
        _written_and_rolled_back()
    with forgotten(), transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            _written_and_rolled_back()
        Topic.objects.create(label="Có", slug="co")


def _written_and_rolled_back() -> None:
    with transaction.atomic():
        Topic.objects.create(label="Thôi", slug="thoi")
        raise ZeroDivisionError


def test_another_process_learns_within_the_lag() -> None:
    now = [100.0]
    here, there = (Stamp(lag=1, timer=lambda: now[0]) for _process in range(2))
    assert here.current() == there.current() != ""
    here.renew()
    old, new = there.current(), here.current()
    assert old != new
    now[0] += 1
    assert there.current() == here.current() == new


def test_a_lost_stamp_never_comes_back() -> None:
    before = Stamp().current()
    cache.clear()
    assert Stamp().current() not in {"", before}


def test_without_a_shared_cache_nothing_is_kept(settings: Any, site: Site) -> None:
    settings.PAGE_CACHE = True
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    for _time in range(2):
        answer = Client().get("/")
        assert answer.status_code == 200
        assert "X-Cache" not in answer


def test_a_shared_cache_that_is_down_breaks_no_verb(settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",  # nobody answers there
        }
    }
    down = Stamp(lag=0)
    down.renew()
    assert down.current() == ""


@committing
def test_a_page_published_by_another_process_shows_here(
    site: Site, settings: Any, process_environment: dict[str, str]
) -> None:
    settings.PAGE_CACHE = True
    process_environment["PAGE_CACHE"] = "on"
    page = StandardPageFactory(parent=home(), title="Giới thiệu")
    shared = Path(process_environment["VAR_DIR"]) / "cache"
    if "CACHE_URL" in os.environ:
        process_environment["CACHE_URL"] = django_settings.CACHES["default"]["LOCATION"]
    else:
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
                "LOCATION": shared,
            }
        }
    assert title(page.url) == "Giới thiệu"
    before = Stamp().current()
    script = (
        "from wagtail.models import Page; "
        f"p = Page.objects.get(pk={page.pk}).specific; p.title = 'Về cổng'; "
        "p.save_revision().publish()"
    )
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", script],
        env=process_environment,
        cwd=django_settings.BASE_DIR,
        check=True,
    )
    assert Stamp().current() != before
    pages().stamp = Stamp()  # as if the lag were over
    assert title(page.url) == "Về cổng"

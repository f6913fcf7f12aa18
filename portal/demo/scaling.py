"""The demo many times over, for measuring: an archive of news and a season of a large province."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product

from competitions.calls.models import Competition
from portal.accounts.models import User
from portal.core import clock
from portal.demo import season
from portal.demo.content import articles as news
from portal.demo.content.entries import MARKED
from portal.demo.site import add_page, article_facts
from portal.news.models import ArticlePage, NewsIndexPage, Topic

ARTICLES_A_STEP = 10
ENTRIES_A_STEP = 2
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô")
_MIDDLE = ("Văn", "Thị", "Minh", "Thanh", "Quốc", "Ngọc", "Hữu", "Kim")
_GIVEN = ("An", "Bình", "Châu", "Dũng", "Giang", "Hòa", "Khánh", "Lan", "Phúc", "Quyên", "Thảo")


def add_news(steps: int, step: Callable[[], None]) -> None:
    """Ten older articles for each step, with the covers that stand here already."""
    index = NewsIndexPage.objects.get(locale__language_code="vi")
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    covers = {article.title: article.cover for article in ArticlePage.objects.child_of(index)}
    for number in range(2, steps + 2):
        for article in news.ARTICLES[:ARTICLES_A_STEP]:
            told = replace(
                article,
                title=f"{article.title} (số {number})",
                days_ago=article.days_ago + 30 * (number - 1),
            )
            facts = article_facts(told, topics, clock.now(), cover=covers[article.title])
            add_page(index, ArticlePage, **facts)
        step()


def add_entries(
    cast: season.Cast, competition: Competition, steps: int, step: Callable[[], None]
) -> None:
    """Two submitted entries for each step, each by a captain of its own."""
    names = [" ".join(name) for name in product(_FAMILY, _MIDDLE, _GIVEN)]
    for number in range(steps * ENTRIES_A_STEP):
        login = f"nguoithi{number + 1}"
        # A step that shares no divisor with the length visits every name before any twice.
        name = names[number * 35 % len(names)]
        person = User.objects.create(email=f"{login}@demo.example", full_name=name)
        cast.people[login] = person
        work = MARKED[number % len(MARKED)]
        title = f"{work.title} ({number + 1})"
        work = replace(work, title=title, captain=login, members=(), organisation=False)
        with clock.held_at(cast.today - timedelta(hours=5, minutes=number % 240)):
            entry = season.write_entry(cast, competition, work)
            season.hand_in(cast, entry)
        if number % ENTRIES_A_STEP:
            step()

"""Pages need a site; tests that emptied the database get one again."""

import pytest
from wagtail.models import Locale, Page, Site


@pytest.fixture(autouse=True)
def front(request: pytest.FixtureRequest) -> None:
    """A default site for every test here that uses the database."""
    marker = request.node.get_closest_marker("django_db")
    if marker is not None:
        whole = marker.kwargs.get("transaction")
        request.getfixturevalue("transactional_db" if whole else "db")
        Locale.objects.get_or_create(language_code="vi")
        if not Site.objects.filter(is_default_site=True).exists():
            root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
            Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)

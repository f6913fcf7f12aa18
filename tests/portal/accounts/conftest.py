"""What the tests of accounts share: reading codes from mails, reading pages."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.http import HttpResponse

from tests.reading import page_of


@pytest.fixture
def last_code() -> Callable[[], str]:
    """The code in the newest mail, as its reader would copy it."""

    def read() -> str:
        found = re.search(r"^([A-Z0-9]{4,8}(?:-[A-Z0-9]{3,8})?)$", mail.outbox[-1].body, re.M)
        assert found, mail.outbox[-1].body
        return found[1]

    return read


@pytest.fixture
def soup() -> Callable[[HttpResponse], BeautifulSoup]:
    return partial(page_of, status=None)

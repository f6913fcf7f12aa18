"""Asking the portal as several people, one request at a time, without leaving a trace."""

from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.worlds import World

ANONYMOUS = "anonymous"
BACKEND = "django.contrib.auth.backends.ModelBackend"


class Visitors:
    """People of a world by name, each signed in. What a request writes is undone after it."""

    def __init__(self, world: World, names: tuple[str, ...]) -> None:
        self.cookies: dict[str, str] = {}
        for name in names:
            client = Client()
            if name != ANONYMOUS:
                client.force_login(world.people[name], backend=BACKEND)
            self.cookies[name] = client.cookies.output(header="", sep=";")

    def ask(
        self, name: str, path: str, method: str = "GET", data: Any = None, **extra: Any
    ) -> HttpResponse:
        """One request; a view that breaks answers 500 here, with `exc_info` beside it."""
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie(self.cookies[name])
        with transaction.atomic():
            response: Any = getattr(client, method.lower())(path, data, **extra)
            if response.streaming:
                response.getvalue()
            transaction.set_rollback(True)
        return response


def outcome(response: Any) -> str:
    """The answer in a word: a status, "login" or "home" when led there, "302" elsewhere."""
    if response.status_code in {301, 302}:
        target = urlsplit(response["Location"])
        signs_in = target.path.endswith(("/accounts/login/", "/admin/login/"))
        by_code = target.path == "/judging/" and target.query.startswith("next=")
        if signs_in or by_code:
            return "login"
        return "home" if target.path == "/admin/" else "302"
    return str(response.status_code)

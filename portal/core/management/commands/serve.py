"""The whole portal as one command: web server, task worker and clock, stopped together."""

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from ipaddress import ip_address
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from portal.core.demo_mode import DEMO_PASSWORD, account_lines, refuse_demo_accounts

_PATIENCE = 15
"""Seconds a part may take to finish what it does before it is killed."""
_LOOK = 0.3


class Command(BaseCommand):
    help = "Run the web server, the task worker and the clock; stop them together."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--workers", type=int, default=2, help="Web processes.")
        parser.add_argument("--threads", type=int, default=4, help="Threads in each of them.")
        parser.add_argument("--reload", action="store_true", help="Restart when code changes.")

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_bad_start(options["host"], options["port"])
        self.stopped = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        children: dict[str, subprocess.Popen[bytes]] = {}
        environment = self._environment(options["port"])
        try:
            for name, command in self._commands(options).items():
                # A session of their own: Ctrl+C reaches them through us, once.
                children[name] = subprocess.Popen(
                    command, cwd=settings.BASE_DIR, env=environment, start_new_session=True
                )
            self._announce(children, options)
            fallen = self._watch(children)
        finally:
            self._stop_all(children)
        if fallen:
            raise CommandError(f"The {fallen} stopped by itself, so everything was stopped.")

    def _refuse_bad_start(self, host: str, port: int) -> None:
        try:
            refuse_demo_accounts()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if settings.DEMO and not _is_loopback(host):
            raise CommandError("Demo mode serves this machine only (127.0.0.1).")
        if settings.PRODUCTION and not (settings.STATIC_ROOT / "staticfiles.json").exists():
            raise CommandError("Static files are missing. Run: manage.py collectstatic --noinput")
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except (OSError, OverflowError) as error:
                raise CommandError(
                    f"Port {port} of {host} cannot be used; choose another with --port or PORT."
                ) from error

    def _environment(self, port: int) -> dict[str, str]:
        """The children's environment: links in mails must lead to the port that is served."""
        environment = dict(os.environ)
        if not settings.PRODUCTION:
            environment.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
        return environment

    def _commands(self, options: dict[str, Any]) -> dict[str, list[str]]:
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        address = [options["host"], str(options["port"])]
        if options["reload"]:
            web = [*manage, "runserver", ":".join(address)]
        else:
            web = [
                *(sys.executable, "-m", "granian", "portal.wsgi:application"),
                *("--interface", "wsgi", "--host", address[0], "--port", address[1]),
                *("--workers", str(options["workers"])),
                *("--blocking-threads", str(options["threads"])),
                "--no-ws",
            ]
        worker = [*manage, "db_worker", "--reload" if options["reload"] else "--no-reload"]
        return {
            "web server": web,
            "task worker": worker,
            "clock": [*manage, "run_due", "--every", "60"],
        }

    def _announce(self, children: dict[str, subprocess.Popen[bytes]], options: Any) -> None:
        """Print the address once it answers."""
        address = (options["host"], options["port"])
        while not (self.stopped or _fallen(children)):
            with socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET) as probe:
                probe.settimeout(1)
                if probe.connect_ex(address) == 0:
                    break
            time.sleep(_LOOK)
        else:
            return
        self.stdout.write(f"\nThe portal is on http://{address[0]}:{address[1]}/ (Ctrl+C stops it)")
        if settings.DEMO and (lines := account_lines()):
            self.stdout.write(f"Accounts of the demo, all with the password {DEMO_PASSWORD}:")
            for line in lines:
                self.stdout.write(f"  {line}")
        self.stdout.flush()

    def _watch(self, children: dict[str, subprocess.Popen[bytes]]) -> str:
        """Wait until told to stop ("") or a child ends by itself (its name)."""
        while not self.stopped:
            if fallen := _fallen(children):
                return "" if self.stopped else fallen
            time.sleep(_LOOK)
        return ""

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopped = True

    def _stop_all(self, children: dict[str, subprocess.Popen[bytes]]) -> None:
        for child in children.values():
            if child.poll() is None:
                child.terminate()
        end = time.monotonic() + _PATIENCE
        for child in children.values():
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill_group(child)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _fallen(children: dict[str, subprocess.Popen[bytes]]) -> str:
    return next((name for name, child in children.items() if child.poll() is not None), "")


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    child.wait()

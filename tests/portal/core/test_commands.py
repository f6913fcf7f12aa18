"""What the clock causes, and the command that runs everything."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult, get_date_max
from wagtail import hooks

from portal.core import clock
from portal.core.extension_points import DueWork


@pytest.mark.django_db
def test_everything_due_is_done_although_one_part_fails(caplog):
    ran = []

    def broken(now):
        raise RuntimeError("on purpose")

    def good(now):
        ran.append(now)
        return [DueWork("reminders", 3)]

    with (
        caplog.at_level(logging.INFO),
        hooks.register_temporarily([("portal_run_due", broken), ("portal_run_due", good)]),
        pytest.raises(CommandError, match="1 part"),
    ):
        call_command("run_due")
    assert len(ran) == 1
    assert "reminders: 3" in caplog.text
    assert "on purpose" in caplog.text


@pytest.mark.django_db
def test_running_twice_is_safe_and_forgets_what_is_over(at):
    at("2026-11-23 09:00:00")
    Session.objects.create(session_key="a" * 32, expire_date=clock.now() - timedelta(days=1))
    Session.objects.create(session_key="b" * 32, expire_date=clock.now() + timedelta(days=1))
    for age in (6, 8):
        DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="portal.core.noticing.mail_letter",
            backend_name="default",
            run_after=get_date_max(),
            status="SUCCESSFUL",
            finished_at=clock.now() - timedelta(days=age),
        )
    call_command("run_due")
    call_command("run_due")
    assert list(Session.objects.values_list("session_key", flat=True)) == ["b" * 32]
    assert DBTaskResult.objects.count() == 1


def test_the_pause_must_be_a_real_one():
    with pytest.raises(CommandError, match="at least 1"):
        call_command("run_due", every=0)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serve(process_environment):
    """Start `manage.py serve` on a free port; stops what is left of it at the end."""
    started = []

    def start(*options, **environment):
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1", *options],
            cwd=django_settings.BASE_DIR,
            env={**process_environment, "PYTHONUNBUFFERED": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process, port

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)


def children(process):
    """Process ids and command lines of the direct children."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(process.pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.strip().split(" ", 1) for line in listed.stdout.splitlines()]
    return {int(number): words for number, words in lines}


def read_until(process, text):
    """Lines of the output up to the one that holds `text`."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if text in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def alive(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_serve_runs_web_worker_and_clock_and_stops_them_together(person, serve):
    person("startup1")
    process, port = serve()
    said = read_until(process, "startup1@demo.example")
    assert f"http://127.0.0.1:{port}/" in said
    assert "TayNinh-demo-2026" in said
    running = children(process)
    assert {word for word in ("granian", "db_worker", "run_due") if word in str(running)} == {
        "granian",
        "db_worker",
        "run_due",
    }
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as answer:
        assert answer.read() == b"ok"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert not [number for number in running if alive(number)]


@pytest.mark.django_db(transaction=True)
def test_when_one_part_dies_everything_stops_with_an_error(serve):
    process, _port = serve()
    read_until(process, "The portal is on")
    running = children(process)
    (clock_process,) = [number for number, words in running.items() if "run_due" in words]
    os.kill(clock_process, signal.SIGKILL)
    rest, _nothing = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "The clock stopped by itself" in rest
    deadline = time.monotonic() + 10
    while any(alive(number) for number in running) and time.monotonic() < deadline:
        os.sched_yield()
    assert not [number for number in running if alive(number)]


def refused(process):
    said, _nothing = process.communicate(timeout=60)
    assert process.returncode == 1
    return said.strip().splitlines()[-1]


@pytest.mark.django_db(transaction=True)
def test_a_bad_start_is_one_clear_line(serve, production_environment, person):
    assert "this machine only" in refused(serve("--host", "0.0.0.0")[0])
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert "choose another" in refused(serve("--port", port)[0])
    assert "collectstatic" in refused(serve(**production_environment)[0])
    person("lan")
    assert "demo.example" in refused(serve(**production_environment)[0])

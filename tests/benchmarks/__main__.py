"""`make bench`: requests per second of a few pages, as ratios to `/healthz`.

Starts the portal in demo mode on a free port with a demo season in a temporary folder, so that
nothing of yours is touched. Absolute numbers depend on the machine; the ratio to a bare view
behind the same middleware, measured in the same run, can be compared between runs.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
BARE_VIEW = "/healthz"
PAGES = {"home page": "/", "home page in English": "/en/", "news index": "/tin-tuc/"}
START_TIMEOUT = 60  # seconds


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = _environment(Path(folder))
        for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
            _manage(command, environment)
        port = _free_port()
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=BASE_DIR,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait_until_it_answers(port, server)
            _report(port, options)
        finally:
            server.terminate()
            server.wait(timeout=30)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--connections", type=int, default=8, help="kept-alive connections")
    parser.add_argument("--seconds", type=float, default=3, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements; the median counts")
    return parser.parse_args()


def _environment(folder: Path) -> dict[str, str]:
    """The caller's environment, with everything the portal writes in `folder`."""
    ours = {"PORTAL_MODE": "demo", "VAR_DIR": str(folder), "LOG_LEVEL": "WARNING"}
    ours["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
    unwanted = {"MEDIA_ROOT", "PRIVATE_ROOT"}
    return {name: value for name, value in os.environ.items() if name not in unwanted} | ours


def _manage(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=BASE_DIR,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_it_answers(port: int, server: subprocess.Popen) -> None:
    """Return once the bare view answers; raise RuntimeError when the server ended or is late."""
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"manage.py serve ended with {server.returncode}")
        try:
            _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), BARE_VIEW)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"no answer within {START_TIMEOUT} s")


def _ask(connection: http.client.HTTPConnection, path: str) -> None:
    """One request on a kept-alive connection; anything but a 200 is an error, not a result."""
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")


def _report(port: int, options: argparse.Namespace) -> None:
    print(f"{options.connections} connections, median of {options.rounds} x {options.seconds:g} s")
    bare = _measure(port, BARE_VIEW, options)
    print(f"{'bare view':24} {bare:9.1f} requests/s")
    for name, path in PAGES.items():
        rate = _measure(port, path, options)
        print(f"{name:24} {rate:9.1f} requests/s   {rate / bare:.3f} of the bare view")


def _measure(port: int, path: str, options: argparse.Namespace) -> float:
    """Requests per second to `path`: the median over the rounds, after one unmeasured round."""
    _requests_per_second(port, path, options.connections, min(1.0, options.seconds))
    return statistics.median(
        _requests_per_second(port, path, options.connections, options.seconds)
        for _ in range(options.rounds)
    )


def _requests_per_second(port: int, path: str, connections: int, seconds: float) -> float:
    answered = [0] * connections
    failures: list[Exception] = []
    end = time.monotonic() + seconds

    def keep_asking(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            while time.monotonic() < end:
                _ask(connection, path)
                answered[place] += 1
        except (OSError, RuntimeError, http.client.HTTPException) as failure:
            failures.append(failure)
        finally:
            connection.close()

    start = time.monotonic()
    threads = [threading.Thread(target=keep_asking, args=(place,)) for place in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"{path}: {failures[0]}")
    return sum(answered) / (time.monotonic() - start)


if __name__ == "__main__":
    sys.exit(main())

"""`make bench`: requests per second of a few pages, as ratios to a bare view; then the rest.

Starts the portal in demo mode on a free port with a demo season in a temporary folder, so that
nothing of yours is touched: once with pages kept in memory, once without the page cache, and, when
CACHE_URL names a Redis, once with pages kept there only. Absolute numbers depend on the machine.
The ratio to a view that passes the same middleware and sends a body of the same size, measured
right after the page on the same server, can be compared between runs. `search.py`, `market.py`,
`availability.py`, `bookings.py` and `registrations.py` say what they measure;
`python -m tests.benchmarks search` measures nothing else.
"""

import argparse
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
ALIVE = "/healthz"
PAGES = {
    "home page": "/",
    "home page in English": "/en/",
    "news index": "/tin-tuc/",
    "article": "",  # the first one of the index
    "search": "/tim-kiem/?q=khoi+nghiep",
}
WANTED = {"memory": 0.70, "Redis": 0.55}
"""The least ratio of a kept page, by where it is kept."""
OTHERS = ("search", "market", "availability", "bookings", "registrations")
"""Parts that need no server; each has a module, with options of its own."""
START_TIMEOUT = 60  # seconds


def main() -> int:
    if sys.argv[1:2] and sys.argv[1] in OTHERS:
        return _measure_apart(sys.argv[1], *sys.argv[2:])
    options = _options()
    missed = _pages_missed(options) if options.part in {"all", "pages"} else 0
    if options.part == "all":
        missed += sum(_measure_apart(part) for part in OTHERS)
    return 1 if missed else 0


def _measure_apart(part: str, *arguments: str) -> int:
    """Measure what needs no server, in a process of its own; answer 1 when it is not as wanted."""
    print(f"\n{part}", flush=True)
    own = [sys.executable, "-m", f"tests.benchmarks.{part}", *arguments]
    return 1 if subprocess.run(own, cwd=BASE_DIR, check=False).returncode else 0


def _pages_missed(options: argparse.Namespace) -> int:
    """Measure the pages; answer how many are slower than wanted."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = _environment(Path(folder))
        for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
            _manage(command, environment)
        cache_url = environment.pop("CACHE_URL", "")
        print(
            f"{options.connections} connections, median of {options.rounds} x {options.seconds:g} s"
        )
        missed = _serve_and_report("memory", {**environment, "PAGE_CACHE": "on"}, options)
        _serve_and_report("off", {**environment, "PAGE_CACHE": "off"}, options)
        if cache_url:
            only_there = {"CACHE_URL": cache_url, "PAGE_CACHE": "on", "PAGE_CACHE_MEMORY_MB": "0"}
            missed += _serve_and_report("Redis", {**environment, **only_there}, options)
    if missed:
        print(f"Below what is wanted: {', '.join(missed)}")
    return len(missed)


def _serve_and_report(
    kept_in: str, environment: dict[str, str], options: argparse.Namespace
) -> list[str]:
    """Measure on a server of its own; answer the pages that are slower than wanted."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_until_it_answers(port, server)
        return _report(kept_in, port, options)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("part", nargs="?", choices=["all", "pages", *OTHERS], default="all")
    parser.add_argument("--connections", type=int, default=8, help="kept-alive connections")
    parser.add_argument("--seconds", type=float, default=3, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements; the median counts")
    return parser.parse_args()


def _environment(folder: Path) -> dict[str, str]:
    """The caller's environment, with everything the portal writes in `folder`."""
    ours = {"PORTAL_MODE": "demo", "VAR_DIR": str(folder), "LOG_LEVEL": "WARNING"}
    ours["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    ours["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder}/db.sqlite3")
    unwanted = {"MEDIA_ROOT", "PRIVATE_ROOT", "PAGE_CACHE", "PAGE_CACHE_MEMORY_MB"}
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
            _ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), ALIVE)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"no answer within {START_TIMEOUT} s")


def _ask(connection: http.client.HTTPConnection, path: str, encoding: str = "identity") -> bytes:
    """One request on a kept-alive connection; anything but a 200 is an error, not a result."""
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")
    return body


def _report(kept_in: str, port: int, options: argparse.Namespace) -> list[str]:
    encodings = ["identity"] if kept_in == "off" else ["identity", "br"]
    print(f"\npage cache: {kept_in}")
    missed = []
    for name, path in _pages(port).items():
        for encoding in encodings:
            size = len(_ask(http.client.HTTPConnection("127.0.0.1", port), path, encoding))
            page, bare = _measure(port, (path, f"/bench/{size}/"), encoding, options)
            print(
                f"  {name:21} {encoding:9} {size:7} bytes {page:8.1f} requests/s, "
                f"bare view {bare:8.1f}: {page / bare:.3f}"
            )
            if page / bare < WANTED.get(kept_in, 0):
                missed.append(f"{name} ({kept_in}, {encoding})")
    return missed


def _pages(port: int) -> dict[str, str]:
    """The pages with their addresses; each is asked for twice, so that its pictures are made."""
    pages = dict(PAGES)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    index = _ask(connection, pages["news index"]).decode()
    found = re.search(r'href="(/tin-tuc/[a-z0-9-]+/)"(?! rel)', index.partition("<main")[2])
    if found is None:
        raise RuntimeError("the news index lists no article")
    pages["article"] = found[1]
    for path in [*pages.values()] * 2:
        _ask(connection, path)
    return pages


def _measure(
    port: int, paths: tuple[str, str], encoding: str, options: argparse.Namespace
) -> tuple[float, float]:
    """Requests per second to each of two paths, in turns: the medians of all rounds."""
    rates: tuple[list[float], list[float]] = ([], [])
    for path in paths:  # not counted: every process draws the page once
        _requests_per_second(port, path, encoding, options.connections, min(0.5, options.seconds))
    for _round in range(options.rounds):
        for found, path in zip(rates, paths, strict=True):
            found.append(
                _requests_per_second(port, path, encoding, options.connections, options.seconds)
            )
    return statistics.median(rates[0]), statistics.median(rates[1])


def _requests_per_second(
    port: int, path: str, encoding: str, connections: int, seconds: float
) -> float:
    answered = [0] * connections
    failures: list[Exception] = []
    end = time.monotonic() + seconds

    def keep_asking(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            while time.monotonic() < end:
                _ask(connection, path, encoding)
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

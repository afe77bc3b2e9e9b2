"""What a request for a calendar costs a server, against the same server answering constant bytes of that size.

    uv run python -m benchmarks.feeds

uvicorn as shipped, in processes of their own; `wrk` (Debian's package of that name) asks over kept connections for as
long as is told. Measured is the CPU time of the server's process per request, with the secret looked up in the
database each time; the servers are asked in turn, and the median of several turns' ratios counts.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from benchmarks.measure import as_table, verdict

EVENTS = 50
MOST_OF_A_FEED, MOST_OF_NOT_MODIFIED = 2.0, 1.0
PATIENCE = 30.0  # seconds until a server answers
NOW = datetime(2022, 4, 19, 7, tzinfo=UTC)
CYCLE = """format: aarshjul/cycle@1
id: fifty
title: Resultatkontrakt 2023
contract_year: 2023
holder: Erhvervshus Nordjylland
council: KKR Nordjylland
people:
  - {{id: co, name: Koordinator, email: co@example.org, roles: [coordinator]}}
milestones:
{milestones}
"""
MILESTONE = """  - id: m{number}
    title: Møde nr. {number} om de regionale mål
    phase: drafting
    kind: meeting
    on: 2022-{month:02}-{day:02}
    at: "10:00"
    ends: "12:00"
    place: Rådhuset, Aalborg
    for: [coordinator]
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One thing to ask for again and again."""

    name: str
    process: int
    address: str
    headers: tuple[str, ...] = ()
    status: int = 200


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each turn")
    parser.add_argument("--repeats", type=int, default=5, help="turns that count, after one that warms up")
    parser.add_argument("--serve", nargs="+", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.serve:
        return _serve(*chosen.serve)
    if shutil.which("wrk") is None:
        print("wrk is missing: on Debian, `apt-get install wrk`")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        return _measured(Path(folder), chosen.seconds, chosen.repeats)


def _measured(folder: Path, seconds: float, repeats: int) -> int:
    secret = _seeded(folder)
    with ExitStack() as stack:
        feed = stack.enter_context(_server("feeds", str(folder)))
        address = f"{feed[1]}/calendars/{secret}.ics"
        first = httpx.get(address, headers={"accept-encoding": "identity"}, trust_env=False)
        assert first.content.count(b"BEGIN:VEVENT") == EVENTS, first.text[:200]  # noqa: S101
        constant = stack.enter_context(_server("constant", str(len(first.content))))
        tag = f"If-None-Match: {first.headers['etag']}"
        contenders = [
            Asked(name="constant bytes", process=constant[0], address=constant[1]),
            Asked(name="a feed, 200", process=feed[0], address=address),
            Asked(name="a feed, 304", process=feed[0], address=address, headers=(tag,), status=304),
        ]
        for each in contenders:
            _check(each)
        turns = [[_cost(each, seconds) for each in contenders] for _ in range(repeats + 1)][1:]
    return _told(contenders, turns, len(first.content))


def _told(contenders: list[Asked], turns: list[list[float]], size: int) -> int:
    # Ratios within a turn: what else the machine does then slows all three.
    share = median(whole / bare for bare, whole, _ in turns)
    unchanged = median(none / whole for _, whole, none in turns)
    rows = [
        (each.name, f"{median(costs) * 1000:.3f}")
        for each, costs in zip(contenders, zip(*turns, strict=True), strict=True)
    ]
    print(f"{EVENTS} events, {size} bytes, the secret looked up in SQLite\n")
    print(as_table(("", "CPU ms a request"), rows) + "\n")
    print(verdict("a cached 200 / constant bytes", share, MOST_OF_A_FEED))
    print(verdict("a 304 / its 200", unchanged, MOST_OF_NOT_MODIFIED))
    return int(share > MOST_OF_A_FEED or unchanged > MOST_OF_NOT_MODIFIED)


def _cost(asked: Asked, seconds: float) -> float:
    """CPU seconds of the server per request."""
    before = _cpu(asked.process)
    said = subprocess.run(
        _wrk(asked, seconds), capture_output=True, text=True, check=True, timeout=seconds + PATIENCE
    ).stdout
    spent = _cpu(asked.process) - before
    found = re.search(r"(\d+) requests in", said)
    # `wrk` counts 304 as well as 200 as fine, and says so where any answer is neither.
    if found is None or "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    return spent / int(found[1])


def _wrk(asked: Asked, seconds: float) -> list[str]:
    headers = [part for header in asked.headers for part in ("-H", header)]
    return ["wrk", "-t1", "-c4", f"-d{max(1, round(seconds))}s", *headers, asked.address]


def _cpu(process: int) -> float:
    """CPU seconds of a process so far, all threads, user and system (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _check(asked: Asked) -> None:
    headers = dict(header.split(": ", 1) for header in asked.headers)
    answer = httpx.get(asked.address, headers={"accept-encoding": "identity", **headers}, trust_env=False)
    assert answer.status_code == asked.status, (asked.name, answer.status_code)  # noqa: S101


@contextmanager
def _server(*words: str) -> Iterator[tuple[int, str]]:
    """A server in a process of its own: its id, and where it answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.feeds", "--serve", str(listener.fileno()), *words],
            pass_fds=[listener.fileno()],
        )
        try:
            # The socket listens already: the answer comes when the server is there.
            httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE, trust_env=False)
            yield process.pid, f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _serve(number: str, what: str, given: str) -> int:
    """In the child: one of the two applications, with the settings that `aarshjul serve` has."""
    import uvicorn

    app = _constant(int(given)) if what == "constant" else _feeds(Path(given))
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", server_header=False)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(number))])
    return 0


def _constant(size: int) -> Any:
    headers = [(b"content-type", b"text/calendar; charset=utf-8"), (b"content-length", str(size).encode())]
    data = b"x" * size

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": data})

    return app


def _feeds(folder: Path) -> Any:
    from aarshjul.settings import Settings
    from aarshjul.web.app import create_app
    from models.engine import open_engine

    settings = Settings(home=folder)
    return create_app(settings, open_engine(settings.url))


def _seeded(folder: Path) -> str:
    """A home whose feed has as many events as are asked for; the feed's secret."""
    from aarshjul.acts.importing import import_cycle
    from aarshjul.acts.perform import perform
    from aarshjul.files.act_arguments import parse_act
    from aarshjul.files.read import read_cycle
    from aarshjul.settings import Settings
    from calendars.choice import Choice
    from models.engine import open_engine, upgrade, writing
    from models.subscriptions import subscribe

    days = [(6 + number // 25, number % 25 + 1) for number in range(EVENTS)]
    text = "".join(
        MILESTONE.format(number=number, month=month, day=day) for number, (month, day) in enumerate(days)
    )
    (folder / "fifty.cycle.yaml").write_text(CYCLE.format(milestones=text), encoding="utf-8")
    engine = open_engine(Settings(home=folder).url)
    upgrade(engine)
    with writing(engine) as session:
        import_cycle(session, read_cycle(str(folder / "fifty.cycle.yaml")), None, NOW)
    perform(engine, "fifty", "co", "activate", parse_act("activate", {}), NOW)
    with writing(engine) as session:
        secret = subscribe(session, scope="cycle", cycle_id="fifty", shows=Choice().text, now=NOW)[1]
    engine.dispose()
    return secret


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

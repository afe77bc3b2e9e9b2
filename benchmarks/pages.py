"""What the coordinators' pages cost a server, against its own constant answer, and what they weigh on the way.

    uv run python -m benchmarks.pages

`aarshjul serve` in a process of its own over twenty cycles of twelve milestones and some thirty people; `wrk` (Debian's
package of that name) asks over eight kept connections for as long as is told. Measured is the CPU time of the server's
process per request; the addresses are asked in turn, and the median of several turns' ratios counts. While it is
asked, somebody writes to the record every `--writes` seconds, as a place of work does: pages are then made anew.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urljoin

import httpx

from benchmarks.measure import as_table, verdict

CYCLES = 20
MOST_OF_A_PAGE = 25.0
FIRST_VISIT, LATER_VISIT = 300_000, 30_000  # bytes, compressed
PATIENCE = 30.0  # seconds until a server answers
COORDINATOR = "person-00000-00"
_MAIN = "import sys; sys.argv[0] = 'aarshjul'; from aarshjul.cli import main; main()"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One thing to ask for again and again."""

    name: str
    address: str


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each turn")
    parser.add_argument("--repeats", type=int, default=5, help="turns that count, after one that warms up")
    parser.add_argument("--writes", type=float, default=10.0, help="seconds between two writes; 0 for none")
    chosen = parser.parse_args(arguments)
    if shutil.which("wrk") is None:
        print("wrk is missing: on Debian, `apt-get install wrk`")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        return _measured(Path(folder), chosen.seconds, chosen.repeats, chosen.writes)


def _measured(home: Path, seconds: float, repeats: int, writes: float) -> int:
    link = _seeded(home)
    with _server(home) as (process, base):
        cookie = _logged_in(base, link)
        asked = [
            Asked(name="constant answer", address=f"{base}/healthz"),
            Asked(name=f"board of {CYCLES} cycles", address=f"{base}/cycles"),
            Asked(name="page of a cycle", address=f"{base}/cycles/cycle-00000"),
        ]
        for each in asked:
            _check(each, cookie)
        with _writing(home, writes):
            turns = [[_cost(each, process, cookie, seconds) for each in asked] for _ in range(repeats + 1)][
                1:
            ]
        weights = [_weights(each.address, cookie) for each in asked[1:]]
    return _told(asked, turns, weights)


def _told(asked: list[Asked], turns: list[list[float]], weights: list[tuple[int, int]]) -> int:
    # Ratios within a turn: what else the machine does then slows all alike.
    ratios = [median(turn[place] / turn[0] for turn in turns) for place in range(len(asked))]
    costs = [f"{median(each) * 1000:.3f}" for each in zip(*turns, strict=True)]
    print(as_table(("", "CPU ms a request"), list(zip((each.name for each in asked), costs, strict=True))))
    print()
    fine = True
    for each, ratio, (first, later) in zip(asked[1:], ratios[1:], weights, strict=True):
        print(verdict(f"{each.name} / constant", ratio, MOST_OF_A_PAGE))
        print(verdict(f"{each.name}, kB of a first visit", first / 1000, FIRST_VISIT / 1000))
        print(verdict(f"{each.name}, kB of a later visit", later / 1000, LATER_VISIT / 1000))
        fine = fine and ratio <= MOST_OF_A_PAGE and first <= FIRST_VISIT and later <= LATER_VISIT
    return int(not fine)


def _cost(asked: Asked, process: int, cookie: str, seconds: float) -> float:
    """CPU seconds of the server per request."""
    before = _cpu(process)
    command = ["wrk", "-t1", "-c8", f"-d{max(1, round(seconds))}s", "-H", f"Cookie: {cookie}"]
    headers = ["-H", "Accept-Encoding: gzip", asked.address]
    said = subprocess.run(
        [*command, *headers], capture_output=True, text=True, check=True, timeout=seconds + PATIENCE
    ).stdout
    spent = _cpu(process) - before
    found = re.search(r"(\d+) requests in", said)
    if found is None or "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    return spent / int(found[1])


def _cpu(process: int) -> float:
    """CPU seconds of a process so far, all threads, user and system (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _weights(address: str, cookie: str) -> tuple[int, int]:
    """The bytes of a first visit (with style, letters, scripts and pictures) and of a later one, as they are sent."""
    with httpx.Client(trust_env=False, headers={"cookie": cookie, "accept-encoding": "gzip"}) as client:
        page = client.get(address)
        linked = re.findall(r'(?:href|src)="([^"]*static/[^"]+|[^"]*wheel\.svg[^"]*)"', page.text)
        answers = {urljoin(address, each): client.get(urljoin(address, each)) for each in linked}
        for sheet in [url for url in answers if url.endswith(".css")]:
            for name in re.findall(r"url\(([^)]+)\)", answers[sheet].text):
                answers[urljoin(sheet, name)] = client.get(urljoin(sheet, name))
    later = [page, *(each for each in answers.values() if "immutable" not in each.headers["cache-control"])]
    return (
        sum(each.num_bytes_downloaded for each in (page, *answers.values())),
        sum(each.num_bytes_downloaded for each in later),
    )


def _check(asked: Asked, cookie: str) -> None:
    answer = httpx.get(asked.address, headers={"cookie": cookie}, trust_env=False)
    assert answer.status_code == 200, (asked.name, answer.status_code)  # noqa: S101
    if asked.address.endswith("/cycles"):
        assert answer.text.count('<tr role="row">\n<th') == CYCLES  # noqa: S101


def _logged_in(base: str, link: str) -> str:
    answer = httpx.post(f"{base}{link}", headers={"sec-fetch-site": "same-origin"}, trust_env=False)
    assert answer.status_code == 303, answer.text[:300]  # noqa: S101
    return answer.headers["set-cookie"].partition(";")[0]


@contextmanager
def _server(home: Path) -> Iterator[tuple[int, str]]:
    """`aarshjul serve`: its process's id, and where it answers."""
    process = subprocess.Popen(
        [sys.executable, "-c", _MAIN, "serve", "--port", "0", "--home", str(home)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None  # noqa: S101
        yield process.pid, process.stdout.readline().split()[2].rstrip(".")
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def _writing(home: Path, every: float) -> Iterator[None]:
    """Meanwhile somebody's title changes now and again, so that what was kept of pages no longer holds."""
    from sqlalchemy import text

    from aarshjul.settings import Settings
    from models.engine import open_engine

    engine, over = open_engine(Settings(home=home).url), threading.Event()

    def write() -> None:
        while every and not over.wait(every):
            with engine.begin() as connection:
                connection.execute(text("UPDATE organisation SET name = name WHERE id = 0"))
                connection.execute(
                    text("UPDATE cycle SET round_wanted = round_wanted + 1 WHERE id = 'cycle-00001'")
                )

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(PATIENCE)
        engine.dispose()


def _seeded(home: Path) -> str:
    """A home with the cycles, all of them coordinated by one person; the path of a link that logs them in."""
    from sqlalchemy import insert

    from aarshjul.clock import now
    from aarshjul.settings import Settings
    from benchmarks.seed import JOINED, MEMBERSHIP, seed
    from models.engine import open_engine, writing
    from models.logins import make_link

    engine = open_engine(Settings(home=home).url)
    seed(engine, CYCLES)
    with writing(engine) as session:
        rows = [
            {
                "cycle_id": f"cycle-{number:05d}",
                "person_id": COORDINATOR,
                "position": 99,
                "roles": ["coordinator"],
                "joined_at": JOINED,
            }
            for number in range(1, CYCLES)
        ]
        session.execute(insert(MEMBERSHIP), rows)
        secret = make_link(session, COORDINATOR, now())[1]
    engine.dispose()
    return f"/login/{secret}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

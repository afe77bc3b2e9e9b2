"""How fast mail leaves, beside a bare `smtplib` loop that sends the same bytes ready-made over one connection.

Run `uv run python -m benchmarks.delivery`: the whole path from the rows that a round writes through words, HTML and
MIME to the ledger, over STARTTLS with login to a real server in a process of its own. Seconds on the clock, as half of
the work is the server's; both in turn.
"""

import argparse
import shutil
import smtplib
import ssl
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from datetime import time as clock
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.settings import Settings
from benchmarks.measure import as_table, peak_megabytes, verdict
from benchmarks.round import play
from benchmarks.seed import BUSY_DAY, seed
from models.engine import open_engine, reading
from models.message import Message
from notifications.channels import way_of
from notifications.outbox import deliver_batch
from tests.servers.smtp import Server, smtp_server

NOW = datetime.combine(BUSY_DAY, clock(7), tzinfo=ZoneInfo("Europe/Copenhagen"))
LEAST_SHARE, MOST_MEGABYTES = 0.7, 400.0
WORK = (
    0.001  # seconds that a server has to do with a mail: queueing it, or the way to another machine and back
)
CYCLES_FOR = {1_000: 213, 10_000: 2_100}  # 16 in 100 have 30 reminders to send on the busy day


def settings_for(server: Server, home: Path) -> Settings:
    """An installation that mails through the server."""
    return Settings(
        home=home,
        smtp_host="localhost",
        smtp_port=server.port,
        smtp_user=server.user,
        smtp_password=server.password,
        ca_file=server.ca_file,
        secret=SecretStr("a secret for measuring, long enough"),
    )


def seeded(folder: Path, cycles: int) -> Path:
    """A database whose busy day has come."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = open_engine(f"sqlite:///{folder / 'aarshjul.db'}")
    seed(engine, cycles)
    engine.dispose()
    return folder / "aarshjul.db"


def deliver_all(engine: Engine, settings: Settings) -> int:
    """The whole path: the round writes its rows, and every message goes."""
    play(engine, BUSY_DAY)
    count, go_on = 0, True
    while go_on:
        batch = deliver_batch(engine, "email", way_of(settings, "email"), NOW)
        count, go_on = count + batch.count, batch.go_on
    return count


def send_bare(server: Server, mails: Sequence[tuple[str, bytes]]) -> None:
    """The least that could be: one connection, bytes that are ready."""
    trust = ssl.create_default_context(cafile=str(server.ca_file))
    with smtplib.SMTP("localhost", server.port) as connection:
        connection.starttls(context=trust)
        connection.ehlo()
        login = f"\0{server.user}\0{server.password}".encode()  # smtplib's own login knows ASCII alone
        connection.docmd("AUTH", f"PLAIN {b64encode(login).decode()}")
        for address, payload in mails:
            connection.sendmail("aarshjul@example.org", [address], payload)


def sent(engine: Engine) -> list[tuple[str, bytes]]:
    """What went, as the record has it."""
    with reading(engine) as session:
        query = select(col(Message.address), col(Message.payload)).where(col(Message.state) == "sent")
        return [(row[0] or "", row[1] or b"") for row in session.execute(query)]


def compare(folder: Path, repeats: int, delay: float) -> tuple[int, list[float], list[float]]:
    """How many messages, and for each turn the seconds of the whole path and of the bare loop."""
    whole, bare, count = [], [], 0
    folder.mkdir()
    database = seeded(folder / "seeded", CYCLES_FOR[1_000])
    with smtp_server(folder, delay=delay) as server:
        for turn in range(repeats + 1):
            home = folder / f"turn-{turn}"
            home.mkdir()
            shutil.copyfile(database, home / "aarshjul.db")
            engine = open_engine(f"sqlite:///{home / 'aarshjul.db'}")
            begin = time.perf_counter()
            count = deliver_all(engine, settings_for(server, home))
            middle = time.perf_counter()
            mails = sent(engine)
            if not len(mails) == count > 0:
                raise SystemExit(f"{count} messages went, {len(mails)} are in the record")
            again = time.perf_counter()
            send_bare(server, mails)
            end = time.perf_counter()
            engine.dispose()
            server.forget()
            if turn:  # the first one warms up
                whole.append(middle - begin)
                bare.append(end - again)
    return count, whole, bare


def peak(folder: Path) -> float:
    """The most memory, in MB, of a process of its own that sends ten thousand."""
    command = [sys.executable, "-m", "benchmarks.delivery", "--peak-in", str(folder)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return float(said.stdout)


def measure_peak(folder: Path) -> None:
    """Send ten thousand and say how much memory that took."""
    engine = open_engine(f"sqlite:///{folder / 'home' / 'aarshjul.db'}")
    with smtp_server(folder) as server:
        count = deliver_all(engine, settings_for(server, folder / "home"))
    if count < 10_000 or len(sent(engine)) != count:
        raise SystemExit(f"only {count} messages went")
    print(peak_megabytes())


def main() -> int:
    """Measure and say whether the promises hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--no-peak", action="store_true", help="leave out the ten thousand")
    parser.add_argument("--peak-in", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peak_in is not None:
        measure_peak(arguments.peak_in)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        share = report("with a millisecond's work", *compare(Path(folder, "works"), arguments.repeats, WORK))
        word = "holds" if share >= LEAST_SHARE else "FAILS"
        print(f"{word}: share of the bare loop's speed {share:.2f} (at least {LEAST_SHARE:g})\n")
        share_at_once = report("that answers at once", *compare(Path(folder, "idle"), arguments.repeats, 0))
        print(f"for comparison: {share_at_once:.2f}")
        most = 0.0
        if not arguments.no_peak:
            seeded(Path(folder, "large", "home"), CYCLES_FOR[10_000])
            most = peak(Path(folder, "large"))
            print()
            print(verdict("peak memory for 10,000 in MB", most, MOST_MEGABYTES))
    return 0 if share >= LEAST_SHARE and most <= MOST_MEGABYTES else 1


def report(server: str, count: int, whole: Sequence[float], bare: Sequence[float]) -> float:
    """Say what was measured with one kind of server; returns the share of the bare loop's speed."""
    path, loop = min(whole), min(bare)  # the least disturbed turn of each
    rows = [
        ("whole path", f"{path:.2f}", f"{count / path:.0f}"),
        ("bare smtplib", f"{loop:.2f}", f"{count / loop:.0f}"),
    ]
    print(as_table((f"{count} reminders, a server {server}", "seconds", "a second"), rows))
    return loop / path


if __name__ == "__main__":
    sys.exit(main())

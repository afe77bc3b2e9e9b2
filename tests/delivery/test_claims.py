"""Who delivers what: claims of the dead, of other hosts and of other threads, and two deliveries at once."""

import os
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col

from models.engine import writing
from models.message import Message
from notifications.channel import Parcel
from notifications.channels import renderer, way_of
from notifications.outbox import Way, deliver_batch
from notifications.processes import LEASE, is_over, myself
from tests.delivery.crowd import Crowd, crowd, cycle_of
from tests.delivery.hand import Hand
from tests.world import moment_of

NOW = moment_of("2025-03-03", "07:00")
INVITED = 60


@pytest.fixture
def invited(engine: Engine, tmp_path: Path) -> Crowd:
    """Nobody has got an invitation yet."""
    world = crowd(engine, tmp_path, None, cycle_of(INVITED))
    world.round("2025-03-03")
    return world


def claimed_by(world: Crowd, claimer: str, state: str) -> None:
    with writing(world.engine) as session:
        session.execute(update(Message).values(claimed_by=claimer, state=state))


def test_a_claim_of_ones_own_thread_is_over_and_of_another_that_runs_is_not() -> None:
    assert is_over(myself(NOW), NOW)
    said: list[str] = []
    ready, leave = threading.Event(), threading.Event()

    def other() -> None:
        said.append(myself(NOW))
        ready.set()
        leave.wait(20)

    thread = threading.Thread(target=other)
    thread.start()
    try:
        assert ready.wait(20)
        assert said[0] != myself(NOW)
        if sys.platform == "linux":
            assert not is_over(said[0], NOW)
    finally:
        leave.set()
        thread.join(20)
    assert is_over(said[0], NOW + LEASE)


@pytest.mark.skipif(sys.platform != "linux", reason="the system tells when a process began")
def test_a_claim_of_a_process_that_ended_is_over_and_so_is_that_of_an_earlier_one_of_its_number() -> None:
    place, _, start, since = myself(NOW).rsplit(":", 3)
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait(20)
    assert is_over(f"{place}:{child.pid}:{start}:{since}", NOW)
    assert is_over(f"{place}:{os.getppid()}:1:{since}", NOW)


@pytest.mark.parametrize("nonsense", [None, "", "host", "h:1:1", "a:b:c:d"])
def test_what_is_no_claim_holds_nothing(nonsense: str | None) -> None:
    assert is_over(nonsense, NOW)


@pytest.mark.parametrize("state", ["waiting", "uncertain", "sending"])
def test_what_a_host_that_never_comes_back_had_in_hand_goes_after_all(invited: Crowd, state: str) -> None:
    claimed_by(invited, f"gone.example.org/0:7:1234:{int(NOW.timestamp())}", state)
    assert invited.deliver("2025-03-03 09:00") == 0, "it may be at work"
    later = NOW + LEASE + timedelta(minutes=1)
    assert invited.deliver(f"{later.astimezone():%Y-%m-%d} 20:00") == INVITED
    assert set(invited.states().values()) == {"sent"}
    outcomes = [each.outcome for each in invited.attempts("talk/1/invite/-/p000")]
    assert outcomes == (["uncertain", "sent"] if state == "sending" else ["sent"])


def test_two_threads_that_deliver_at_once_send_everything_once(
    invited: Crowd,
) -> None:
    together = threading.Barrier(2, timeout=30)
    hands = [Hand(), Hand()]

    def deliver(hand: Hand) -> None:
        way = Way(hand, renderer(invited.settings, "email"))
        together.wait()
        while deliver_batch(invited.engine, "email", way, NOW, most=7).count:
            pass

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(deliver, hand) for hand in hands]:
            done.result(60)
    invited.deliver("2025-03-03")
    counted = Counter(parcel.person for hand in hands for parcel in hand.got)
    assert set(counted.values()) == {1}
    assert min(len(hand.got) for hand in hands) > 0, "one of them had nothing to do: nothing was tested"
    assert set(invited.states().values()) == {"sent"}
    assert {message.attempts for message in invited.messages()} == {1}


def test_two_processes_that_deliver_at_once_send_everything_once(invited: Crowd) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import datetime\n"
        "from aarshjul.settings import Settings; from models.engine import open_engine\n"
        "from notifications.channels import way_of; from notifications.outbox import deliver_batch\n"
        "settings = Settings(home=Path(sys.argv[2]), secret='for tests, and long enough for one',"
        " sender_address='kkr@example.org')\n"
        "engine, count = open_engine(sys.argv[1]), 0\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "while (batch := deliver_batch(engine, 'email', way_of(settings, 'email'),"
        " datetime.fromisoformat(sys.argv[3]), most=7)).count: count += batch.count\n"
        "print(count)\n"
    )
    url = invited.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", code, url, str(invited.folder), NOW.isoformat()]
    children = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    try:
        for child in children:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
        said = []
        for child in children:
            assert child.stdin is not None
            child.stdin.write("\n")
            child.stdin.flush()
        said = [int(child.communicate(timeout=60)[0]) for child in children]
    finally:
        for child in children:
            child.kill()
            child.wait()
    assert sum(said) + invited.deliver("2025-03-03") == INVITED
    assert min(said) > 0, "one of them had nothing to do: nothing was tested"
    assert {message.attempts for message in invited.messages()} == {1}
    assert len(list((invited.folder / "mail").glob("*.eml"))) == INVITED


def test_what_came_up_later_for_somebody_does_not_overtake_what_another_has_in_hand(invited: Crowd) -> None:
    late = Hand()

    def meanwhile(count: int, _parcel: Parcel) -> None:
        if count != 1:
            return
        invited.act("2025-03-03 07:00", "kim", "move", milestone="talk", to="2025-04-11")
        invited.round("2025-03-03 07:00")
        way = Way(late, renderer(invited.settings, "email"))
        other = threading.Thread(target=deliver_batch, args=(invited.engine, "email", way, NOW))
        other.start()
        other.join(60)

    first = Hand(meanwhile)
    deliver_batch(invited.engine, "email", Way(first, renderer(invited.settings, "email")), NOW)
    assert late.got == []
    assert len(first.got) < INVITED
    invited.deliver("2025-03-03 07:01")
    assert set(invited.states().values()) == {"sent", "superseded"}


def test_a_batch_takes_so_many_and_no_more(invited: Crowd) -> None:
    with writing(invited.engine) as session:
        session.execute(update(Message).where(col(Message.person_id) == "p000").values(state="withdrawn"))
    assert deliver_batch(invited.engine, "email", way_of(invited.settings, "email"), NOW, most=7).count == 7

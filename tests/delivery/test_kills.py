"""A delivery of two hundred mails, killed ten times over: all arrive, and what arrives twice was uncertain."""

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from models.engine import reading
from models.message import Attempt, Message
from notifications.mail import reference
from tests.delivery.crowd import crowd, cycle_of
from tests.delivery.killing import kills_of
from tests.servers.smtp import smtp_server

ROOT = Path(__file__).parents[2]
CROWD = 200
KILLED = -9

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills children of a process that forks")


@pytest.mark.parametrize("seed", [0, 1])
def test_killed_ten_times_over_nothing_is_lost_and_only_the_uncertain_goes_twice(
    engine: Engine, tmp_path: Path, seed: int
) -> None:
    with smtp_server(tmp_path) as server:
        world = crowd(engine, tmp_path, server, cycle_of(CROWD, milestones=_ONE_DEADLINE))
        assert len(world.round("2025-03-14")) == CROWD
        url = engine.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "tests.delivery.killing", url, str(tmp_path), str(server.port)]
        said = subprocess.run(
            [*command, str(server.ca_file), str(seed)],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            timeout=240,
        )
        *ends, last = json.loads(said.stdout)
        assert ends == [KILLED] * len(kills_of(seed))
        assert last == 0
        received = server.received()
    arrived = Counter(mail.message_id for mail in received)
    with reading(engine) as session:
        rows = {f"<{reference(row.key)}@example.org>": row for row in session.scalars(select(Message))}
        uncertain = set(
            session.scalars(select(col(Attempt.message_id)).where(col(Attempt.outcome) == "uncertain"))
        )
        answered = Counter(
            session.scalars(select(col(Attempt.message_id)).where(col(Attempt.outcome) == "sent"))
        )
    assert arrived.keys() == rows.keys()
    assert {row.state for row in rows.values()} == {"sent"}
    twice = {rows[name].id for name, count in arrived.items() if count > 1}
    assert twice <= uncertain
    assert twice or seed, "no kill fell between a mail and its answer"
    assert set(answered.values()) == {1}
    copies = defaultdict(set)
    for mail in received:
        copies[mail.message_id].add(mail.data)
    assert {len(bytes_) for bytes_ in copies.values()} == {1}, "what goes again is the same mail"


_ONE_DEADLINE = """\
milestones:
  - {id: text, title: Tekst, phase: drafting, kind: deadline, on: 2025-03-21, owed_by: [crowd], remind: [-7]}
"""

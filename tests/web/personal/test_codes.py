"""The code that a binding press by link wants: to the known address, for this and nothing else, once."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from aarshjul.web.doing.codes import Codes
from models.engine import reading
from models.webuse import OneTimeCode
from notifications.forgetting import FOLDER
from tests.web.logged_in import parsed
from tests.web.personal.coded import TYPED, Voting, hidden, voting_over


@pytest.fixture
def voting(engine: Engine, tmp_path: Path) -> Iterator[Voting]:
    with voting_over(engine, tmp_path) as found:
        yield found


def test_the_first_press_does_nothing_but_send_a_code_and_keeps_what_was_typed(voting: Voting) -> None:
    answer = voting.post(TYPED)

    assert (answer.status_code, voting.votes()) == (200, 0)
    assert "b\u2022\u2022\u2022@example.org" in answer.text
    assert "b1@example.org" not in answer.text
    kept = hidden(answer)
    assert (kept["once"], kept["vote"], kept["reason"]) == ("a", "for", 'line\n"two" & <b>')
    [code] = voting.codes()
    assert code.replace(" ", "") not in answer.text


def test_the_second_press_does_it_with_the_code_once(voting: Voting) -> None:
    kept = hidden(voting.post(TYPED))
    [code] = voting.codes()

    answers = [voting.post({**kept, "code": code}) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert [each.headers["location"].rpartition("=")[2] for each in answers] == ["vote", "already"]
    assert voting.votes() == 1


def test_of_presses_at_one_moment_one_does_it_and_all_are_answered_as_done(voting: Voting) -> None:
    kept = hidden(voting.post(TYPED))
    [code] = voting.codes()
    barrier, found = threading.Barrier(4), []

    def press() -> None:
        barrier.wait(20)
        found.append(voting.post({**kept, "code": code}).status_code)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)

    assert (found, voting.votes()) == ([303] * 4, 1)


def test_a_code_is_used_up(voting: Voting) -> None:
    kept = hidden(voting.post(TYPED))
    [code] = voting.codes()
    voting.post({**kept, "code": code})
    voting.world.act("2022-10-11", "b1", "vote", body="board", vote="against")

    answer = voting.post({**kept, "once": "b", "code": code})

    assert answer.status_code == 400
    with reading(voting.world.engine) as session:
        assert session.scalars(select(OneTimeCode)).one().used_at is not None


def test_a_press_that_breaks_off_after_its_code_was_taken_leaves_the_code_as_it_was(voting: Voting) -> None:
    kept = hidden(voting.post(TYPED))
    [code] = voting.codes()
    voting.stumbles[:] = [False, True]  # within the transaction of the act

    broken = voting.post({**kept, "code": code})
    assert (broken.status_code, voting.votes()) == (409, 0)

    assert voting.post({**kept, "code": code}).status_code == 303


@pytest.mark.parametrize("change", [{"vote": "against"}, {"code_about": "0" * 64}, {"code_about": ""}])
def test_a_code_for_one_thing_is_none_for_another(voting: Voting, change: dict[str, str]) -> None:
    kept = hidden(voting.post(TYPED))
    [code] = voting.codes()

    answer = voting.post({**kept, "code": code, **change})

    assert (answer.status_code, voting.votes()) == (409, 0)


def test_a_code_of_somebody_else_is_none(voting: Voting) -> None:
    kept = hidden(voting.post({**TYPED, "once": "z"}, "bc"))
    [code] = voting.codes()
    own = hidden(voting.post(TYPED))

    assert voting.post({**own, "code": code}).status_code == 400
    assert voting.post({**kept, "code": code}).status_code == 409
    assert voting.votes() == 0


def test_a_code_for_a_text_that_changed_meanwhile_is_none_for_the_new_one(voting: Voting) -> None:
    kept = hidden(voting.post(TYPED))
    [code] = voting.codes()
    voting.world.act("2022-10-10", "holder", "submit-draft", text="Another text")

    answer = voting.post({**kept, "code": code})

    assert (answer.status_code, voting.votes()) == (409, 0)
    assert len(voting.codes()) == 1, "the changed page came with a code of its own"


def test_after_five_wrong_ones_the_right_one_is_too_late(voting: Voting) -> None:
    kept = hidden(voting.post(TYPED))
    [code] = voting.codes()
    wrong = "".join("1" if each == "0" else "0" for each in code.replace(" ", ""))

    for _ in range(5):
        answer = voting.post({**kept, "code": wrong})
        assert (answer.status_code, f'value="{wrong}"' in answer.text) == (400, True)

    assert voting.post({**kept, "code": code}).status_code == 400
    assert voting.votes() == 0


@pytest.mark.parametrize(
    ("later", "status"),
    [(timedelta(minutes=14), 303), (timedelta(minutes=15), 400), (-timedelta(minutes=2), 400)],
)
def test_a_code_lives_a_quarter_of_an_hour_whatever_the_clock_does(
    voting: Voting, later: timedelta, status: int
) -> None:
    kept = hidden(voting.post(TYPED))
    [code] = voting.codes()
    voting.clock.moment += later

    assert voting.post({**kept, "code": code}).status_code == status


def test_five_codes_an_hour_and_the_last_still_works(voting: Voting) -> None:
    kept: dict[str, str] = {}
    for _ in range(6):
        answer = voting.post({**TYPED, "code_anew": "1"})
        kept = kept or hidden(answer)
        voting.clock.moment += timedelta(minutes=2)

    codes = voting.codes()
    assert (answer.status_code, len(codes)) == (429, 5)
    assert voting.post({**kept, "code": codes[-1]}).status_code == 303


def test_what_servers_log_of_a_mail_does_not_give_its_code_away(voting: Voting) -> None:
    said = {}
    for _ in range(2):
        voting.post({**TYPED, "code_anew": "1"})
        voting.clock.moment += timedelta(minutes=2)
        mail = parsed(max(voting.folder.glob(f"{FOLDER}/*.code.eml")).read_bytes())
        found = re.search(r"\d{4} \d{4}", mail.get_content())
        assert found is not None
        with reading(voting.world.engine) as session:
            number = session.scalar(select(func.max(OneTimeCode.id)))
        code = found[0].replace(" ", "")
        tried = [sha256(each.encode()).hexdigest()[:40] for each in (code, f"{number}\0{code}")]
        said[str(mail["Message-ID"])] = tried
    assert len(said) == 2
    assert not [each for each, tried in said.items() if any(hashed in each for hashed in tried)]


def test_a_council_of_sixty_votes_from_one_room(voting: Voting) -> None:
    codes = Codes(voting.world.engine, voting.clock, voting.postman)
    assert all(codes.presses.allows("192.0.2.0/24", voting.clock()) for _ in range(60 * 3))


def test_a_double_press_sends_one_code(voting: Voting) -> None:
    voting.post(TYPED)
    voting.post(TYPED)

    assert len(voting.codes()) == 1


def test_what_is_refused_or_makes_no_sense_is_said_at_once_and_sends_nothing(voting: Voting) -> None:
    voting.world.act("2022-10-09", "b1", "vote", body="board", vote="for")

    answers = [voting.post(TYPED), voting.post({**TYPED, "vote": "perhaps"}), voting.post(TYPED, "sub")]

    assert [each.status_code for each in answers] == [409] * 3
    assert voting.codes() == []


def test_of_a_code_only_a_hash_is_kept_and_nothing_is_logged(
    voting: Voting, caplog: pytest.LogCaptureFixture
) -> None:
    voting.post(TYPED)
    [code] = voting.codes()

    with reading(voting.world.engine) as session:
        row = session.scalars(select(OneTimeCode)).one()
    digits = code.replace(" ", "")
    assert digits not in f"{row.model_dump()}{caplog.text}"

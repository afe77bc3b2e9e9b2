"""The hook where an operator plugs a signing service: a program that is asked before a signature is written down."""

import json
import os
import shlex
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts.acting import ActRefused
from aarshjul.acts.external import ProgramError, run_program
from aarshjul.acts.perform import act
from aarshjul.acts.signing import Confirmed
from aarshjul.files.act_forms import ActForm, Sign
from aarshjul.files.text import UNWANTED
from aarshjul.settings import Settings
from models.cycle import Cycle
from models.draft import Draft
from models.engine import reading
from models.person import Person

LONGEST_SERVICE = 80
LONGEST_RECEIPT = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a service says of a signature that it made: its name, and what proves it there."""

    service: str
    receipt: str

    def __post_init__(self) -> None:
        """Refuse what cannot be kept.

        Raises:
            ValueError: with what is wrong with it.
        """
        for name, value, most in (
            ("service", self.service, LONGEST_SERVICE),
            ("receipt", self.receipt, LONGEST_RECEIPT),
        ):
            if not isinstance(value, str) or not value.strip():
                raise ValueError(f"`{name}` must be text")
            if len(value) > most or UNWANTED.search(value):
                raise ValueError(f"`{name}` must be at most {most} characters without control characters")


def confirmed(
    engine: Engine, settings: Settings, cycle_id: str, by: str, form: ActForm, now: datetime
) -> ActForm:
    """The form of a signature with what the operator's service says of it; any other form as it is.

    The service is asked only where the act would be done at this moment.

    Raises:
        Refused: where the act is, or the service does not answer as it should: nothing is signed then.
    """
    if not isinstance(form, Sign) or not settings.signing:
        return form
    _rehearse(engine, cycle_id, by, form, now)
    request = _request(engine, cycle_id, by, form)
    try:
        said = run_program(
            shlex.split(settings.signing),
            json.dumps(request, ensure_ascii=False).encode(),
            seconds=settings.signing_timeout,
            environment=_without_our_secrets(),
        )
        answer = _answer(said)
    except ValueError as problem:  # ProgramError is one as well
        raise ActRefused(
            f"nothing is signed: the signing service {problem}. Try again, or ask whoever runs it "
            "(AARSHJUL_SIGNING); the coordinator can also put the contract in force without it"
        ) from None
    return Confirmed(body=form.body, hash=request["hash"], service=answer.service, receipt=answer.receipt)


def _rehearse(engine: Engine, cycle_id: str, by: str, form: Sign, now: datetime) -> None:
    """Do the act and take it back: a service must not sign what is refused afterwards."""
    with Session(engine) as session:
        try:
            act(session, cycle_id, by, "sign", form, now)
        finally:
            session.rollback()


def _request(engine: Engine, cycle_id: str, by: str, form: Sign) -> dict[str, str]:
    with reading(engine) as session:
        cycle = session.get_one(Cycle, cycle_id)
        draft = session.get_one(Draft, (cycle_id, cycle.draft_version or 0))
        return {
            "cycle": cycle_id,
            "body": form.body,
            "person": by,
            "name": session.get_one(Person, by).name,
            "hash": draft.hash,
            "text": draft.text,
        }


def _without_our_secrets() -> dict[str, str]:
    """The environment that the program gets: all but our own settings, some of which are passwords."""
    return {name: value for name, value in os.environ.items() if not name.startswith("AARSHJUL_")}


def _answer(said: bytes) -> Answer:
    """What the program wrote, read.

    Raises:
        ProgramError: where it is not what was agreed.
    """
    try:
        read = json.loads(said)
    except (ValueError, RecursionError):
        raise ProgramError("answered what is no JSON") from None
    if not isinstance(read, dict) or set(read) != {"service", "receipt"}:
        raise ProgramError('must answer {"service": ..., "receipt": ...} and nothing else')
    try:
        return Answer(service=read["service"], receipt=read["receipt"])
    except ValueError as problem:
        raise ProgramError(f"answered what cannot be kept: {problem}") from None

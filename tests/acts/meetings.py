"""Real meetings in the record, as an import would have brought them."""

from datetime import date
from typing import Any

from sqlalchemy import Engine

from models.engine import writing
from models.meeting import Meeting
from tests.builders import at


def hold_meeting(engine: Engine, name: str, on: str, **facts: Any) -> None:
    """A meeting of the council is in its calendar, or is there otherwise than before."""
    with writing(engine) as session:
        row = session.get(Meeting, name)
        if row is None:
            row = Meeting(
                id=name,
                body="KKR",
                title=f"Møde {name}",
                on=date.fromisoformat(on),
                made_at=at("2022-04-01"),
                changed_at=at("2022-04-01"),
            )
        row.on = date.fromisoformat(on)
        for fact, value in facts.items():
            setattr(row, fact, value)
        session.add(row)

"""The example year as far as its results: acts of the file, and rounds without Prefect between them."""

from pathlib import Path

from sqlalchemy import Engine

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.documents import enclosed
from aarshjul.files.script import read_script
from flows.playing import acts_of
from flows.rehearsing import plain_round
from models.cycle import Cycle
from models.engine import reading, writing
from tests.builders import at
from tests.world import moment_of

EXAMPLES = Path(__file__).parents[2] / "examples"
CYCLE = "nordjylland-2023"
OURS = ("request-data", "attach")  # what is tried here, in place of those of the file
More = list[tuple[str, str, str, dict[str, str]]]


def play(engine: Engine, until: str, more: More, folder: Path) -> None:
    """Play the year until a day, with acts of one's own among the file's; their documents are in the folder."""
    script = read_script(EXAMPLES / f"{CYCLE}.cycle.yaml", EXAMPLES / f"{CYCLE}.acts.yaml")
    assert script.acts is not None
    with writing(engine) as session:
        import_cycle(session, script.form, script.contract, at("2022-04-01"))
    theirs = [
        (act.at, act.by, act.name, act.form)
        for act in acts_of(script.acts, script.zone, script.drafts)
        if act.name not in OURS
    ]
    mine = [
        (moment_of(when), by, do, enclosed(parse_act(do, fields), folder)) for when, by, do, fields in more
    ]
    last = moment_of(until, "23:59")
    for when, by, do, form in sorted(theirs + mine, key=lambda each: each[0]):
        if when > last:
            break
        rounds(engine, str(when.date()))
        perform(engine, CYCLE, by, do, form, when)
    rounds(engine, until)


def rounds(engine: Engine, until: str) -> None:
    """Rounds on all due days up to and with a day."""
    while True:
        with reading(engine) as session:
            due = session.get_one(Cycle, CYCLE).next_due_on
        if due is None or str(due) > until:
            return
        plain_round(engine, at(str(due)))
        with reading(engine) as session:
            if session.get_one(Cycle, CYCLE).next_due_on == due:
                return

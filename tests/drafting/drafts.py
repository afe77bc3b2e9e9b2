"""Drafts with goals for tests: their versions, what is in them, and the national goals."""

from aarshjul.acts.national import import_national
from aarshjul.files.national_file import national_from_text
from models.draft import Draft
from models.draft_text import contract_in_draft
from models.engine import reading, writing
from tests.acts.situations import NATIONAL_GOALS, OWN_GOALS
from tests.builders import at
from tests.world import World

OTHER = OWN_GOALS.replace("Samler", "Samler parterne")


def national(world: World, text: str = NATIONAL_GOALS) -> bool:
    with writing(world.engine) as session:
        return import_national(session, national_from_text(text, "national.yaml"), at("2022-08-01"))


def draft(world: World, version: int) -> Draft:
    with reading(world.engine) as session:
        return session.get_one(Draft, ("c", version))


def goals_of(world: World, version: int) -> list[str]:
    contract = contract_in_draft(draft(world, version))
    assert contract is not None
    return [goal.id for goal in contract.goals]


def based(text: str, on: int) -> str:
    return text.replace("draft@1\n", f"draft@1\nbased_on: {on}\n")

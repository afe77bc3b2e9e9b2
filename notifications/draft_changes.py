"""What an edit changed in the draft, for the message that says that it must be approved again."""

from typing import Any

from sqlmodel import Session

from aarshjul.core.difference_summary import summary_of
from aarshjul.core.languages import Language
from aarshjul.papers.versions import differences
from models.draft import Draft
from notifications.facts import ChangeFacts


def change_facts(session: Session, cycle_id: str, facts: dict[str, Any], language: str) -> ChangeFacts | None:
    """The difference between the version that the message names and the one that it took the place of.

    An approval is always given to the present version, so what fell with an edit is what the version before had.
    """
    after = session.get(Draft, (cycle_id, facts.get("draft", 0)))
    before = None if after is None else session.get(Draft, (cycle_id, after.version - 1))
    if after is None or before is None:
        return None
    spoken: Language = "en" if language == "en" else "da"
    summary = summary_of(differences(before, after, spoken), spoken)
    return ChangeFacts(cycle=cycle_id, before=before.version, after=after.version, summary=summary)

"""A conflict of a merge as a sentence, for whoever settles it in the file."""

from aarshjul.core.difference_report import field_in_words, value_in_words
from aarshjul.core.merging import ORDER, WHOLE, Conflict
from aarshjul.core.outline import Value

_LONGEST = 60


def conflict_in_words(conflict: Conflict, theirs: str) -> str:
    """Where it is and what each side says; `theirs` is what the other side is called: `version 3`."""
    return f"{_place(conflict)}: {_said(conflict, theirs)}"


def _place(conflict: Conflict) -> str:
    goal, *indicators = conflict.path or ("",)
    where = [f"goal {goal}"] if goal else ["the contract"]
    where += [f"indicator {each}" for each in indicators[-1:]]
    if conflict.field not in (ORDER, WHOLE):
        where.append(field_in_words(conflict.field, "en"))
    return ", ".join(where)


def _said(conflict: Conflict, theirs: str) -> str:
    if conflict.field == ORDER:
        below = "indicators" if conflict.path else "goals"
        return f"you and {theirs} put the {below} into different orders"
    if conflict.why is not None:
        return f"what you and {theirs} changed does not fit together: {conflict.why}"
    if conflict.field == WHOLE:
        return "one of you removed it, and the other changed it; keep it as one side has it, or leave it out"
    was = f"; it was {_short(conflict.base)}" if conflict.base not in (None, ()) else ""
    return f"you say {_short(conflict.mine)}, and {theirs} says {_short(conflict.theirs)}{was}"


def _short(value: Value) -> str:
    """A value on one line; texts in quotation marks, long ones cut."""
    said = " ".join(value_in_words(value, "en").split())
    said = said if len(said) <= _LONGEST else said[: _LONGEST - 1].rstrip() + "…"
    return f"“{said}”" if isinstance(value, str) else said

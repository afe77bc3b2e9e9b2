"""One measurement as text, against the rule that it is for."""

from pydantic_core import PydanticCustomError

from aarshjul.core.rules import Actual, Rule, actual_problem
from aarshjul.files.fields import read_actual
from aarshjul.files.tree import Plain


def read_measured(rule: Rule | None, text: str) -> tuple[Actual | None, str | None]:
    """The measurement, None for an empty text; beside it why it is none, or does not suit the rule."""
    if not text:
        return None, None
    try:
        actual = read_actual(Plain(text))
    except PydanticCustomError as error:
        return None, error.message()
    return actual, None if rule is None else actual_problem(rule, actual)

"""What a rule or a field says no with, as the summary and the fields of a form show it."""

import re

from aarshjul.core.errors import Invalid, Refused
from aarshjul.web.doing.form import Problem

_FIELD = re.compile(r"--([a-z_]+): (.*)", re.DOTALL)


def problems_of(error: Invalid | Refused, language: str) -> tuple[Problem, ...]:
    """Each problem with the field that it is about."""
    lines = error.problems if isinstance(error, Invalid) else (str(error),)
    return tuple(_problem(line, language) for line in lines)


def _problem(line: str, language: str) -> Problem:  # noqa: ARG001 -- the words are English so far
    found = _FIELD.fullmatch(line)
    return Problem(field=found[1], said=found[2]) if found else Problem(field="", said=line)

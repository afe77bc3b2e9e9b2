"""Plain Pydantic forms over a file's tree, and their errors in the words of the file."""

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from aarshjul.files.problems import clipped, did_you_mean
from aarshjul.files.tree import Path, Tree

OURS = "aarshjul"
"""The error type of every problem that a field or form of ours names itself, already in words."""


class Form(BaseModel):
    """What a part of a file may hold; unknown keys are refused and an empty value is as a missing one."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True, defer_build=True
    )

    @model_validator(mode="before")
    @classmethod
    def _empty_is_missing(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        known = keys_of(cls)
        return {key: each for key, each in value.items() if each is not None or key not in known}


AnyForm = TypeVar("AnyForm", bound=Form)


def wrong(message: str, *at: str | int) -> PydanticCustomError:
    """A problem in words; `at` leads from the form to the part that is wrong, if that is not all of it."""
    return PydanticCustomError(OURS, "{message}", {"message": message, "at": at})


def keys_of(form: type[Form]) -> list[str]:
    """The keys of a form as files write them."""
    return [field.alias or name for name, field in form.model_fields.items()]


def parse(form: type[AnyForm], tree: Tree, value: Any, at: Path = ()) -> AnyForm | None:
    """The value, which stands at that path of the tree, as a form; or None, with its problems noted."""
    try:
        return form.model_validate(value, by_alias=True, by_name=False)
    except ValidationError as error:
        bad_lines = tree.problems.lines()
        for path, message in messages(error, form):
            line = tree.line_of((*at, *path))
            if line not in bad_lines:
                tree.problems.add(line, message)
        return None


def messages(error: ValidationError, form: type[Form]) -> Iterable[tuple[Path, str]]:
    """Where each error is, and what it says: field, what is wrong, what would be right.

    Steps that begin with `~` only say which of several forms a value was taken for.
    """
    for details in error.errors(include_url=False):
        path = tuple(step for step in details["loc"] if not str(step).startswith("~"))
        if details["type"] == OURS:
            path = (*path, *details["ctx"]["at"])
        yield path, _sentence(details, path, form)


def _sentence(details: ErrorDetails, path: Path, form: type[Form]) -> str:
    name = _name(path)
    match details["type"]:
        case "aarshjul":
            message: str = details["ctx"]["message"]
            return message if message.startswith(("`", "has ", "needs ")) or not name else f"{name} {message}"
        case "missing":
            return f"{name} is missing; add `{path[-1]}: ...`"
        case "extra_forbidden":
            hint = did_you_mean(str(path[-1]), keys_at(form, path[:-1]))
            return f"unknown key {clipped(str(path[-1]))}; {hint}"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"{name or 'the file'} must be a mapping (`key: value` lines)"
        case "tuple_type" | "list_type":
            return f"{name} must be a list"
        case _:
            return f"{name} has a value that does not fit: {details['msg'].lower()}"


def _name(path: Path) -> str:
    words = [step for step in path if isinstance(step, str)]
    if not words:
        return ""
    item = f" item {path[-1] + 1}" if isinstance(path[-1], int) else ""
    return f"`{words[-1]}`{item}"


def keys_at(form: type[Form], path: Path) -> list[str]:
    """The keys of the form that a path leads to, through lists, choices between forms and optional fields."""
    found = [form]
    for step in path:
        if isinstance(step, int):
            continue
        deeper: list[type[Form]] = []
        for each in found:
            for name, field in each.model_fields.items():
                if step in (name, field.alias):
                    deeper += _forms_in(field.annotation)
        found = deeper or found
    return list(dict.fromkeys(key for each in found for key in keys_of(each)))


def _forms_in(annotation: Any) -> list[type[Form]]:
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return [annotation]
    return [form for part in getattr(annotation, "__args__", ()) for form in _forms_in(part)]

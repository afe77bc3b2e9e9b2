"""The fields of acts as programs send them: their JSON Schema, and from JSON to what every shell of ours gives."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from aarshjul.core.errors import Invalid
from aarshjul.files.act_arguments import NESTED
from aarshjul.files.act_forms import ACT_FORMS
from aarshjul.web.api.bodies import Digits
from aarshjul.web.doing.typed import Upload

CONTENT = "content"
_INLINE = {
    "title": "Content",
    "type": "string",
    "contentEncoding": "base64",
    "description": "The file, in base64.",
}
_TEXT_ALONE = "submit-draft"
_WITH_FILE = "attach"


@cache
def schema_of(act: str) -> dict[str, Any]:
    """The JSON Schema of an act's fields, without references: a draft's text and a file's content come inline."""
    schema = ACT_FORMS[act].model_json_schema()
    parts = schema.pop("$defs", {})
    properties = schema.setdefault("properties", {})
    if act == _TEXT_ALONE:
        del properties["file"]
        properties["text"] = {"title": "Text", "type": "string", "minLength": 1}
        schema["required"] = ["text"]
        schema["description"] = (
            "A new version of the draft: a draft file, or prose. `base` is what it was made from."
        )
    if act == _WITH_FILE:
        properties["file"]["description"] = "Its name."
        properties[CONTENT] = _INLINE
        schema["required"] = [*schema["required"], CONTENT]
        schema["description"] = "A file is kept as evidence of a result, or as a paper of a meeting."
    if act == "join":
        properties["person"] = ACT_FORMS["leave"].model_json_schema()["properties"]["person"]
    found: dict[str, Any] = _inlined(schema, parts)
    return found


def _inlined(value: Any, parts: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        if "$ref" in value:
            return _inlined(parts[value["$ref"].rpartition("/")[2]], parts)
        return {key: _inlined(each, parts) for key, each in value.items()}
    return [_inlined(each, parts) for each in value] if isinstance(value, list) else value


def as_fields(act: str, given: Mapping[str, Any]) -> tuple[dict[str, str | Sequence[str]], Upload | None]:
    """The fields as texts, as the command line has them, and the file that came with them.

    Raises:
        Invalid: with the field that is wrong.
    """
    rest = {name: value for name, value in given.items() if value is not None}
    upload = None
    if act == _WITH_FILE:
        upload = _upload(rest.get("file"), rest.pop(CONTENT, None))
    if act == _TEXT_ALONE and "file" in rest:
        raise Invalid("--file: is not taken here; send what it holds as `text`")
    return {name: _text(name, value) for name, value in rest.items()}, upload


def _upload(name: Any, content: Any) -> Upload | None:
    if not isinstance(name, str) or isinstance(name, Digits):
        return None  # the form says what is wrong with it
    if not isinstance(content, str):
        raise Invalid("--content: is missing; send what the file holds, in base64")
    try:
        return Upload(name=name, content=base64.b64decode(content, validate=True))
    except (binascii.Error, ValueError):
        raise Invalid("--content: must be base64") from None


def _text(name: str, value: Any) -> str | list[str]:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return str(value)
    if name in NESTED:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return [str(each) for each in value]
    what = "an object" if isinstance(value, dict) else "a list of something else than texts"
    raise Invalid(f"--{name}: is {what}; must be as its schema says")

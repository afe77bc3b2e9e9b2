"""A person as a cycle file and the act `join` write one."""

from typing import Annotated

from pydantic import AfterValidator

from aarshjul.files.fields import Email, Id, Line, Listed, distinct, one_of
from aarshjul.files.forms import Form
from aarshjul.files.vocabulary import CHANNELS, LANGUAGES, Language

Roles = Annotated[tuple[Id, ...], Listed, AfterValidator(distinct("role"))]
Channels = Annotated[
    tuple[Annotated[str, one_of(*CHANNELS)], ...], Listed, AfterValidator(distinct("channel"))
]
LanguageField = Annotated[Language, one_of(*LANGUAGES)]


class PersonForm(Form):
    """Somebody in a cycle; without `language` the cycle's goes, `teams` is the name to mention in Teams."""

    id: Id
    name: Line
    email: Email
    organisation: Line | None = None
    roles: Roles = ()
    channels: Channels = ("email",)
    language: LanguageField | None = None
    teams: Line | None = None

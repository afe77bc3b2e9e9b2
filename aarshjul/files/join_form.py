"""The fields of the act `join`: an id of somebody known, or all that is needed of somebody new."""

from typing import Annotated, Any

from pydantic import Discriminator, Tag, model_validator

from aarshjul.files.fields import Email, Id, Line, Truth
from aarshjul.files.forms import Form, wrong
from aarshjul.files.people_forms import Channels, LanguageField, PersonForm, QuietList, Roles

DETAILS = (
    *("name", "email", "organisation", "roles", "channels", "language", "teams"),
    *("digest", "quiet", "secretary", "deputy"),
)


def _id_or_form(value: Any) -> str:
    return "~form" if isinstance(value, dict | PersonForm) else "~id"


class Join(Form):
    """Somebody joins the cycle; the details stand in `person` or beside it, never in both."""

    person: Annotated[
        Annotated[Id, Tag("~id")] | Annotated[PersonForm, Tag("~form")], Discriminator(_id_or_form)
    ]
    name: Line | None = None
    email: Email | None = None
    organisation: Line | None = None
    roles: Roles | None = None
    channels: Channels | None = None
    language: LanguageField | None = None
    teams: Line | None = None
    digest: Truth | None = None
    quiet: QuietList | None = None
    secretary: Email | None = None
    deputy: Id | None = None

    @model_validator(mode="after")
    def _whole_person(self) -> "Join":
        if isinstance(self.person, PersonForm):
            if beside := sorted(self.given):
                raise wrong(
                    f"`{beside[0]}` stands beside `person` and its fields; put it in there", beside[0]
                )
        elif (self.name is None) != (self.email is None):
            lacking = "name" if self.name is None else "email"
            raise wrong(f"`{lacking}` is missing; somebody new has a name and an email")
        return self

    @property
    def person_id(self) -> str:
        """Who joins."""
        return self.person.id if isinstance(self.person, PersonForm) else self.person

    @property
    def given(self) -> dict[str, Any]:
        """The details that stand beside an id."""
        return {name: getattr(self, name) for name in DETAILS if getattr(self, name) is not None}

    def as_person(self) -> PersonForm | str:
        """All fields of somebody new, or the id of somebody who must be known already."""
        if isinstance(self.person, PersonForm) or self.name is None or self.email is None:
            return self.person
        return PersonForm(id=self.person, **self.given)

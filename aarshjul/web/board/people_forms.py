"""What a coordinator does about somebody who takes part: the forms of these acts, and the one for somebody new."""

from collections.abc import Iterable, Mapping

from aarshjul.core.cycle import BOARD, COORDINATOR, COUNCIL, HOLDER, SUBSCRIBER, WORKING_GROUP, Member
from aarshjul.core.cycle_words import role_in_words
from aarshjul.files.act_forms import NO_ONE
from aarshjul.web.board.words import WORDS
from aarshjul.web.doing.form import Field, FormView, options
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from models.standing import Standing

ROLES = (
    *(COORDINATOR, HOLDER, BOARD, "board-chair", "board-deputy-chair"),
    *(COUNCIL, "council-chair", "council-deputy-chair", WORKING_GROUP, SUBSCRIBER),
)
ACTS: Mapping[str, str] = {
    "delegate": "delegate",
    "deputy": "appoint-deputy",
    "name": "prefer",
    "address": "prefer",
    "leave": "leave",
}
"""The acts by the last part of the addresses that their forms post to."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "delegate": ("to", "from", "until"),
    "deputy": ("deputy",),
    "name": ("name",),
    "address": ("email",),
    "leave": (),
}


def joining(seat: Seat, found: Standing) -> FormView:
    """Somebody new, or known from another cycle."""
    words, row = WORDS[seat.language], found.row
    used = {role for member in found.view.members for role in member.roles}
    roles = [*ROLES, *sorted(used - set(ROLES))]
    said = ((each, _role(each, seat.language, row.holder, row.council)) for each in roles)
    return FormView(
        id="join",
        action=seat.to("people", "join"),
        button=words["join"],
        title=words["join_title"],
        intro=words["join_intro"],
        fields=(
            Field(name="person", label=words["person"], hint=words["person_hint"], required=True),
            Field(name="name", label=words["name_field"]),
            Field(name="email", label=words["email"], kind="email"),
            Field(name="organisation", label=words["organisation"]),
            Field(name="roles", label=words["roles"], kind="checkbox", options=options(list(said))),
            Field(name="more_roles", label=words["other_roles"], hint=words["other_roles_hint"]),
        ),
    )


def joined_fields(typed: Typed) -> dict[str, str | tuple[str, ...]]:
    """The fields of `join` as they were typed."""
    more = tuple(each.strip() for each in typed.text("more_roles").split(",") if each.strip())
    roles = tuple(dict.fromkeys((*typed.all("roles"), *more)))
    given: dict[str, str | tuple[str, ...]] = dict(typed.fields("person", "name", "email", "organisation"))
    return {**given, "roles": roles} if roles else given


def about(
    seat: Seat, found: Standing, member: Member, names: Mapping[str, str], email: str
) -> dict[str, FormView]:
    """The forms on the page of somebody who takes part, by the last part of their addresses."""
    words, name = WORDS[seat.language], names.get(member.person, member.person)
    others = [(each.person, names.get(each.person, each.person)) for each in _others(found, member)]

    def form(
        what: str, button: str, fields: tuple[Field, ...], *, warning: str = "", intro: str = ""
    ) -> FormView:
        return FormView(
            id=what,
            action=seat.to("people", member.person, what),
            button=words[button],
            title=words[f"{what}_title"],
            fields=fields,
            warning=warning,
            intro=intro,
            secondary=what != "leave",
        )

    until = member.delegate_until
    runs = member.delegate is not None and (until is None or until >= found.today)
    ending = [(NO_ONE, words["no_delegate"])] if runs else []
    delegates = options([*others, *ending])
    to = Field(name="to", label=words["delegate_to"], kind="select", options=delegates, required=True)
    first = Field(name="from", label=words["delegate_from"], kind="date")
    last = Field(name="until", label=words["delegate_until"], kind="date")
    deputies = options([(NO_ONE, words["no_deputy"]), *others])
    deputy = Field(
        name="deputy",
        label=words["deputy"],
        kind="select",
        options=deputies,
        values=(member.deputy or NO_ONE,),
        required=True,
    )
    address = Field(name="email", label=words["email"], kind="email", values=(email,), required=True)
    named = Field(name="name", label=words["name_field"], values=(name,), required=True)
    return {
        "name": form("name", "save", (named,), intro=words["name_intro"]),
        "address": form("address", "save", (address,), intro=words["address_intro"]),
        "delegate": form(
            "delegate", "delegate", (to, first, last), intro=words["delegate_intro"].format(name=name)
        ),
        "deputy": form("deputy", "appoint", (deputy,), intro=words["deputy_intro"].format(name=name)),
        "leave": form("leave", "leave", (), warning=words["leave_warning"].format(name=name)),
    }


def about_fields(what: str, person: str, typed: Typed) -> dict[str, str]:
    """The fields of the act behind one of these forms."""
    return {**typed.fields(*FIELDS[what]), "person": person}


def _others(found: Standing, member: Member) -> Iterable[Member]:
    return (each for each in found.view.members if not each.left and each.person != member.person)


def _role(role: str, language: str, holder: str, council: str) -> str:
    said = role_in_words(role, language, holder=holder, council=council)
    return said[:1].upper() + said[1:]

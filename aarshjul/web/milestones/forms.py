"""The forms of what can be done about a milestone, filled with what stands; and the acts that they ask for."""

from collections.abc import Callable, Mapping, Sequence

from aarshjul.files.text import UNWANTED
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.form import Field, FormView, Kind
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.undoing import warning_for
from aarshjul.web.milestones.loading import Loaded
from aarshjul.web.milestones.words import WORDS

PREVIEWED = ("confirm", "move", "hold", "anchor", "cancel")
"""What is shown before it is done, as it can tell others, or cannot be taken back."""
ACTS = (*PREVIEWED, "done", "attach")
MOVES = ("to", "at", "ends", "place")
LARGEST_FORM = 20_500_000
"""A document of 20 MB, with what a form has around it; in bytes."""
_LONGEST_NAME = 200
_Said = Mapping[str, str]


def form_of(seat: Seat, found: Loaded, act: str, *, to_preview: bool = True) -> FormView:
    """The form of an act; what is shown before it is done has a button that leads to that."""
    said = WORDS[seat.language]
    previewed = act in PREVIEWED and to_preview
    slug = found.milestone.id
    return FormView(
        id=act,
        action=seat.to("milestones", slug, act, *(("preview",) if previewed else ())),
        title=said[f"{act}_title"],
        intro=said.get(f"{act}_intro", ""),
        button=said["look"] if previewed else said[act],
        fields=_FIELDS[act](said, found),
        warning=warning_for(act, seat.language),
        secondary=previewed,
    )


def done_forms(seat: Seat, found: Loaded) -> tuple[FormView, ...]:
    """A button for each who owes something, and one for all of them."""
    said, slug = WORDS[seat.language], found.milestone.id
    action = seat.to("milestones", slug, "done")
    whole = FormView(id="done", action=action, button=said["done_all" if found.owing else "done"])
    if len(found.owing) < 2:
        return (whole,) if not found.owing else (_one_done(action, said, found, 0),)
    return (whole, *(_one_done(action, said, found, number) for number in range(len(found.owing))))


def _one_done(action: str, said: _Said, found: Loaded, number: int) -> FormView:
    who = found.owing[number]
    return FormView(
        id=f"done-{number + 1}",
        action=action,
        button=said["done_one"].format(name=who.label),
        fields=(Field(name="person", label="", kind="hidden", values=(who.value,)),),
        secondary=True,
    )


def wish_of(act: str, slug: str, typed: Typed) -> Wish:
    """What a form asks for; of a move, only what was changed in it."""
    fields: dict[str, str | Sequence[str]] = {"milestone": slug}
    match act:
        case "move":
            changed = [name for name in MOVES if typed.text(name) != typed.text(f"was_{name}")]
            fields |= typed.fields(*changed, "reason")
        case "hold":
            fields |= {**typed.fields("minutes"), "present": list(typed.all("present"))}
        case "attach":
            upload = typed.files.get("file")
            named = {"file": _harmless(upload.name)} if upload is not None else {}
            return Wish(do=act, fields={**fields, **typed.fields("title", "closed"), **named}, upload=upload)
        case "anchor":
            fields |= typed.fields("meeting", "reason")
        case "done":
            fields |= typed.fields("person")
        case "cancel":
            fields |= typed.fields("reason")
    return Wish(do=act, fields=fields)


def hidden(form: FormView, typed: Typed) -> tuple[Field, ...]:
    """What was typed in a form, to be sent once more unseen; nothing that the form has not."""
    names = [each.name for each in form.fields if each.kind != "file"]
    return tuple(
        Field(name=name, label="", kind="hidden", values=(value,))
        for name in names
        for value in typed.texts.get(name, ())
    )


def _harmless(name: str) -> str:
    """A file's name as far as an act takes one; what it is kept as is decided there."""
    return UNWANTED.sub("", name).strip()[-_LONGEST_NAME:] or "document"


def _reason(said: _Said) -> Field:
    return Field(name="reason", label=said["reason"], kind="textarea", rows=3, hint=said["reason_hint"])


def _move(said: _Said, found: Loaded) -> tuple[Field, ...]:
    milestone = found.milestone
    day = milestone.on.isoformat() if milestone.on is not None else ""
    stands = (day, milestone.at or "", milestone.ends or "", milestone.place or "")
    kinds: tuple[tuple[str, Kind], ...] = (
        ("to", "date"),
        ("at", "time"),
        ("ends", "time"),
        ("place", "text"),
    )
    shown = tuple(
        Field(name=name, label=said[name], kind=kind, values=(value,), required=name == "to")
        for (name, kind), value in zip(kinds, stands, strict=True)
    )
    known = tuple(
        Field(name=f"was_{name}", label="", kind="hidden", values=(value,))
        for name, value in zip(MOVES, stands, strict=True)
    )
    return (*shown, _reason(said), *known)


def _hold(said: _Said, found: Loaded) -> tuple[Field, ...]:
    minutes = Field(name="minutes", label=said["minutes"], hint=said["minutes_hint"])
    if not found.invited:
        return (minutes,)
    present = Field(
        name="present", label=said["present"], kind="checkbox", options=found.invited, values=found.coming
    )
    return minutes, present


def _anchor(said: _Said, found: Loaded) -> tuple[Field, ...]:
    chosen = (found.milestone.meeting,) if found.milestone.meeting else ()
    meeting = Field(
        name="meeting",
        label=said["meeting"],
        kind="select",
        options=found.meetings,
        values=chosen,
        required=True,
    )
    return meeting, _reason(said)


def _attach(said: _Said, _found: Loaded) -> tuple[Field, ...]:
    return (
        Field(name="file", label=said["file"], kind="file", hint=said["file_hint"], required=True),
        Field(name="title", label=said["title"]),
        Field(name="closed", label=said["closed"], hint=said["closed_hint"]),
    )


_FIELDS: Mapping[str, Callable[[_Said, Loaded], tuple[Field, ...]]] = {
    "confirm": lambda _said, _found: (),
    "move": _move,
    "cancel": lambda said, _found: (_reason(said),),
    "hold": _hold,
    "anchor": _anchor,
    "done": lambda _said, _found: (),
    "attach": _attach,
}

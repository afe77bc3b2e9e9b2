"""The forms about comments: write one, reply, settle."""

from aarshjul.acts.offering import settles_comments
from aarshjul.web.discussing.comment_words import WORDS
from aarshjul.web.discussing.opened import Opened
from aarshjul.web.discussing.shared_words import WORDS as SHARED
from aarshjul.web.doing.form import Field, FormView, Option, options
from aarshjul.web.doing.seat import Seat


def may_settle(looked: Opened) -> bool:
    """Whether accepting and declining is theirs."""
    return looked.acting is not None and settles_comments(looked.acting)


def writing(seat: Seat, choices: tuple[Option, ...], about: str) -> FormView:
    """A new comment, about the whole draft or what is chosen."""
    words = WORDS[seat.language]
    fields = [Field(name="text", label=words["text"], kind="textarea", required=True)]
    if choices:
        whole = Option(value="whole", label=words["whole"])
        which = Field(
            name="about",
            label=words["about"],
            kind="select",
            options=(whole, *choices),
            values=(about or "whole",),
            required=True,
        )
        fields.insert(0, which)
    return FormView(
        id="new", action=seat.to("comments"), button=words["send"], fields=tuple(fields), title=words["new"]
    )


def replying(seat: Seat, number: int) -> FormView:
    """An answer in a thread."""
    words = WORDS[seat.language]
    return FormView(
        id=f"reply-{number}",
        action=seat.to("comments", str(number), "reply"),
        button=words["reply_send"],
        title=words["reply"].format(number=number),
        fields=(Field(name="text", label=words["reply_text"], kind="textarea", required=True, rows=3),),
    )


def settling(seat: Seat, number: int, *, again: bool) -> FormView:
    """What becomes of a thread."""
    words = WORDS[seat.language]
    ways = options({"accepted": words["accept"], "declined": words["decline"]})
    return FormView(
        id=f"settle-{number}",
        action=seat.to("comments", str(number), "settle"),
        button=words["settle_send"],
        title=words["settle_again" if again else "settle"].format(number=number),
        fields=(
            Field(
                name="outcome",
                label=SHARED[seat.language]["outcome"],
                kind="radio",
                options=ways,
                required=True,
            ),
            Field(
                name="reason",
                label=SHARED[seat.language]["reason"],
                kind="textarea",
                hint=words["reason_hint"],
                rows=3,
            ),
        ),
    )

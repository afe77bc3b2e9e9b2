"""One person's messages, each told in full: the answer to 'I never got it'."""

from typing import TYPE_CHECKING

from aarshjul.cli.ledger_words import STYLES, answer_of, many, time

if TYPE_CHECKING:
    from rich.console import Console

    from models.deliveries import Delivery, Reply

_CAME = {
    "sent": "taken by the other side",
    "temporary": "not taken yet",
    "permanent": "refused",
    "uncertain": "no answer came",
    "bounced": "came back",
}


def show_person(screen: "Console", found: "list[Delivery]") -> None:
    """Each message with its time and way, every attempt at it, and what was done about it since."""
    from rich.text import Text

    for each in found:
        about = f": {each.title} ({each.milestone})" if each.milestone else ""
        head = f"{time(each.owed_at)}  {each.kind}{about}"
        screen.print(Text(head, style="bold"))
        for line in (_state(each), *_attempts(each), *_answer(each)):
            screen.print(
                Text(f"    {line}", style=STYLES.get(each.state, "") if line == _state(each) else "")
            )


def _state(each: "Delivery") -> str:
    """In a sentence, how the message stands; its number is what `message show` takes."""
    way = f"message {each.id}, {each.channel}"
    to = f" to {each.address}" if each.address else ""
    settled = f" {time(each.settled_at)}" if each.settled_at else ""
    return {
        "sent": f"{way}: sent{to}{settled}",
        "failed": f"{way}: FAILED{to}{settled}, and is not tried again by itself",
        "uncertain": f"{way}: uncertain: handed over{to}, but no answer came; it is sent again",
        "sending": f"{way}: is being sent now",
        "waiting": f"{way}: still to go{_when(each)}",
        "merged": f"{way}: went inside the daily digest, message {each.carrier or each.carried_by}",
        "superseded": f"{way}: never went: it was done, or a later message said it{settled}",
        "withdrawn": f"{way}: taken back before it went{settled}",
    }[each.state]


def _when(each: "Delivery") -> str:
    tried = f", tried {many(each.tries, 'time')}" if each.tries else ""
    return (
        f"{tried}, not before {time(each.not_before)}"
        if each.not_before
        else f"{tried}, with the next delivery"
    )


def _attempts(each: "Delivery") -> list[str]:
    lines = []
    for attempt in each.attempts:
        copy = attempt.recipient is not None and attempt.recipient != each.address
        to = f" (to {attempt.recipient})" if copy else ""
        said = answer_of(attempt.code, attempt.text)
        lines.append(f"{time(attempt.at)} {_CAME[attempt.outcome]}{to}: {said}")
    return lines


def _answer(each: "Delivery") -> list[str]:
    if each.answer is None:
        return []
    earlier = each.answer.at is not None and each.answer.at < each.owed_at
    return [f"{'before that' if earlier else 'since then'}: {_reply(each.answer, each.person)}"]


def _reply(reply: "Reply", person: str) -> str:
    """A reply with when, by whom and through what, where that says more than the reply does."""
    by = f" by {reply.by}" if reply.by not in (None, person) else ""
    through = {"secretary": ", svaret af sekretæren (by the secretary)", "mail": ", by mail"}.get(
        reply.through or "", ""
    )
    at = f" {time(reply.at)}" if reply.at is not None else ""
    return f"{reply.reply}{at}{by}{through}"

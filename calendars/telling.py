"""A milestone in words, as a calendar says it: for whom, what is due, and how sure the date is."""

from dataclasses import dataclass, field

from aarshjul.core.cycle import Kind
from aarshjul.core.cycle_words import KINDS, PHASES, role_in_words
from calendars.rows import Frame, Row
from calendars.terms import SENTENCES


@dataclass(frozen=True, kw_only=True, slots=True)
class Teller:
    """Speaks of one cycle in one language; roles by what they are called, never people by name."""

    frame: Frame
    language: str
    _roles: dict[tuple[str, ...], str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def phase(self, row: Row) -> str:
        """The name of the phase that a milestone belongs to."""
        return PHASES[self.language][row.phase]

    def kind(self, row: Row) -> str:
        """What sort of milestone it is."""
        return KINDS[self.language][row.kind]

    def about(self, row: Row) -> str:
        """What there is to know of a milestone beside its title, time and place; a line each."""
        say = SENTENCES[self.language]
        lines = [self.frame.title, f"{self.kind(row)}. {say['phase']}: {self.phase(row)}"]
        if row.for_:
            lines.append(f"{say['for']}: {self.roles(row.for_)}")
        due = _due(row)
        if due is not None and row.owed_by and not row.cancelled:
            lines.append(f"{say[due]}: {self.roles(row.owed_by)}")
        if row.invited_elsewhere:
            lines.append(say["elsewhere"])
        if row.cancelled:
            lines.append(say["cancelled"])
        elif row.tentative:
            lines.append(say["tentative"])
        return "\n".join(lines)

    def roles(self, roles: tuple[str, ...]) -> str:
        """Roles in a row, each once."""
        if roles not in self._roles:
            frame = self.frame
            named = [
                role_in_words(role, self.language, holder=frame.holder, council=frame.council)
                for role in roles
            ]
            self._roles[roles] = ", ".join(dict.fromkeys(named))
        return self._roles[roles]


def _due(row: Row) -> str | None:
    """The sentence for what is owed; no answer is, where nobody is invited by us."""
    if row.kind == Kind.MEETING:
        return "answer" if row.invites and not row.invited_elsewhere else None
    return "decision" if row.kind == Kind.DECISION else row.done_when or "done"

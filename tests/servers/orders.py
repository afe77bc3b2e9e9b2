"""What a test orders its mail server to do; written to a file that the server looks at before each step."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Orders:
    """The orders; an answer is a whole reply, such as `550 5.1.1 no such user`.

    From the next connection on:
        security: `starttls`, `tls` or `none`.
        require_tls: nothing is taken before STARTTLS.
        certificate: `good`, `other_host` or `unknown`.
        login: `password`, `challenge` (the old mechanism LOGIN alone), `xoauth2` or `none`.
        tokens: the tokens that XOAUTH2 takes.
        size, smtputf8, pipelining: what is offered; `size` in octets, 0 is not offered.
        greeting: what the server says first.
        mute: it never says anything.

    At once:
        refuse_login, refuse_sender, refuse_all, refuse_data, refuse_mail: the answer to the login, MAIL, each RCPT,
            DATA before the body, and the body.
        refuse: the answer to RCPT by recipient.
        first: only the first so many mails (or logins, for `refuse_login`) since these orders were given are refused.
        delay: seconds before the answer to a body; the mail is taken before them.
        per_connection: so many mails, then 421 to the next MAIL and the connection closed.
        closing: `421` to this verb (`MAIL RCPT DATA BODY`), and the connection closed.
        drop: the connection is cut without a word: at `connect`, after `mail`, `rcpt` or `data`, within the `body`, or
            after the final `dot`, when the mail was taken.
        times: so many drops or closings since these orders were given, then none.
    """

    security: str = "starttls"
    require_tls: bool = False
    certificate: str = "good"
    login: str = "password"
    tokens: tuple[str, ...] = ()
    size: int = 32_000_000
    smtputf8: bool = False
    pipelining: bool = False
    greeting: str | None = None
    mute: bool = False

    refuse_login: str | None = None
    refuse_sender: str | None = None
    refuse_all: str | None = None
    refuse_data: str | None = None
    refuse_mail: str | None = None
    refuse: dict[str, str] = field(default_factory=dict)
    first: int | None = None
    delay: float = 0
    per_connection: int | None = None
    closing: str | None = None
    drop: str | None = None
    times: int | None = None

    def write(self, path: Path) -> None:
        """Put the file in its place whole."""
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(self)), encoding="utf-8")
        part.replace(path)


def read_orders(path: Path) -> Orders:
    """The orders in a file."""
    fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Orders(**{**fields, "tokens": tuple(fields["tokens"])})

"""One connection to a mail server, over which mails go one after the other."""

import re
import smtplib
from collections.abc import Callable, Sequence
from contextlib import suppress

from notifications.channel import Outcome, nothing
from notifications.smtp_answers import CLOSING, Answer, Reply, is_ok, judged

_LINE_ENDS = re.compile(rb"\r\n|\r|\n")
_GOODBYE = 5.0  # seconds: all mails are settled by then


class _BabbleError(OSError):
    """The server answered something that no mail server answers: nothing after it can be believed."""


class Session:
    """A connection that is greeted, secured and logged in.

    Attributes:
        alive: whether more can be sent over it.
        proven: whether a mail was settled over it, taken or refused.
    """

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp
        self._pipelining = smtp.has_extn("pipelining")
        self._utf8 = smtp.has_extn("smtputf8")
        self._eight_bit = smtp.has_extn("8bitmime")
        self._says_size = smtp.has_extn("size")
        limit = smtp.esmtp_features.get("size", "")
        self._limit = int(limit) if limit.isdecimal() and limit.isascii() else 0
        self._unfinished = False  # a mail was begun and refused: RSET before the next
        self._handed_over = False
        self._meanwhile: Callable[[], None] = nothing
        self.alive = True
        self.proven = False

    def hand_over(
        self,
        sender: str,
        recipients: Sequence[str],
        payload: bytes,
        meanwhile: Callable[[], None] = nothing,
    ) -> list[Answer]:
        """Send one mail; an answer for each recipient, in their order. Never raises for what the server does.

        Addresses are as they stand in an envelope (`smtp_account.mailbox`); `meanwhile` is called while the
        server has the whole mail and thinks.
        """
        self._meanwhile = meanwhile
        if self._limit and len(payload) > self._limit:
            text = f"the mail has {len(payload)} bytes, and the server takes {self._limit}"
            return [Answer(text=text, outcome=Outcome.PERMANENT)] * len(recipients)
        takes = [self._utf8 or recipient.isascii() for recipient in recipients]
        wanted = [recipient for recipient, is_taken in zip(recipients, takes, strict=True) if is_taken]
        answers = iter(self._transact(sender, wanted, payload) if wanted else ())
        return [next(answers) if is_taken else _NO_UTF8 for is_taken in takes]

    def close(self) -> None:
        """Take leave where the server still listens, and hang up."""
        if self.alive:
            self.alive = False
            with suppress(OSError, ValueError):
                if self._smtp.sock is not None:
                    self._smtp.sock.settimeout(min(self._smtp.sock.gettimeout() or _GOODBYE, _GOODBYE))
                self._smtp.quit()
        self._smtp.close()

    def _transact(self, sender: str, recipients: list[str], payload: bytes) -> list[Answer]:
        replies: list[Reply] = []
        self._handed_over = False
        try:
            self._reset()
            self._converse(self._commands(sender, recipients, payload), replies)
            final = self._finish(replies, len(recipients), payload)
        except OSError as problem:  # which all errors of smtplib are
            self._hang_up()
            final = self._broken_off(problem)
        if replies and not is_ok(replies[0]):
            return [judged(replies[0])] * len(recipients)
        refused = [None if is_ok(reply) else judged(reply) for reply in replies[1 : len(recipients) + 1]]
        refused += [None] * (len(recipients) - len(refused))
        return [own or final for own in refused]

    def _commands(self, sender: str, recipients: list[str], payload: bytes) -> list[bytes]:
        parameters = f" SIZE={len(payload)}" if self._says_size else ""
        if self._eight_bit and not payload.isascii():
            parameters += " BODY=8BITMIME"
        if not all(recipient.isascii() for recipient in recipients):
            parameters += " SMTPUTF8"
        return [
            f"MAIL FROM:<{sender}>{parameters}\r\n".encode(),
            *(f"RCPT TO:<{recipient}>\r\n".encode() for recipient in recipients),
            b"DATA\r\n",
        ]

    def _reset(self) -> None:
        if self._unfinished:
            self._smtp.send(b"RSET\r\n")
            if not is_ok(self._reply()):
                raise _BabbleError
            self._unfinished = False

    def _converse(self, commands: list[bytes], replies: list[Reply]) -> None:
        """Ask up to DATA; where the server allows it (RFC 2920), all of it in one go, and all is answered."""
        if self._pipelining:
            self._smtp.send(b"".join(commands))
        for number, command in enumerate(commands):
            if not self._pipelining:
                in_vain = number == len(commands) - 1 and not any(map(is_ok, replies[1:]))
                if in_vain or (replies and not is_ok(replies[0])):
                    return
                self._smtp.send(command)
            replies.append(self._reply())
            if replies[-1][0] == CLOSING:
                return

    def _finish(self, replies: list[Reply], recipients: int, payload: bytes) -> Answer:
        """The answer to the whole mail; the body goes only where the server waits for it."""
        last = replies[-1]
        if len(replies) < recipients + 2 or last[0] != 354:
            self._unfinished = True
            if len(replies) == recipients + 2 and last[0] < 400:
                raise _BabbleError
        elif is_ok(replies[0]) and any(map(is_ok, replies[1:-1])):
            self._smtp.send(stuffed(payload) + b".\r\n")
            self._handed_over = True
            self._meanwhile()
            last = self._reply()
            if not (is_ok(last) or last[0] >= 400):
                raise _BabbleError
        else:  # asked in one go, it waits for a body that nobody is to get
            self._smtp.send(b".\r\n")
            self._reply()
        if last[0] == CLOSING:
            self._hang_up()
        else:
            self.proven = True
        return judged(last)

    def _reply(self) -> Reply:
        code, text = self._smtp.getreply()
        if not 200 <= code < 600:
            raise _BabbleError
        return code, text

    def _hang_up(self) -> None:
        self.alive = False
        self._smtp.close()

    def _broken_off(self, problem: OSError) -> Answer:
        if isinstance(problem, _BabbleError):
            what = "an answer that is none"
        elif isinstance(problem, TimeoutError) or isinstance(problem.__context__, TimeoutError):
            what = "no answer in time"
        else:
            what = "connection lost"
        if self._handed_over:
            text = f"{what} after the mail was handed over whole: it may have been taken"
            return Answer(text=text, outcome=Outcome.UNCERTAIN)
        return Answer(text=f"{what} before the mail was handed over", outcome=Outcome.TEMPORARY)


def stuffed(payload: bytes) -> bytes:
    """The mail as it goes after DATA: every line ended, by CRLF alone, and none of them a single dot.

    A lone LF or CR could end the mail early at some servers, and begin another one.
    """
    if not payload.count(b"\n") == payload.count(b"\r") == payload.count(b"\r\n"):
        payload = _LINE_ENDS.sub(b"\r\n", payload)
    if not payload.endswith(b"\r\n"):
        payload += b"\r\n"
    if payload.startswith(b"."):
        payload = b"." + payload
    return payload.replace(b"\r\n.", b"\r\n..")


_NO_UTF8 = Answer(
    text="the mail server takes no address with other letters than a-z before the @ (SMTPUTF8)",
    outcome=Outcome.PERMANENT,
)

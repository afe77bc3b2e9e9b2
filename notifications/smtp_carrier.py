"""Mail by SMTP as a channel: one kept connection a batch, a receipt for each recipient."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from notifications.channel import Carrier, Outcome, Parcel, Receipt, nothing
from notifications.oauth import TokenSource
from notifications.smtp_account import Account, mailbox
from notifications.smtp_answers import LOGIN_WANTED, Answer
from notifications.smtp_connect import Unreachable, connect
from notifications.smtp_session import Session
from notifications.trust import tls_context

_PATIENCE = 2  # connections in a row that come to nothing, and the server is down


class SmtpChannel:
    """A mail server as a way out.

    Args:
        account: where it is, and as whom we log in.
        clock: what tells the time, by which tokens expire.
    """

    def __init__(self, account: Account, clock: Callable[[], datetime]) -> None:
        self.account = account
        self._clock = clock
        self._tokens = TokenSource(account)
        self._context: ssl.SSLContext | None = None

    @contextmanager
    def open(self) -> Iterator[Carrier]:
        """Ready for a batch; the connection is made for the first mail, and ended with the batch."""
        carrier = SmtpCarrier(self.account.sender, self._connect)
        try:
            yield carrier
        finally:
            carrier.close()

    def _connect(self) -> Session:
        """Connect, with a fresh token where the server refuses one that we kept."""
        try:
            return connect(self.account, self._trust, self._token)
        except Unreachable as refusal:
            if refusal.answer.code not in LOGIN_WANTED or self.account.oauth_token_url is None:
                raise
            self._tokens.forget()
        return connect(self.account, self._trust, self._token)

    def _trust(self) -> ssl.SSLContext:
        self._context = self._context or tls_context(self.account.ca_file)
        return self._context

    def _token(self) -> str:
        return self._tokens.token(self._clock())


class SmtpCarrier:
    """A mail server for one batch; a connection that is lost is made anew for the next mail.

    Args:
        sender: the address that mails come from.
        dial: makes a connection, or raises `Unreachable`.
    """

    def __init__(self, sender: str, dial: Callable[[], Session]) -> None:
        self._sender = mailbox(sender) or sender
        self._dial = dial
        self._session: Session | None = None
        self._failures = 0
        self._down: Answer | None = None

    @property
    def down(self) -> bool:
        """Whether two connections in a row came to nothing, or an operator must act."""
        return self._down is not None

    def send(self, parcel: Parcel, meanwhile: Callable[[], None] = nothing) -> tuple[Receipt, ...]:
        """Hand a mail to the server; addresses that no envelope can hold never reach it."""
        boxes = [mailbox(recipient) for recipient in parcel.recipients]
        good = [box for box in boxes if box is not None]
        if not boxes:
            return (_NOBODY.receipt(None),)
        answers = iter(self._answers(good, parcel.payload, meanwhile) if good else ())
        return tuple(
            (_NO_ADDRESS if box is None else next(answers)).receipt(recipient)
            for recipient, box in zip(parcel.recipients, boxes, strict=True)
        )

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _answers(self, boxes: list[str], payload: bytes, meanwhile: Callable[[], None]) -> list[Answer]:
        if self._down is not None:
            return [self._down] * len(boxes)
        try:
            session = self._session = self._session or self._dial()
        except Unreachable as refusal:
            self._failed(refusal.answer, hopeless=refusal.hopeless)
            return [refusal.answer] * len(boxes)
        answers = session.hand_over(self._sender, boxes, payload, meanwhile)
        self._learn(session, answers)
        return answers

    def _learn(self, session: Session, answers: list[Answer]) -> None:
        """Whether to go on, from how a mail went: a lost connection counts unless mails were settled over it."""
        wanting = next((answer for answer in answers if answer.code in LOGIN_WANTED), None)
        if session.proven:
            self._failures = 0
        if wanting is not None:
            self._failed(wanting, hopeless=True)
        if not session.alive:
            self._session = None
            if not session.proven:
                self._failed(answers[-1], hopeless=False)

    def _failed(self, answer: Answer, *, hopeless: bool) -> None:
        self._failures += 1
        if hopeless or self._failures >= _PATIENCE:
            text = f"not tried: {answer.text}"[:500]
            self._down = Answer(code=answer.code, text=text, outcome=Outcome.TEMPORARY)


_NOBODY = Answer(text="the mail has no recipient", outcome=Outcome.PERMANENT)
_NO_ADDRESS = Answer(text="this is not an address that a mail can be sent to", outcome=Outcome.PERMANENT)

"""The mail server's own process: `python -m tests.servers.smtp_process FOLDER CERTIFICATES PORT`."""

import asyncio
import json
import logging
import os
import re
import ssl
import sys
import warnings
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any, AnyStr, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session, syntax

from tests.servers.orders import Orders, read_orders
from tests.servers.smtp import PASSWORD, USER

_MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^>]*>)", re.IGNORECASE | re.MULTILINE)


class Book:
    """The orders of the moment, what was counted since they were given, and what was taken."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "orders.json"
        self._seen: tuple[int, int] | None = None
        self._orders = Orders()
        self._counts: dict[str, int] = {}
        self._taken = os.open(folder / "received.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._connections = os.open(folder / "connections", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.connections = 0

    @property
    def orders(self) -> Orders:
        """Read anew when the file was put in its place anew; the counts begin anew with it."""
        stat = self._path.stat()
        if self._seen != (stat.st_ino, stat.st_mtime_ns):
            self._seen = (stat.st_ino, stat.st_mtime_ns)
            self._orders, self._counts = read_orders(self._path), {}
        return self._orders

    def connected(self) -> int:
        self.connections += 1
        os.write(self._connections, b".")
        return self.connections

    def within(self, name: str, most: int | None) -> bool:
        """Whether an order that is followed at most so many times is followed once more."""
        self._counts[name] = self._counts.get(name, 0) + 1
        return most is None or self._counts[name] <= most

    def take(self, line: dict[str, Any]) -> None:
        os.write(self._taken, json.dumps(line).encode() + b"\n")


class Obedient(SMTP):
    """A server that follows the orders of its book."""

    AuthLoginUsernameChallenge = "Username:"
    AuthLoginPasswordChallenge = "Password:"

    def __init__(self, book: Book, tls: ssl.SSLContext, **named: Any) -> None:
        orders = book.orders
        self.book = book
        self.taken = 0
        self.number = 0
        without = {
            "password": ("XOAUTH2",),
            "challenge": ("XOAUTH2", "PLAIN"),
            "xoauth2": ("PLAIN", "LOGIN"),
        }
        super().__init__(
            self,
            hostname="localhost",
            ident="obedient",
            data_size_limit=orders.size or None,
            enable_SMTPUTF8=orders.smtputf8,
            tls_context=tls if orders.security == "starttls" else None,
            require_starttls=orders.require_tls,
            auth_required=orders.login != "none",
            auth_require_tls=orders.security == "starttls",
            auth_exclude_mechanism=without.get(orders.login, ("XOAUTH2", "PLAIN", "LOGIN")),
            authenticator=self._password,
            **named,
        )
        self.command_size_limits["AUTH"] = 12_288  # RFC 4954, 4

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.number = self.number or self.book.connected()
        super().connection_made(transport)

    async def _handle_client(self) -> None:
        orders = self.book.orders
        if orders.mute:
            await asyncio.sleep(3600)
        if orders.drop == "connect" and self._cut():
            return
        if orders.greeting is not None:
            await super().push(orders.greeting)
            self._hang_up()
            return
        await super()._handle_client()

    async def push(self, status: AnyStr) -> None:
        """An answer; one with 421 ends the connection, as the standard wants."""
        await super().push(status)
        if isinstance(status, str) and status.startswith("421"):
            self._hang_up()

    def _hang_up(self) -> None:
        if self.transport is not None:
            cast("asyncio.Transport", self.transport).close()

    def _abort(self) -> None:
        cast("asyncio.Transport", self._original_transport or self.transport).abort()

    def _cut(self) -> bool:
        """Cut the connection without a word (no TLS goodbye either), unless it was cut often enough."""
        if not self.book.within("cut", self.book.orders.times):
            return False
        self._abort()
        return True

    def _closing(self, verb: str) -> str | None:
        orders = self.book.orders
        wanted = orders.closing == verb and self.book.within("closing", orders.times)
        return "421 4.3.2 shutting down" if wanted else None

    def _refusal(self, name: str) -> str | None:
        """The answer that an order wants here; None where it wants none, or was followed often enough."""
        orders = self.book.orders
        answer: str | None = getattr(orders, name)
        return answer if answer and self.book.within(name, orders.first) else None

    # --- login ---------------------------------------------------------------------------------------------------

    def _password(self, *asked: Any) -> AuthResult:
        given = asked[-1]
        if answer := self._refusal("refuse_login"):
            return AuthResult(success=False, handled=False, message=answer)
        right = isinstance(given, LoginPassword) and given == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False, auth_data=given)

    async def auth_XOAUTH2(self, _server: SMTP, arguments: list[str]) -> AuthResult:  # noqa: N802 -- aiosmtpd's
        fields = b64decode(arguments[1]).decode().split("\x01")
        token = fields[1].removeprefix("auth=Bearer ")
        answer = self._refusal("refuse_login")
        orders = self.book.orders
        if not answer and fields[0] == f"user={USER}" and token in orders.tokens and fields[2:] == ["", ""]:
            return AuthResult(success=True, handled=False, auth_data=LoginPassword(USER.encode(), b""))
        problem = {"status": "401", "schemes": "bearer", "scope": "https://mail.example.org/"}
        await super().push(b"334 " + b64encode(json.dumps(problem).encode()))
        await self._reader.readline()
        return AuthResult(success=False, handled=False, message=answer)

    # --- a mail ---------------------------------------------------------------------------------------------------

    async def handle_EHLO(  # noqa: N802 -- aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], *(["250-PIPELINING"] if self.book.orders.pipelining else []), responses[-1]]

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        orders = self.book.orders
        if orders.per_connection is not None and self.taken >= orders.per_connection:
            return "421 4.7.0 too many mails on this connection"
        if answer := self._closing("MAIL") or self._refusal("refuse_sender"):
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        if orders.drop == "mail":
            self._cut()
        return "250 2.1.0 sender OK"

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        orders = self.book.orders
        answer = self._closing("RCPT") or orders.refuse.get(address) or self._refusal("refuse_all")
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        if orders.drop == "rcpt":
            self._cut()
        return "250 2.1.5 recipient OK"

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 -- aiosmtpd's name
        orders = self.book.orders
        if (
            self.envelope is not None
            and self.envelope.rcpt_tos
            and (answer := self._closing("DATA") or self._refusal("refuse_data"))
        ):
            await self.push(answer)
        elif orders.drop == "data" and self._cut():
            pass
        elif orders.drop == "body" and self.book.within("cut", orders.times):
            await super().push("354 go on")
            await self._reader.readuntil(b"\r\n")
            self._abort()
        else:
            await super().smtp_DATA(arg)

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        orders = self.book.orders
        if answer := self._closing("BODY") or self._refusal("refuse_mail"):
            return answer
        self.taken += 1
        data = bytes(envelope.original_content or b"")
        found = _MESSAGE_ID.search(data)
        login = session.auth_data
        self.book.take(
            {
                "id": found[1].decode("latin-1") if found else "",
                "from": envelope.mail_from,
                "parameters": envelope.mail_options,
                "to": envelope.rcpt_tos,
                "data": data.decode("latin-1"),
                "connection": self.number,
                "user": login.login.decode() if isinstance(login, LoginPassword) else None,
            }
        )
        if orders.drop == "dot":
            self._cut()
        if orders.delay:
            await asyncio.sleep(orders.delay)
        return f"250 2.0.0 queued as {self.number}-{self.taken}"


def contexts(folder: Path) -> dict[str, ssl.SSLContext]:
    """A TLS context for each certificate."""
    made = {}
    for name in ("good", "other_host", "unknown"):
        made[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made[name].load_cert_chain(folder / f"{name.replace('_', '-')}.pem")
    return made


async def serve(folder: Path, certificates: Path, port: int) -> None:
    """Serve until the pipe to standard input ends."""
    loop, book, tls = asyncio.get_running_loop(), Book(folder), contexts(certificates)

    def factory() -> Obedient:
        return Obedient(book, tls[book.orders.certificate], loop=loop)

    first = book.orders
    server = await loop.create_server(
        factory,
        "127.0.0.1",
        port,
        ssl=tls[first.certificate] if first.security == "tls" else None,
    )
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    os._exit(0)  # connections that are open do not keep it


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    asyncio.run(serve(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))

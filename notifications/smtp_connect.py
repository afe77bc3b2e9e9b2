"""From an account to a connection that mails can go over: greeted, secured, logged in."""

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable

from notifications.channel import Outcome
from notifications.errors import NotificationError
from notifications.oauth import xoauth2_string
from notifications.smtp_account import Account
from notifications.smtp_answers import Answer, Reply, said
from notifications.smtp_session import Session

_FULL_NAME = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PUT_RIGHT = "nothing is sent until an operator puts it right"


class Unreachable(NotificationError):  # noqa: N818 -- what the server is
    """No mail can go over this server now.

    Attributes:
        answer: what is noted for the mail that was to go.
        hopeless: whether it stays so until an operator acts.
    """

    def __init__(self, text: str, *, code: int | None = None, hopeless: bool = False) -> None:
        super().__init__(text)
        shown = f"{text}; {_PUT_RIGHT}" if hopeless else text
        self.answer = Answer(code=code, text=said(shown), outcome=Outcome.TEMPORARY)
        self.hopeless = hopeless


def connect(account: Account, trust: Callable[[], ssl.SSLContext], token: Callable[[], str]) -> Session:
    """Connect.

    Args:
        account: where to, and as whom.
        trust: whom to believe; asked where the connection is secured.
        token: the token to log in with; asked where the account has a token address.

    Raises:
        Unreachable: for whatever the server, the network or the settings do.
    """
    place = f"{account.host}:{account.port}"
    try:
        smtp = _called(account, trust)
    except smtplib.SMTPConnectError as greeting:
        text = f"{place} takes no mail now: {said(_bytes(greeting.smtp_error))}"
        raise Unreachable(text, code=greeting.smtp_code) from None
    except (OSError, UnicodeError, NotificationError) as problem:
        raise _unreachable(place, problem) from None
    try:
        _secure(smtp, account, trust)
        _log_in(smtp, account, token)
    except Unreachable:
        smtp.close()
        raise
    except (OSError, UnicodeError, NotificationError) as problem:
        smtp.close()
        raise _unreachable(place, problem) from None
    return Session(smtp)


def _called(account: Account, trust: Callable[[], ssl.SSLContext]) -> smtplib.SMTP:
    name = socket.gethostname()
    own = (
        name if _FULL_NAME.fullmatch(name) else "[127.0.0.1]"
    )  # RFC 5321, 4.1.4; asking the DNS may take long
    if account.security == "tls":
        return smtplib.SMTP_SSL(account.host, account.port, own, timeout=account.timeout, context=trust())
    return smtplib.SMTP(account.host, account.port, own, timeout=account.timeout)


def _secure(smtp: smtplib.SMTP, account: Account, trust: Callable[[], ssl.SSLContext]) -> None:
    if smtp.sock is not None:  # else the end of a long mail waits for the server to confirm what came before
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    smtp.ehlo_or_helo_if_needed()
    if account.security != "starttls":
        return
    if not smtp.has_extn("starttls"):
        raise Unreachable(
            "the mail server offers no STARTTLS, and nothing goes over an open line", hopeless=True
        )
    smtp.starttls(context=trust())
    smtp.ehlo_or_helo_if_needed()


def _log_in(smtp: smtplib.SMTP, account: Account, token: Callable[[], str]) -> None:
    if account.user is None:
        return
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if account.oauth_token_url is not None:
        code, text = _with_token(smtp, account.user, token, offered)
    else:
        password = account.password.get_secret_value() if account.password else ""
        code, text = _with_password(smtp, account.user, password, offered)
    if code != 235:
        reason = f"the mail server refused the login: {said(text)}"
        raise Unreachable(reason, code=code if code > 0 else None, hopeless=code >= 500)


def _with_token(smtp: smtplib.SMTP, user: str, token: Callable[[], str], offered: list[str]) -> Reply:
    if "XOAUTH2" not in offered:
        raise Unreachable("the mail server offers no login with a token (XOAUTH2)", hopeless=True)
    code, text = smtp.docmd("AUTH", f"XOAUTH2 {_base64(xoauth2_string(user, token()))}")
    return smtp.docmd("") if code == 334 else (code, text)  # 334: why not; the refusal follows an empty line


def _with_password(smtp: smtplib.SMTP, user: str, password: str, offered: list[str]) -> Reply:
    plain = f"\0{user}\0{password}"  # RFC 4616
    if "PLAIN" in offered:
        return smtp.docmd("AUTH", f"PLAIN {_base64(plain)}")
    if "LOGIN" not in offered:
        raise Unreachable("the mail server offers no login with a password (PLAIN, LOGIN)", hopeless=True)
    code, text = smtp.docmd("AUTH", "LOGIN")
    for word in (user, password):
        if code == 334:
            code, text = smtp.docmd(_base64(word))
    return code, text


def _unreachable(place: str, problem: Exception) -> Unreachable:
    """What happened, in words that hold no secret."""
    match problem:
        case NotificationError() | UnicodeError():
            text = str(problem) if isinstance(problem, NotificationError) else "it is not the name of a host"
            return Unreachable(f"{place}: {text}", hopeless=True)
        case ssl.SSLCertVerificationError():
            text = f"{place}: its certificate is not trusted: {problem.verify_message}"
            return Unreachable(text, hopeless=True)
        case smtplib.SMTPResponseException():
            text = f"{place}: {said(_bytes(problem.smtp_error))}"
            return Unreachable(text, code=problem.smtp_code if problem.smtp_code > 0 else None)
        case socket.gaierror():
            text = "the name of the host is not known"
        case ssl.SSLError():
            text = f"no secured connection: {getattr(problem, 'reason', None) or 'TLS failed'}"
        case ConnectionRefusedError():
            text = "connection refused"
        case _ if isinstance(problem, TimeoutError) or isinstance(problem.__context__, TimeoutError):
            text = "no answer in time"
        case smtplib.SMTPServerDisconnected():
            text = "connection lost before a mail was begun"
        case _:
            text = getattr(problem, "strerror", None) or "no connection"
    return Unreachable(f"{place}: {text}")


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()

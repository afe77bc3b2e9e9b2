"""What the answer of a web service means for a message: taken, not now, never, or nobody knows."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import requests
from urllib3.exceptions import NewConnectionError

from notifications.channel import Outcome, Receipt

_LONGEST_REST = timedelta(days=1)
_MOST_DIGITS = 9
_MOST_SAID = 300
_TEMPORARY = frozenset({408, 425, 429})
_UNKNOWN = frozenset({502, 504})  # a server in between had no answer: the one behind it may have taken it
_TOO_BUSY = frozenset({429, 503})

_ADVICE = {
    400: "the workflow is switched off or takes no card: look at it in Power Automate",
    401: "the address is no longer valid, or the workflow wants a login: it must be open to anyone with the "
    "address, which is to be copied again",
    403: "the address is no longer valid, or may not be posted to from here: copy it again",
    404: "the workflow was deleted or got a new address: copy it again",
    410: "the workflow was deleted or got a new address: copy it again",
    413: "the card is too large for Teams",
}
_UNTRUSTED = "its certificate is not trusted; AARSHJUL_CA_FILE names further ones to trust"
_MOVED = "the address leads elsewhere, which is not followed: copy the workflow's address again"
_REFUSED = "the workflow does not take the card: look at it in Power Automate"


def is_too_busy(receipt: Receipt) -> bool:
    """Whether the other side wants no more for now."""
    return receipt.code in _TOO_BUSY


def answered(code: int, said: str, retry_after: str | None, now: datetime) -> Receipt:
    """The receipt for an answer that came.

    Args:
        code: the HTTP status.
        said: what came with it; line breaks and what is too long go.
        retry_after: the header of that name.
        now: the moment, for a `Retry-After` that is a date.
    """
    outcome = _outcome(code)
    words = f"{code} {_phrase(code)}".strip()
    if outcome is Outcome.PERMANENT:
        words += ": " + (_ADVICE.get(code) or (_MOVED if 300 <= code < 400 else _REFUSED))
    if said := _one_line(said):
        words += f" ({said})"
    rest = rest_of(retry_after, now) if outcome is Outcome.TEMPORARY else None
    return Receipt(code=code, text=words, outcome=outcome, retry_after=rest)


def unanswered(problem: requests.RequestException) -> Receipt:
    """The receipt where no answer came: the exception's own text is not used, as it has the address in it."""
    text, outcome = _said_of(problem)
    return Receipt(code=None, text=text, outcome=outcome)


def _said_of(problem: requests.RequestException) -> tuple[str, Outcome]:
    if isinstance(problem, requests.ConnectionError) and _never_connected(problem):
        return "cannot be reached: no connection", Outcome.TEMPORARY
    for kind, text, outcome in _WITHOUT_AN_ANSWER:
        if isinstance(problem, kind):
            return text, outcome
    return "the connection broke before an answer came", Outcome.UNCERTAIN


_WITHOUT_AN_ANSWER = (
    (requests.ConnectTimeout, "cannot be reached: no connection within the time allowed", Outcome.TEMPORARY),
    (requests.exceptions.SSLError, _UNTRUSTED, Outcome.TEMPORARY),
    (requests.exceptions.ProxyError, "cannot be reached: the proxy does not answer", Outcome.TEMPORARY),
    (requests.ReadTimeout, "no answer within the time allowed", Outcome.UNCERTAIN),
    (requests.exceptions.InvalidURL, "the address cannot be posted to: copy it again", Outcome.PERMANENT),
)


def _never_connected(problem: requests.ConnectionError) -> bool:
    cause = problem.args[0] if problem.args else None
    return isinstance(getattr(cause, "reason", cause), NewConnectionError)


def rest_of(retry_after: str | None, now: datetime) -> timedelta | None:
    """How long to wait by a `Retry-After` in seconds or as a date; a day at most, None where it asks nothing."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        rest = timedelta(seconds=int(text)) if len(text) <= _MOST_DIGITS else _LONGEST_REST
    else:
        rest = _until(text, now)
    return min(rest, _LONGEST_REST) if rest > timedelta(0) else None


def _until(text: str, now: datetime) -> timedelta:
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return timedelta(0)
    return moment - now


def _outcome(code: int) -> Outcome:
    if 200 <= code < 300:
        return Outcome.SENT
    if code in _UNKNOWN:
        return Outcome.UNCERTAIN
    return Outcome.TEMPORARY if code >= 500 or code in _TEMPORARY else Outcome.PERMANENT


def _phrase(code: int) -> str:
    try:
        return HTTPStatus(code).phrase
    except ValueError:
        return ""


def _one_line(said: str) -> str:
    line = " ".join(re.sub(r"[^\w\s.,:;!?'\"()<>{}\[\]/@=&%+*#-]", " ", said).split())
    return line if len(line) <= _MOST_SAID else line[: _MOST_SAID - 1] + "…"

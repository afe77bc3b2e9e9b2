"""Apprise's plugin for Teams workflows, made to carry a card of ours and to keep the answer.

Apprise's own builds a card from two texts and says of an answer only whether it was 200 or 202: neither status,
text nor `Retry-After` can be had from it. This module imports Apprise: import it where a batch begins.
"""

import json
import ssl
from collections.abc import Callable
from datetime import datetime
from typing import Any

import requests
from apprise.common import NotifyType
from apprise.plugins.workflows import NotifyWorkflows
from requests.adapters import HTTPAdapter

from notifications.apprise_plugins import plugins
from notifications.channel import Outcome, Receipt
from notifications.http_answers import answered, unanswered
from notifications.overhearing import overhearing
from notifications.workflow_address import WorkflowAddress

SCHEMA = "aarshjul-workflow"
_LONGEST_CARD = 1_000_000  # characters: nothing is to be cut or split by Apprise; Teams says what is too much
_MOST_READ = 4_096  # bytes of an answer
_TALKATIVE = ("urllib3.connectionpool", "urllib3.connection", "urllib3.util.retry", "apprise")
_NOT_POSTED = Receipt(code=None, text="Apprise did not post the card", outcome=Outcome.TEMPORARY)


class Workflow(NotifyWorkflows):  # type: ignore[no-untyped-call]
    """A workflow's address, and how cards of ours are posted there."""

    service_name = "Teams, by a workflow"
    secure_protocol = (SCHEMA,)  # type: ignore[assignment]
    protocol = None
    body_maxlen = _LONGEST_CARD
    request_rate_per_sec = 0  # Retry-After is obeyed instead

    def __init__(
        self,
        *,
        address: WorkflowAddress,
        session: requests.Session,
        timeout: float,
        now: Callable[[], datetime],
    ) -> None:
        # Of what Apprise reads out of an address only what names the workflow: no template of its own, no option.
        read = NotifyWorkflows.parse_native_url(address.url)  # type: ignore[no-untyped-call]
        names = ("host", "port", "workflow", "signature", "power_automate", "routing_id", "version")
        super().__init__(**{name: read.get(name) for name in names})  # type: ignore[no-untyped-call]
        self._receipt = _NOT_POSTED
        self._address = address
        self._session = session
        self._timeout = timeout
        self._now = now

    def hand_over(self, card: str) -> Receipt:
        """Post a card, as `card_of` gives it, through Apprise; what was answered."""
        self._receipt = _NOT_POSTED
        self.notify(body=card)
        return self._receipt

    def send(
        self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **kwargs: Any
    ) -> bool:
        """What Apprise calls: whether the card in `body` was taken."""
        del title, notify_type, kwargs  # a card has all that in it
        with overhearing(*_TALKATIVE):
            try:
                self._receipt = self._post(body.encode())
            except requests.RequestException as problem:
                self._receipt = unanswered(problem)
        return self._receipt.outcome is Outcome.SENT

    def _post(self, body: bytes) -> Receipt:
        with self._session.post(
            self._address.url,
            data=body,
            headers={"Content-Type": "application/json; charset=utf-8"},
            timeout=self._timeout,
            allow_redirects=False,
            stream=True,  # the answer is read up to a limit, and a status that came counts whatever follows it
        ) as response:
            said = _text(response)  # read whatever it is, so that the connection can be kept
            if run := response.headers.get("x-ms-workflow-run-id"):
                said = f"run {run}; {said}" if said else f"run {run}"
            said = said.replace(self._address.signature, "…")
            return answered(response.status_code, said, response.headers.get("Retry-After"), self._now())


def _text(response: requests.Response) -> str:
    try:
        return str(response.raw.read(_MOST_READ, decode_content=True), "utf-8", "replace")
    except Exception:  # noqa: BLE001 -- whatever breaks in the text of an answer, its status has come
        return ""


def registered() -> type[Workflow]:
    """The plugin, known to Apprise under our own schema."""
    manager = plugins()
    if SCHEMA not in manager:
        manager.add(plugin=Workflow, schemas=(SCHEMA,))
    return Workflow


def card_of(payload: bytes) -> str | None:
    """What is posted of a rendered message: Teams is told neither duties nor addresses. None if it is no card."""
    try:
        message = json.loads(payload)
        posted = {key: message[key] for key in ("type", "attachments")}
    except (ValueError, KeyError, TypeError):
        return None
    return json.dumps(posted, ensure_ascii=False, separators=(",", ":"))


def session_with(trust: ssl.SSLContext) -> requests.Session:
    """A session that speaks https alone and verifies by `trust`."""
    session = requests.Session()
    session.headers["User-Agent"] = "Aarshjul"
    session.adapters.clear()
    session.mount("https://", _Trusting(trust))
    return session


class _Trusting(HTTPAdapter):
    """Verifies certificates by a context of ours, through a proxy as well; tries once."""

    def __init__(self, trust: ssl.SSLContext) -> None:
        self._trust = trust
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._trust, **kwargs)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        return super().proxy_manager_for(*args, ssl_context=self._trust, **kwargs)

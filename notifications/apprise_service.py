"""Apprise's own plugins as we let them be used. This module imports Apprise: import it where it is needed."""

import re
from urllib.parse import unquote

from apprise import Apprise, AppriseAsset
from apprise.common import NotifyFormat
from apprise.plugins.base import NotifyBase
from apprise.plugins.workflows import NotifyWorkflows

from notifications.apprise_plugins import plugins
from notifications.overhearing import overhearing

_TALKATIVE = ("apprise", "urllib3.connectionpool", "urllib3.connection", "urllib3.util.retry")
_MOST_SAID = 300
_SHORTEST_SECRET = 4
_SCHEMA = re.compile(r"([a-z][a-z0-9+-]*)://", re.IGNORECASE)
_LOCAL = "{schema}://"  # a plugin whose address may name nobody shows or writes on this very machine
_OURS = "aarshjul"


def why_not(url: str) -> str | None:
    """Why an address cannot be used, or None; nothing of it is said but its schema."""
    schema = _SCHEMA.match(url)
    if schema is None:
        return "it is not one of Apprise's, which begin with a service's name and ://"
    name = schema[1].lower()
    known = plugins()
    if name == "file" or (name in known and _LOCAL in known[name].templates):
        return f"{name}:// stays on this machine"
    if name.startswith(_OURS) or name in ("http", "msteams"):
        return f"{name}:// is not for here"
    plugin = _plugin(url)
    if plugin is None:
        return f"Apprise cannot read it as {name}://"
    if isinstance(plugin, NotifyWorkflows):
        return "workflows of Teams belong in AARSHJUL_TEAMS_URLS"
    return None if plugin.verify_certificate else "certificates are verified: take out verify=no"


class Service:
    """An address that `why_not` has nothing against, ready to be handed notes."""

    def __init__(self, url: str) -> None:
        self._secrets = _secrets(url)
        self._apprise = Apprise(asset=_asset())
        if plugin := _plugin(url):
            plugin.optional = False  # or a failure would be told as a success
            plugin.retry = 0  # trying again is the outbox's
            self._apprise.add(plugin)

    def hand_over(self, subject: str, body: str) -> str | None:
        """None where Apprise says that it was taken, else the last thing that it logged, without secrets."""
        with overhearing(*_TALKATIVE) as heard:
            try:
                taken = self._apprise.notify(title=subject, body=body, body_format=NotifyFormat.TEXT)
            except Exception as problem:  # noqa: BLE001 -- over a hundred plugins of others, of which any may fail
                taken = False
                heard.append(type(problem).__name__)
        if taken:
            return None
        return (
            self._without_secrets(heard[-1]) if heard else "the service did not take it, and gave no reason"
        )

    def _without_secrets(self, said: str) -> str:
        for secret in self._secrets:
            said = said.replace(secret, "…")
        line = " ".join(said.split())
        return line if len(line) <= _MOST_SAID else line[: _MOST_SAID - 1] + "…"


def _plugin(url: str) -> NotifyBase | None:
    plugins()
    with overhearing(*_TALKATIVE):  # which would otherwise log the tokens that it could not read
        return Apprise.instantiate(url, asset=_asset())


def _asset() -> AppriseAsset:
    """No plugins from elsewhere, nothing kept on disk, nothing followed, and texts left as they are."""
    return AppriseAsset(
        plugin_paths=None,
        storage_mode="memory",
        async_mode=False,
        http_redirects=False,
        interpret_emojis=False,
        interpret_escapes=False,
        pgp_autogen=False,
        pem_autogen=False,
        app_id="Aarshjul",
        app_desc="Aarshjul",
    )


def _secrets(url: str) -> list[str]:
    """Every part of an address that may be one, the longest first."""
    parts = {part for text in (url, unquote(url)) for part in re.split(r"[/?&=:@,;+#\s]+", text)}
    return sorted((part for part in parts if len(part) >= _SHORTEST_SECRET), key=len, reverse=True)

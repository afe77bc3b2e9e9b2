"""The address of a Teams workflow: where cards may be posted, and nowhere else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

MICROSOFT = ("logic.azure.com", "powerplatform.com")
"""Where Microsoft answers for workflows: the older addresses, and those handed out since 2025."""

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label begins with a letter: no spelling of an IP address does.
_HOST = re.compile(rf"(?:{_LABEL}\.)*[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
_LONGEST_HOST = 253
_LONGEST = 2_000
_SIGNS = re.compile(r"[A-Za-z0-9._~:/?%&=+,;!$'()*-]+")
_NAME = "[A-Za-z0-9_-]+"
_NATIVE = re.compile(
    rf"(?:/powerautomate/automations/direct(?:/cu/[0-9]+)?)?/workflows/{_NAME}/triggers/manual/paths/invoke/?"
)
_SHORT = re.compile(rf"/(?P<workflow>{_NAME})/(?P<signature>{_NAME})/?")
_YES = frozenset({"yes", "true", "1", "on"})


class NotAnAddress(ValueError):  # noqa: N818 -- the name is the sentence
    """This cannot be the address of a workflow; says what would be right, and nothing of its secret part."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkflowAddress:
    """An address that was looked at and found right.

    Attributes:
        name: the key of the setting that it stands under, by which people know it.
        url: where to post to, whole. Who knows it can post: it is shown nowhere.
        signature: the part of it that proves the right to post.
    """

    name: str
    origin: str
    url: str = field(repr=False)
    signature: str = field(repr=False)


def is_host(text: str) -> bool:
    """Whether it is the name of a host: no IP address, no port, no wildcard."""
    return len(text) <= _LONGEST_HOST and _HOST.fullmatch(text) is not None


def workflow_address(name: str, text: str, own_hosts: Sequence[str] = ()) -> WorkflowAddress:
    """Look at an address: `https://` as Teams shows it, or Apprise's short `workflows://HOST/ID/SIGNATURE`.

    Args:
        name: the key of the setting that it stands under.
        text: the address.
        own_hosts: lower-case names of hosts that are right as well, on any port; where such a name has a dot,
            its subdomains too.

    Raises:
        NotAnAddress: it leads elsewhere, or is no workflow's.
    """
    parts = _parts(text)
    origin = _origin(parts, own_hosts)
    path, query = (parts.path, parts.query) if parts.scheme == "https" else _written_out(parts)
    if not _NATIVE.fullmatch(path):
        raise NotAnAddress(
            "it is not a workflow's: .../workflows/ID/triggers/manual/paths/invoke?...&sig=..."
        )
    signatures = parse_qs(query).get("sig", [])
    if len(signatures) != 1 or not re.fullmatch(_NAME, signatures[0]):
        raise NotAnAddress("its signature is missing or cut off: copy it whole, to the end of &sig=...")
    return WorkflowAddress(
        name=name, origin=origin, url=f"https://{origin}{path}?{query}", signature=signatures[0]
    )


def _parts(text: str) -> SplitResult:
    if len(text) > _LONGEST or not _SIGNS.fullmatch(text):
        # Among what is not allowed: @ for user names, # and \ that some readers take for the end of a host.
        raise NotAnAddress("it holds signs that no workflow's address has: copy it again, as Teams shows it")
    try:
        parts = urlsplit(text)
    except ValueError:
        raise NotAnAddress("it cannot be read: copy it again, as Teams shows it") from None
    if parts.scheme not in ("https", "workflow", "workflows"):
        raise NotAnAddress("it does not begin with https://")
    return parts


def _origin(parts: SplitResult, own_hosts: Sequence[str]) -> str:
    """Host and port, where cards may go there."""
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotAnAddress("its port is none") from None
    if not is_host(host):
        raise NotAnAddress(
            "its host has no name: an address of Microsoft's ends in " + " or ".join(MICROSOFT)
        )
    if any(_is_within(host, own) for own in own_hosts):
        return host if port is None else f"{host}:{port}"
    if not any(_is_within(host, theirs) for theirs in MICROSOFT):
        raise NotAnAddress(
            f"its host {host} is not Microsoft's ({', '.join(MICROSOFT)}) nor one of AARSHJUL_TEAMS_HOSTS"
        )
    if port not in (None, 443):
        raise NotAnAddress("its port is not 443")
    return host


def _is_within(host: str, domain: str) -> bool:
    return host == domain or ("." in domain and host.endswith("." + domain))


def _written_out(parts: SplitResult) -> tuple[str, str]:
    """Apprise's short form as path and query of the long one."""
    short = _SHORT.fullmatch(parts.path)
    if short is None:
        raise NotAnAddress("it is not whole: workflows://HOST/ID/SIGNATURE")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    newer = (options.get("pa") or options.get("powerautomate") or "").lower() in _YES
    route = options.get("route") or options.get("routeid")
    prefix = "/powerautomate/automations/direct" + (f"/cu/{route}" if route else "") if newer else ""
    version = options.get("ver") or ("2022-03-01-preview" if newer else "2016-06-01")
    path = f"{prefix}/workflows/{short['workflow']}/triggers/manual/paths/invoke"
    rights = quote("/triggers/manual/run", safe="")
    return path, f"api-version={quote(version)}&sp={rights}&sv=1.0&sig={short['signature']}"

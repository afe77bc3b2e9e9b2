"""Whose certificates we believe: the system's, and those that an operator adds."""

import ssl
from ipaddress import ip_address
from pathlib import Path

from notifications.errors import NotificationError


class TrustError(NotificationError):
    """The file with certificates to trust cannot be used."""


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """What a client checks a server with: its certificate, its host name, and TLS 1.2 or later.

    Raises:
        TrustError: for a file that cannot be read or holds no certificate.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError as problem:  # an ssl.SSLError is one
            reason = problem.strerror if not isinstance(problem, ssl.SSLError) else "it holds no certificate"
            raise TrustError(f"the certificates of AARSHJUL_CA_FILE cannot be read: {reason}") from problem
    return context


def is_loopback(host: str) -> bool:
    """Whether what is sent to a host stays on this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"

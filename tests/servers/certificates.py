"""Certificates for servers on this machine: good ones, one of another host, one that nobody vouches for."""

from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True, kw_only=True)
class Certificates:
    """Where the files are, all in PEM; each certificate file holds its private key as well.

    Attributes:
        ca_file: what a client is to trust.
        good: for localhost, 127.0.0.1 and ::1.
        other_host: vouched for, but for another host.
        unknown: for localhost, from an authority that is not in `ca_file`.
    """

    ca_file: Path
    good: Path
    other_host: Path
    unknown: Path


def certificates(folder: Path) -> Certificates:
    """Make them in a folder, which is made too; some 20 ms."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Certificates(
        ca_file=folder / "ca.pem",
        good=folder / "good.pem",
        other_host=folder / "other-host.pem",
        unknown=folder / "unknown.pem",
    )
    authority, stranger = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(str(made.ca_file))
    here = ("localhost", "127.0.0.1", "::1")
    authority.issue_cert(*here).private_key_and_cert_chain_pem.write_to_path(str(made.good))
    authority.issue_cert("mail.example.org").private_key_and_cert_chain_pem.write_to_path(
        str(made.other_host)
    )
    stranger.issue_cert(*here).private_key_and_cert_chain_pem.write_to_path(str(made.unknown))
    return made

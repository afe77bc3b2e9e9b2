"""A real IMAP server (dovecot) on a free port of this machine, with a mailbox of its own in a folder."""

import base64
import hmac
import imaplib
import json
import os
import pwd
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.servers.certificates import certificates

USER, PASSWORD = "svar@example.org", "hemmeligt æøå"
KEY = b"a key that tokens are signed with in these tests"
DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
PATIENCE = 20.0  # seconds

# The syntax is that of 2.3, as Debian 12 has it; 2.4 changed most names.
CONFIG = """
protocols = imap
base_dir = {run}
log_path = {folder}/dovecot.log
listen = 127.0.0.1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{certificate}
disable_plaintext_auth = {no_plain}
auth_mechanisms = {mechanisms}
default_login_user = {login_user}
default_internal_user = {internal_user}
default_internal_group = {internal_group}
first_valid_uid = 1
mail_location = {format}:{folder}/mail
{more}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
{oauth}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  prefix = {prefix}
  separator = {separator}
}}
"""
OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
"""
OAUTH_CONFIG = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
"""


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """A server that runs.

    Attributes:
        port: for connections in the open or with STARTTLS; `tls_port` for TLS from the start.
        ca_file: what a client is to trust.
        process: the server's own id.
    """

    port: int
    tls_port: int
    ca_file: Path
    process: int

    def client(self) -> imaplib.IMAP4:
        """A connection that is logged in."""
        context = ssl.create_default_context(cafile=str(self.ca_file))
        client = imaplib.IMAP4_SSL("localhost", self.tls_port, ssl_context=context, timeout=PATIENCE)
        client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
        return client

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Lay mails into a folder, in order."""
        with self.client() as client:
            for mail in mails:
                status, _ = client.append(folder, "", "", re.sub(rb"\r?\n", b"\r\n", mail))
                assert status == "OK"

    def folders(self) -> dict[str, list[bytes]]:
        """What lies where, oldest first; what is marked as deleted counts as lying there."""
        with self.client() as client:
            _, listed = client.list()
            names = [
                re.sub(rb'^\(.*?\) ("."|NIL) ', b"", line).strip(b'"')
                for line in listed
                if isinstance(line, bytes)
            ]
            return {name.decode(): _contents(client, name.decode()) for name in names}

    def flags(self, folder: str) -> list[str]:
        """The flags of each mail in a folder."""
        with self.client() as client:
            client.select(f'"{folder}"', readonly=True)
            _, found = client.fetch("1:*", "(FLAGS)")
            return [
                re.sub(rb"^.*FLAGS \((.*?)\).*$", rb"\1", line).decode()
                for line in found
                if isinstance(line, bytes)
            ]


def _contents(client: imaplib.IMAP4, folder: str) -> list[bytes]:
    status, count = client.select(f'"{folder}"', readonly=True)
    if status != "OK" or count[0] == b"0":
        return []
    _, found = client.fetch("1:*", "(BODY.PEEK[])")
    return [item[1] for item in found if isinstance(item, tuple)]


def token(user: str = USER, *, key: bytes = KEY, expires: int = 4_000_000_000) -> str:
    """A token that the server believes (a JWT)."""
    head = _part({"typ": "JWT", "alg": "HS256"})
    body = _part({"sub": user, "iat": 1_600_000_000, "exp": expires})
    return f"{head}.{body}.{_web64(hmac.digest(key, f'{head}.{body}'.encode(), 'sha256'))}"


def _part(fields: dict[str, object]) -> str:
    return _web64(json.dumps(fields).encode())


def _web64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def why_not() -> str | None:
    """Why there can be no such server here; None where there can."""
    if DOVECOT is None:
        return "dovecot is not installed (apt-get install dovecot-imapd)"
    version = subprocess.run([DOVECOT, "--version"], capture_output=True, text=True, check=False).stdout
    return None if version.startswith("2.3.") else f"these tests configure dovecot 2.3, not {version.strip()}"


@contextmanager
def mail_server(
    *,
    more: str = "",
    mechanisms: str = "plain login",
    certificate: str = "good",
    prefix: str = "",
    separator: str = "/",
    plain: bool = True,
) -> Iterator[MailServer]:
    """The server, until the block ends.

    Args:
        more: further settings of its own.
        mechanisms: ways to log in.
        certificate: `good`, `other_host` or `unknown`.
        prefix: what folders of one's own begin with.
        separator: what stands between their levels.
        plain: whether a password is taken without TLS.
    """
    # Its sockets' paths may have 107 characters: a test's own folder is deeper.
    folder = Path(tempfile.mkdtemp(prefix="imap"))
    try:
        made = certificates(folder / "certificates")
        port, tls_port = _free_ports(2)
        _configure(
            folder,
            port=port,
            tls_port=tls_port,
            certificate=getattr(made, certificate),
            more=more,
            mechanisms=mechanisms,
            prefix=prefix,
            separator=f'"{separator}"',
            no_plain="no" if plain else "yes",
        )
        with _running(folder, port) as process:
            yield MailServer(port=port, tls_port=tls_port, ca_file=made.ca_file, process=process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_ports(count: int) -> list[int]:
    with_port = [socket.socket() for _ in range(count)]
    try:
        for each in with_port:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in with_port]
    finally:
        for each in with_port:
            each.close()


def _configure(folder: Path, **settings: object) -> None:
    me = pwd.getpwuid(os.getuid())
    root = me.pw_uid == 0
    owner = pwd.getpwnam("nobody") if root else me  # dovecot reads no mail as root
    for name in ("mail", "home", "run"):
        (folder / name).mkdir()
        os.chown(folder / name, owner.pw_uid if name != "run" else -1, owner.pw_gid if name != "run" else -1)
    folder.chmod(0o755)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    key = folder / "keys" / "default" / "HS256" / "default"
    key.parent.mkdir(parents=True)
    key.write_bytes(base64.b64encode(KEY))
    (folder / "oauth2.conf").write_text(OAUTH_CONFIG.format(folder=folder))
    with_tokens = "xoauth2" in str(settings["mechanisms"])
    text = CONFIG.format(
        folder=folder,
        run=folder / "run",
        format="maildir",
        login_user="dovenull" if root else me.pw_name,
        internal_user="dovecot" if root else me.pw_name,
        internal_group="dovecot" if root else me.pw_gid,
        uid=owner.pw_uid,
        gid=owner.pw_gid,
        oauth=OAUTH.format(folder=folder) if with_tokens else "",
        **settings,
    )
    (folder / "dovecot.conf").write_text(text, encoding="utf-8")


@contextmanager
def _running(folder: Path, port: int) -> Iterator[int]:
    command = [str(DOVECOT), "-F", "-c", str(folder / "dovecot.conf")]
    follow = shutil.which("setpriv")  # a test that is killed takes the server along
    if follow:
        command = [follow, "--pdeathsig", "TERM", *command]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            _wait_for(process, folder, port)
            yield process.pid
        finally:
            with suppress(ProcessLookupError):
                os.killpg(
                    process.pid, signal.SIGKILL
                )  # asked politely, it takes a second; its folder goes anyway


def _wait_for(process: "subprocess.Popen[bytes]", folder: Path, port: int) -> None:
    for _ in range(200):
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            said = process.stderr.read() if process.stderr else b""
            raise RuntimeError(f"dovecot did not start: {said!r} {(folder / 'dovecot.log').read_text()}")
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), PATIENCE)) as there:
            if there.recv(4):
                return
    raise RuntimeError("dovecot does not answer")

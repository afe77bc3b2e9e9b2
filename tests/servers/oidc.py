"""A provider of logins (OpenID Connect) on this machine: real codes, real keys, PKCE checked; and it can lie on order."""

import base64
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "aarshjul", "en hemmelighed: æøå/+"


@dataclass(kw_only=True)
class Lies:
    """What it does otherwise than it should; nothing until a test says so.

    Attributes:
        about: what its description says otherwise.
        claims: what an identity says otherwise; None leaves a claim out.
        algorithm: what it signs with.
        stranger: it signs with a key that it does not publish.
        silent: paths that are never answered; `drips` those of which a byte comes at a time.
        large: paths whose answer is huge.
        moved: paths that lead elsewhere.
    """

    about: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    stranger: bool = False
    silent: set[str] = field(default_factory=set)
    drips: set[str] = field(default_factory=set)
    large: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)


class OidcServer(ThreadingHTTPServer):
    """The provider; `user` is who logs in there next, `asked` the paths that were asked for."""

    daemon_threads = True

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.now = now
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.user: dict[str, Any] = {"sub": "s-1", "email": "co@example.org", "email_verified": True}
        self.lies = Lies()
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.keys = [self.new_key()]
        self.stopped = threading.Event()

    def new_key(self) -> RSAKey:
        return RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"}, private=True)

    def about(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.lies.about,
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Somebody logs in: where their browser is sent back to."""
        assert (query["response_type"], query["client_id"]) == ("code", CLIENT)
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(20)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], auth: str) -> tuple[int, dict[str, Any]]:
        """An identity for a code: once, to whoever has the secret and the verifier."""
        given = base64.b64decode(auth.removeprefix("Basic ")).decode()
        asked = self.codes.pop(form.get("code", ""), None)
        known = given == f"{CLIENT}:{urlencode({'': SECRET})[1:].replace('+', '%20')}"
        if not known or asked is None or asked["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if create_s256_code_challenge(form["code_verifier"]) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(self.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.user,
            **self.lies.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self._signed(claims)}

    def _signed(self, claims: dict[str, Any]) -> str:
        algorithm = self.lies.algorithm
        if algorithm == "none":
            parts = ({"alg": "none"}, claims)
            return ".".join(
                [base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in parts]
                + [""]
            )
        if algorithm.startswith("HS"):
            key = OctKey.import_key(self.keys[-1].as_pem(private=False))
            return jwt.encode({"alg": algorithm}, claims, key, algorithms=[algorithm])
        signer = self.new_key() if self.lies.stranger else self.keys[-1]
        return jwt.encode({"alg": algorithm, "kid": self.keys[-1].kid}, claims, signer)

    def published(self) -> dict[str, Any]:
        return dict(KeySet(list(self.keys)).as_dict(private=False))


class _Handler(BaseHTTPRequestHandler):
    server: OidcServer

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        if path.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(path.query).items()}
            self._send(303, b"", {"Location": self.server.authorize(query)})
            return
        found = {"/.well-known/openid-configuration": self.server.about, "/keys": self.server.published}
        self._answer(200, found[path.path]())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._answer(*self.server.token(form, self.headers.get("authorization", "")))

    def _answer(self, status: int, value: dict[str, Any]) -> None:
        path, lies = urlsplit(self.path).path, self.server.lies
        self.server.asked.append(path)
        content = json.dumps(value).encode()
        if path in lies.silent:
            self.server.stopped.wait(30)
        elif path in lies.moved:
            self._send(302, b"", {"Location": lies.moved[path]})
        elif path in lies.drips:
            self.send_response(status)
            self.end_headers()
            while not self.server.stopped.wait(0.2):
                try:
                    self.wfile.write(b" ")
                except OSError:
                    return
        else:
            self._send(status, content + b" " * 600_000 if path in lies.large else content, {})

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        """Nothing: a test's output is its own."""


@contextmanager
def oidc_server(now: Callable[[], datetime]) -> Iterator[OidcServer]:
    """A provider while the test runs."""
    server = OidcServer(now)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join(10)

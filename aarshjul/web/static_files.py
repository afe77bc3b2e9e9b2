"""Style, letters and scripts that all pages share: served under names that change with their content, so kept for long."""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Request, Response

FOLDER = Path(__file__).parent / "static"
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
}
_TEXT = (".css", ".js")
_FOR_LONG = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class File:
    """What is served under one name; `zipped` where that is smaller."""

    kind: str
    plain: bytes
    zipped: bytes | None


@lru_cache(maxsize=1)
def named() -> dict[str, str]:
    """For each file its name with its content's hash in it."""
    return {name: served for name, (served, _) in _read().items()}


def static_files() -> APIRouter:
    """The route of `/static/NAME`."""
    router = APIRouter()

    @router.api_route("/static/{name}", methods=["GET", "HEAD"])
    def look(name: str, request: Request) -> Response:
        file = dict(_read().values()).get(name)
        if file is None:
            return Response(status_code=404)
        headers = {"Cache-Control": _FOR_LONG, "Vary": "Accept-Encoding"}
        if file.zipped and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(file.zipped, media_type=file.kind, headers=headers)
        return Response(file.plain, media_type=file.kind, headers=headers)

    return router


@lru_cache(maxsize=1)
def _read() -> dict[str, tuple[str, File]]:
    """Every file that is served; letters first, as style names them."""
    found: dict[str, tuple[str, File]] = {}
    for suffix, kind in sorted(_KINDS.items(), reverse=True):
        for path in sorted(FOLDER.glob(f"*{suffix}")):
            data = path.read_bytes()
            for name, (served, _) in found.items():
                data = data.replace(name.encode(), served.encode())
            zipped = gzip.compress(data, 9, mtime=0) if suffix in _TEXT else None
            hashed = f"{path.stem}.{sha256(data).hexdigest()[:12]}{suffix}"
            found[path.name] = (hashed, File(kind, data, zipped))
    return found

"""What a form or a one-click request sends: some tens of bytes, from whoever may send anything."""

from starlette.requests import ClientDisconnect, Request


async def small_body(request: Request, most: int) -> bytes:
    """The body; empty, as if nothing was said, where it is longer than `most` bytes or its sender left meanwhile."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                return b""
    except ClientDisconnect:
        return b""
    return body

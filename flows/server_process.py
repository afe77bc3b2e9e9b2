"""The Prefect server, as a process of its own: run as a script by `flows.server`, never imported by it.

Takes a port (0 for any that is free), says on its first line which one it has, and serves until its parent lets go.
"""

import os
import socket
import sys

from flows.child import leave_with_parent, say_and_be_quiet

HOST = "127.0.0.1"


def serve(port: int) -> None:
    """Serve Prefect's API (and its pages, where they are on) on a loopback port."""
    listener = _bind(port)
    bound = listener.getsockname()[1]
    os.environ["PREFECT_UI_API_URL"] = f"http://{HOST}:{bound}/api"
    say_and_be_quiet(str(bound))  # before the slow imports: our parent goes on with it

    import uvicorn  # noqa: PLC0415 -- see above

    server = uvicorn.Server(
        uvicorn.Config(
            "prefect.server.api.server:create_app",
            factory=True,
            log_level="warning",
            lifespan="on",
            timeout_graceful_shutdown=2,  # a browser's open page does not hold us
        )
    )

    def leave() -> None:
        if not server.started:  # nothing to finish: its database is migrated in transactions
            os._exit(0)
        server.should_exit = True

    leave_with_parent(leave)
    server.run(sockets=[listener])


def _bind(port: int) -> socket.socket:
    # The protocol by its number: asyncio sends without delay only where it sees it, and 40 ms an answer add up.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere this would let two servers share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    return listener


if __name__ == "__main__":
    serve(int(sys.argv[1]))

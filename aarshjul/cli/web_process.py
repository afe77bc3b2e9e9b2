"""The web as a process of its own beside the rounds: run as a script by `aarshjul up`, never imported by it.

Takes a home and a port (0 for any that is free), says on its first line where it serves, and serves until its parent
lets go or dies.
"""

import os
import sys
from pathlib import Path

from aarshjul.cli.errors import run
from aarshjul.cli.record import record
from aarshjul.cli.serve import address_of, listening, server_over
from flows.child import leave_with_parent, say_and_be_quiet

HOST = "127.0.0.1"


def serve(home: Path, port: int) -> None:
    """Serve the web on a loopback port: whoever is to reach it from elsewhere puts a server with https before it."""
    with listening(HOST, port, "--web-port") as listener, record(home) as opened:
        say_and_be_quiet(address_of(listener))  # asked from now on, answered in a moment
        server = server_over(opened)

        def leave() -> None:
            if not server.started:  # nothing to finish: no request has come so far
                os._exit(0)
            server.should_exit = True

        leave_with_parent(leave)
        server.run(sockets=[listener])


if __name__ == "__main__":
    sys.exit(run(lambda: serve(Path(sys.argv[1]), int(sys.argv[2]))))

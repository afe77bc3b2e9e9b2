"""The command line, for tests of what it does with drafts."""

from tests.cli.conftest import home, run

__all__ = ["home", "run"]

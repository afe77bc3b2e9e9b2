"""The command line in this process, as the tests of all commands run it."""

from tests.cli.conftest import _imported, home, imported, run

__all__ = ["_imported", "home", "imported", "run"]

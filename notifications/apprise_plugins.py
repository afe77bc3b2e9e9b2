"""What Apprise knows. This module imports Apprise: import it where it is needed."""

from typing import Any
from warnings import catch_warnings, simplefilter

from apprise.manager_plugins import NotificationManager


def plugins() -> Any:
    """Apprise's manager of plugins, with all of them loaded: a mapping from schemas to classes.

    Some plugins import what Python has deprecated; that is Apprise's to see to, and no warning of ours.
    """
    manager: Any = NotificationManager()  # type: ignore[no-untyped-call]
    with catch_warnings():
        simplefilter("ignore")
        manager.load_modules()
    return manager

"""Settings: one class, built in a function, passed down; every one is an `AARSHJUL_...` variable."""

from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator can set.

    Attributes:
        home: the folder of this installation: database, settings, secrets, and what is written.
        database_url: another database than the home's own SQLite, as an SQLAlchemy URL.
        sender_name: the name in From of what is sent.
        sender_address: the address in From; its domain also names messages and calendar entries.
        web_url: where the pages are, if they are anywhere: links in messages begin with it.
    """

    model_config = SettingsConfigDict(
        env_prefix="AARSHJUL_", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    home: Path = Field(default_factory=lambda: user_data_path("aarshjul", appauthor=False))
    database_url: str | None = None
    sender_name: str = "Aarshjul"
    sender_address: str = "aarshjul@example.org"
    web_url: str | None = None

    @property
    def url(self) -> str:
        """The database's address."""
        return (
            normal_url(self.database_url) if self.database_url else f"sqlite:///{self.home / 'aarshjul.db'}"
        )

    @property
    def domain(self) -> str:
        """The domain that names messages and calendar entries."""
        return self.sender_address.rpartition("@")[2]


def normal_url(url: str) -> str:
    """The address with the driver that we ship, for the short forms that hosting services hand out."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url


def load_settings(home: Path | None = None) -> Settings:
    """The settings of a home: variables first, then the home's own `settings.env`, then defaults."""
    named: dict[str, Any] = {"home": home} if home is not None else {}
    first = Settings(**named)
    return Settings(_env_file=first.home / "settings.env", **named)

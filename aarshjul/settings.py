"""Settings: one class, built in a function, passed down; every one is an `AARSHJUL_...` variable."""

from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

Security = Literal["starttls", "tls", "none"]


class Settings(BaseSettings):
    """What an operator can set.

    Attributes:
        home: the folder of this installation: database, settings, secrets, and what is written.
        database_url: another database than the home's own SQLite, as an SQLAlchemy URL.
        sender_name: the name in From of what is sent.
        sender_address: the address in From; its domain also names messages and calendar entries.
        web_url: where the pages are, if they are anywhere: links in messages begin with it.
        reply_to: the address that answers go to, where it is another than the sender's: the mailbox that is read.
        secret: what links in mails are signed with, at least 32 characters; without it the home's `secret.key`.
        smtp_host: the mail server; without one, mails are files in the home. `smtp_security` is how the connection
            is secured, `smtp_timeout` in seconds.
        imap_host: the server of the mailbox that answers come to; without one nothing is read.
        oauth_token_url: where a token for XOAUTH2 comes from (client credentials); used instead of a password by
            SMTP and IMAP where it is set.
        oidc_issuer: a provider of logins (OpenID Connect), as it names itself; coordinators may then log in there as well.
        oidc_name: what the button says it is; `oidc_trust_email`: take its addresses where it does not vouch for them.
        ca_file: certificates to trust beside the system's, in PEM.
        signing: the command line of a program that confirms signatures, run without a shell; `signing_timeout` in
            seconds. Without one a signature is the act `sign` alone.
        files_only: every message becomes a file in the home, whatever servers are set: nothing leaves.
        withdraw_minutes: how long what an act caused can be taken back before it goes.
        give_up_after_days: how long a message that cannot be handed over is tried before a person is told.
        teams_urls: workflow addresses by person's id, by role, or `*` for all.
        teams_hosts: hosts of workflow addresses to allow beside Microsoft's (their subdomains as well).
        services: other ways out, by name: Apprise addresses by person's id, role, or `*`.
        body_name: the public body that is responsible for what is kept here, as its own pages name it.
        body_contact: where people write to it: a mail address, a web address or a line of text, as are
            `privacy_contact` (its data protection officer) and `accessibility_contact`.
    """

    model_config = SettingsConfigDict(
        env_prefix="AARSHJUL_", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    home: Path = Field(default_factory=lambda: user_data_path("aarshjul", appauthor=False))
    database_url: str | None = None
    sender_name: str = "Aarshjul"
    sender_address: str = "aarshjul@example.org"
    web_url: str | None = None
    reply_to: str | None = None
    secret: SecretStr | None = Field(default=None, min_length=32)

    smtp_host: str | None = None
    smtp_port: int = 587
    smtp_security: Security = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_timeout: float = Field(default=30.0, gt=0)

    imap_host: str | None = None
    imap_port: int = 993
    imap_security: Security = "tls"
    imap_user: str | None = None
    imap_password: SecretStr | None = None
    imap_folder: str = "INBOX"
    imap_timeout: float = Field(default=30.0, gt=0)

    oauth_token_url: str | None = None
    oauth_client_id: str | None = None
    oauth_client_secret: SecretStr | None = None
    oauth_scope: str = "https://outlook.office365.com/.default"

    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name: str = Field(default="OpenID Connect", max_length=60)
    oidc_trust_email: bool = False

    ca_file: Path | None = None

    signing: str | None = None
    signing_timeout: float = Field(default=60.0, gt=0, le=600)

    files_only: bool = False
    withdraw_minutes: int = Field(default=5, ge=0, le=1440)
    give_up_after_days: int = Field(default=5, ge=1, le=60)

    teams_urls: dict[str, SecretStr] = Field(default_factory=dict)
    teams_hosts: list[str] = Field(default_factory=list)
    services: dict[str, dict[str, SecretStr]] = Field(default_factory=dict)

    body_name: str | None = Field(default=None, max_length=300)
    body_contact: str | None = Field(default=None, max_length=300)
    privacy_contact: str | None = Field(default=None, max_length=300)
    accessibility_contact: str | None = Field(default=None, max_length=300)

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


def played(settings: Settings, cycle_id: str) -> Settings:
    """The settings of a played year: nothing leaves its folder, and its secret derives from the cycle's id."""
    secret = sha256(f"aarshjul played year {cycle_id}".encode()).hexdigest()
    return settings.model_copy(update={"database_url": None, "files_only": True, "secret": SecretStr(secret)})

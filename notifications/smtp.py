"""From the settings to the mail server as a channel."""

from urllib.parse import quote, urlencode

from apprise import Apprise

from aarshjul.settings import Settings
from notifications.apprise_mail import NotifyAarshjulMail, register
from notifications.channel import Channel
from notifications.errors import NotificationError


def smtp_channel(settings: Settings) -> Channel:
    """The mail server of an installation, by way of Apprise: nothing is connected yet.

    Raises:
        NotificationError: for settings that cannot be, such as a password that would go over an open connection.
    """
    register()
    plugin = Apprise.instantiate(smtp_url(settings), suppress_exceptions=False)
    if not isinstance(plugin, NotifyAarshjulMail):
        raise NotificationError("AARSHJUL_SMTP_HOST is not the name or number of a host")
    return plugin.channel


def smtp_url(settings: Settings) -> str:
    """The settings as an address for Apprise; it holds the password, and is not shown."""
    token = settings.oauth_token_url
    secret = settings.oauth_client_secret if token and settings.smtp_user else settings.smtp_password
    login = ""
    if settings.smtp_user:
        login = f"{quote(settings.smtp_user, safe='')}:{quote(secret.get_secret_value() if secret else '', safe='')}@"
    elif secret is not None:
        raise NotificationError("AARSHJUL_SMTP_PASSWORD is set, but AARSHJUL_SMTP_USER is not")
    given = {
        "from": settings.sender_address,
        "security": settings.smtp_security if settings.smtp_security == "none" else "",
        "timeout": str(settings.smtp_timeout),
        "ca": str(settings.ca_file or ""),
        "token_url": (token if settings.smtp_user else "") or "",
        "client_id": settings.oauth_client_id or "",
        "scope": settings.oauth_scope,
    }
    host = settings.smtp_host or ""
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    schema = "aarshjuls" if settings.smtp_security == "tls" else "aarshjul"
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{schema}://{login}{shown}:{settings.smtp_port}/?{query}"

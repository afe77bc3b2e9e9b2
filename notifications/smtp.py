"""From the settings to the mail server as a channel."""

from apprise import Apprise

from aarshjul.settings import Settings
from notifications.apprise_mail import NotifyAarshjulMail, register, url_of
from notifications.channel import Channel
from notifications.errors import NotificationError
from notifications.smtp_account import Account


def smtp_channel(settings: Settings) -> Channel:
    """The mail server of an installation, by way of Apprise: nothing is connected yet.

    Raises:
        NotificationError: for settings that cannot be, such as a password that would go over an open connection.
    """
    account = account_of(settings)
    register()
    plugin = Apprise.instantiate(url_of(account), suppress_exceptions=False)
    if not isinstance(plugin, NotifyAarshjulMail) or plugin.channel.account != account:
        raise NotificationError("AARSHJUL_SMTP_HOST is not the name or number of a host")
    return plugin.channel


def account_of(settings: Settings) -> Account:
    """The account that the settings name; tokens come before a password, and are for those who log in alone.

    Raises:
        NotificationError: for settings that cannot be.
    """
    by_token = settings.oauth_token_url is not None and settings.smtp_user is not None
    return Account(
        host=(settings.smtp_host or "").removeprefix("[").removesuffix("]"),
        port=settings.smtp_port,
        security=settings.smtp_security,
        sender=settings.sender_address,
        timeout=settings.smtp_timeout,
        user=settings.smtp_user,
        password=None if by_token else settings.smtp_password,
        oauth_token_url=settings.oauth_token_url if by_token else None,
        oauth_client_id=settings.oauth_client_id if by_token else None,
        oauth_client_secret=settings.oauth_client_secret if by_token else None,
        oauth_scope=settings.oauth_scope if by_token else "",
        ca_file=settings.ca_file,
    )

"""The settings of ways out, looked at before anything goes."""

from aarshjul.settings import Settings


def check_channels(settings: Settings) -> None:
    """Refuse settings that cannot be, in a sentence: met within a flow they would be a failed run and a long log.

    Raises:
        Invalid: which setting is wrong, and why.
        Refused: for a file with certificates that cannot be read.
    """
    from notifications.channels import way_of

    services = [f"apprise:{name}" for name in settings.services]
    wanted = [
        *(["email"] if settings.smtp_host else []),
        *(["teams"] if settings.teams_urls else []),
        *services,
    ]
    for name in wanted:
        way_of(settings, name)

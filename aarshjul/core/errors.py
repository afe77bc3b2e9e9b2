"""The two ways in which Aarshjul says no; every package's own errors derive from one of them."""


class AarshjulError(Exception):
    """Something that a person is told in one sentence; never shown as a traceback."""

    exit_code: int = 1


class Refused(AarshjulError):  # noqa: N818 -- the name is the sentence: an act was refused
    """A rule says no: the act may not be done, by this person, now. Exit code 1."""

    exit_code = 1


class Invalid(AarshjulError):  # noqa: N818 -- as above
    """The input cannot be read as what it should be. Exit code 2.

    Args:
        problems: one line each, `FILE:LINE: what is wrong, what would be right`.
    """

    exit_code = 2

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

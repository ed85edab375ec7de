"""Refusals: every error a person can meet says what, why, and what to do."""


class Refusal(Exception):
    """Something that is not done, with its reason and the way out.

    `exit_code` is what the command line ends with: 1 for a refusal, 2 for wrong usage.
    `status` is the HTTP status of the same refusal on the web.
    """

    exit_code = 1
    status = 409

    def __init__(self, what: str, why: str = "", do: str = "") -> None:
        self.what, self.why, self.do = what, why, do
        super().__init__(" ".join(part for part in (what, why, do) if part))


class WrongUsage(Refusal):
    """The question itself cannot be understood."""

    exit_code = 2
    status = 400


class Unknown(WrongUsage):
    """The question names something that the register does not hold."""

    status = 404

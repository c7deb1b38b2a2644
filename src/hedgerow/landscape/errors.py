"""What Hedgerow raises on purpose.

Everything here is shown to a person as it stands: what was found, what was expected, what to do.
Any other exception is a fault of ours and ends with a different exit code.
"""

from __future__ import annotations

from collections.abc import Sequence


class HedgerowError(Exception):
    """A fault that a person can do something about.

    Parameters
    ----------
    message : str
        What is wrong, in one or two sentences.
    advice : str, optional
        What to do about it.
    for_commands : str, optional
        What else can be done at the command line, by whoever keeps the register; pages of the site
        leave it out.
    """

    exit_code = 1

    def __init__(self, message: str, *, advice: str = "", for_commands: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.page_advice = advice
        self.advice = f"{advice} {for_commands}".strip()

    def __str__(self) -> str:
        return f"{self.message}\n{self.advice}" if self.advice else self.message


class UsageError(HedgerowError):
    """What was asked for cannot be: an unknown place, a date out of range (exit code 2)."""

    exit_code = 2


class UnknownPlaceError(UsageError):
    """No place, or more than one, bears the name; the nearest candidates are listed.

    Parameters
    ----------
    message : str
        What was asked for and why it cannot be settled.
    candidates : sequence of str
        Place references that would have been understood, best first.
    advice, for_commands : str, optional
        What to do about it, where there are no candidates.
    """

    def __init__(
        self,
        message: str,
        *,
        candidates: Sequence[str] = (),
        advice: str = "",
        for_commands: str = "",
    ) -> None:
        if candidates:
            advice = "Did you mean:\n" + "\n".join(f"  {candidate}" for candidate in candidates)
        super().__init__(message, advice=advice, for_commands=for_commands)
        self.candidates = tuple(candidates)


class DataError(HedgerowError):
    """A file or table given to Hedgerow cannot be used as it stands (exit code 3)."""

    exit_code = 3

"""Answers of permission functions, and the exception with which a verb says no."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """May this be done? `reason` is a translated sentence for the person who was refused.

    `code` is the stable word for it that `Refused` carries.
    """

    allowed: bool
    reason: str | Promise = ""
    code: str = "refused"

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise `Refused` with the reason unless allowed."""
        if not self.allowed:
            raise Refused(self.reason, code=self.code)


YES = Verdict(True)


def no(reason: str | Promise, *, code: str = "refused") -> Verdict:
    """A refusal with its reason."""
    return Verdict(False, reason, code)


class Refused(Exception):
    """A verb did nothing, and this is why.

    `reason` is a sentence for the reader; `code` a stable word for tests and programs; `field`
    names the form field the sentence belongs to, when there is one; `details` maps field names
    to sentences when several are wrong at once.
    """

    def __init__(
        self,
        reason: str | Promise,
        *,
        code: str = "refused",
        field: str | None = None,
        details: dict[str, str | Promise] | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.field = field
        self.details = details or {}

    def __str__(self) -> str:
        return str(self.reason)

"""The one exception for what a user can mend: a wrong argument, a missing project, an unreadable file."""


class QbError(Exception):
    """`message` says what was wrong with the value quoted; `hint` is the next thing to type or call."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message

"""Errors with a stable code: surfaces turn the code into a sentence, scripts may rely on it."""


class DomainError(Exception):
    """A rule of the house says no. `code` is stable; `field` names the input at fault where there is one."""

    def __init__(self, code: str, message: str = "", *, field: str = "") -> None:
        super().__init__(message or code)
        self.code = code
        self.field = field

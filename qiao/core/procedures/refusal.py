"""What a person is told when a step cannot be taken."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):
    """The step was not taken, and nothing changed. Its text is for the person who asked."""

    def __init__(self, message: str | Promise) -> None:
        self.message = message
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)

"""Addresses that need no sign-in: nobody can guess one, and each says no more than the number it was made for."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.http import Http404

SCREEN, DOOR, VISITOR = "fair-screen", "fair-door", "fair-visitor"


def made(purpose: str, number: int) -> str:
    return Signer(salt=f"qiao.fairs.{purpose}").sign(str(number)).replace(":", ".")


def read(purpose: str, token: str) -> int:
    """The number of the fair or visitor. Raises Http404."""
    try:
        return int(Signer(salt=f"qiao.fairs.{purpose}").unsign(":".join(token.split(".", 1))))
    except (BadSignature, ValueError):
        raise Http404 from None

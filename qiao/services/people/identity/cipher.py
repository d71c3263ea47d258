"""Identity numbers at rest: SM4-GCM (GB/T 32907) for the number, HMAC-SM3 (GB/T 32905) as its blind index."""

from __future__ import annotations

import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

NONCE = 12
TAG = 16


class Unreadable(ValueError):
    """The stored number was not encrypted with this instance's key."""


@cache
def _key(purpose: bytes) -> bytes:
    mac = hmac.HMAC(bytes.fromhex(settings.PERSONAL_DATA_KEY), hashes.SM3())
    mac.update(purpose)
    return mac.finalize()


@cache
def _block_cipher() -> algorithms.SM4:
    return algorithms.SM4(_key(b"cipher")[:16])


@cache
def _mac(purpose: bytes) -> hmac.HMAC:
    return hmac.HMAC(_key(purpose), hashes.SM3())


def keyed_hash(purpose: bytes, text: str) -> bytes:
    """32 bytes that are equal for equal texts and say nothing to whoever lacks the key."""
    mac = _mac(purpose).copy()
    mac.update(text.encode())
    return mac.finalize()


def encrypt(number: str) -> bytes:
    """Nonce, cipher text and tag in one value."""
    nonce = os.urandom(NONCE)
    encryptor = Cipher(_block_cipher(), modes.GCM(nonce)).encryptor()
    return nonce + encryptor.update(number.encode()) + encryptor.finalize() + encryptor.tag


def decrypt(stored: bytes | memoryview) -> str:
    """Raises Unreadable."""
    data = bytes(stored)
    nonce, body, tag = data[:NONCE], data[NONCE:-TAG], data[-TAG:]
    decryptor = Cipher(_block_cipher(), modes.GCM(nonce, tag)).decryptor()
    try:
        return (decryptor.update(body) + decryptor.finalize()).decode()
    except InvalidTag as error:
        raise Unreadable("identity number") from error


def blind_index(number: str) -> bytes:
    """The exact look-up key of a number."""
    return keyed_hash(b"identity", number)

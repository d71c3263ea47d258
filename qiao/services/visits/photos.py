"""A photo that came with a visit: only what is a picture, written anew without what a camera hides in it."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = "JPEG", "PNG", "WEBP"
PIXELS = 60_000_000
EDGE = 1600
QUALITY = 80
BROKEN = OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError, EOFError


def keep(upload: UploadedFile, megabytes: int) -> str:
    """Stores a picture as JPEG of at most 1600 pixels an edge and returns the SHA-256 of what is stored.

    Raises ValidationError when the file is too large, is no picture, or cannot be stored.
    """
    if (upload.size or 0) > megabytes * 2**20:
        raise ValidationError(
            _("The photo is larger than %(limit)d MB. Take it at a lower resolution.") % {"limit": megabytes}
        )
    data = _written_anew(upload)
    digest = hashlib.sha256(data).hexdigest()
    folder = Path(settings.MEDIA_ROOT) / "photos"
    partial = folder / f".{os.getpid()}-{os.urandom(6).hex()}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(partial, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(data)
        partial.replace(folder / digest)
    except OSError as error:
        raise ValidationError(
            _(
                "The photo could not be stored (%(why)s). Save the visit without it, and tell the administrator."
            )
            % {"why": error.strerror or error}
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return digest


def load(digest: str) -> bytes | None:
    """The picture; None when it is gone or is not what was stored."""
    try:
        data = (Path(settings.MEDIA_ROOT) / "photos" / digest).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == digest else None


def _written_anew(upload: UploadedFile) -> bytes:
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > PIXELS:
                raise ValidationError(_("The photo has too many pixels. Take it at a lower resolution."))
            picture.draft("RGB", (EDGE, EDGE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((EDGE, EDGE))
            out = io.BytesIO()
            upright.save(out, "JPEG", quality=QUALITY, optimize=True)
            return out.getvalue()
    except BROKEN as error:
        raise ValidationError(
            _("This is not a photo that can be read. Choose a JPEG, PNG or WebP picture.")
        ) from error

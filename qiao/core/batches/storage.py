"""The uploaded file, kept as it came: named by its content, readable by the service alone."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from qiao.core.batches.models import SourceFile
from qiao.core.intake import MAX_BYTES
from qiao.core.procedures.refusal import Refused


def keep(name: str, chunks: Iterable[bytes]) -> SourceFile:
    """Writes the upload to disk while hashing it. Raises Refused when it is too large or the disk is full."""
    folder = Path(settings.MEDIA_ROOT) / "rosters"
    digest, size = hashlib.sha256(), 0
    partial = folder / f".{os.getpid()}-{os.urandom(6).hex()}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(partial, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            for chunk in chunks:
                size += len(chunk)
                if size > MAX_BYTES:
                    raise Refused(
                        _(
                            "The file is larger than %(limit)d MB. "
                            "Split it, or remove pictures and empty rows."
                        )
                        % {"limit": MAX_BYTES // 2**20}
                    )
                digest.update(chunk)
                file.write(chunk)
        path = folder / digest.hexdigest()
        partial.replace(path)
    except OSError as error:
        raise Refused(
            _(
                "The file could not be stored (%(why)s). Nothing was imported. "
                "Tell the administrator, then try again."
            )
            % {"why": error.strerror or error}
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return SourceFile.objects.create(sha256=digest.hexdigest(), name=name[-200:], size=size, path=str(path))


def load(file: SourceFile) -> bytes:
    """Raises Refused when the stored file is gone or is no longer what came."""
    try:
        data = Path(file.path).read_bytes()
    except OSError as error:
        raise Refused(_("The stored file %(name)s cannot be read any more.") % {"name": file.name}) from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise Refused(
            _("The stored file %(name)s has been altered; it is not imported.") % {"name": file.name}
        )
    return data

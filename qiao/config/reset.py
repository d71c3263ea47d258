"""Begin anew: delete all that this instance keeps in its folder, after asking.

A database named by DATABASE_URL is not touched. Exit codes: 0 deleted; 1 not deleted.
"""

from __future__ import annotations

import argparse
import shutil
import sys

from qiao.config import database
from qiao.config.cluster import Cluster


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="qiao reset", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    sure = parser.parse_args(arguments).yes
    folder = database.var()
    if not folder.exists():
        sys.stdout.write(f"There is nothing to delete: {folder} does not exist.\n")
        return 0
    if not (folder / "keys").is_dir():
        sys.stderr.write(
            f"qiao: {folder} does not look like a folder of Qiao (it holds no keys); not deleted.\n"
        )
        return 1
    if not sure and not _agreed(f"Delete {folder} with its database, uploaded files and keys? Type yes: "):
        sys.stdout.write("Nothing was deleted.\n")
        return 1
    if not Cluster(folder / "postgres").end():
        sys.stderr.write(f"qiao: {folder} is in use; stop Qiao first (Ctrl-C where it runs).\n")
        return 1
    shutil.rmtree(folder)
    sys.stdout.write(f"{folder} is deleted.\n")
    return 0


def _agreed(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("yes", "y")
    except EOFError:
        return False

"""Message catalogues: every hand-written zh_Hans is compiled, and zh_Hant is made from it.

``qiao messages`` builds what is out of date; with ``--check`` it lists what is wrong instead.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from opencc import OpenCC

PACKAGE = Path(__file__).resolve().parents[1]
TERMS = Path(__file__).with_name("zh_hant.yml")
VERBATIM = r"%\(\w+\)[sd]|%[sd%]|\{[^{}]*\}|<[^<>]+>|&\w+;"


def catalogues(package: Path) -> Iterator[Path]:
    """The hand-written ``.po`` files."""
    yield from sorted(package.glob("**/locale/zh_Hans/LC_MESSAGES/*.po"))


def build(package: Path) -> list[Path]:
    """Compile what is older than its source. Returns the ``.mo`` files that were written."""
    written = []
    for source in catalogues(package):
        newest = max(path.stat().st_mtime for path in (source, TERMS, Path(__file__)))
        traditional = source.parents[2] / "zh_Hant" / "LC_MESSAGES" / source.name
        targets = [source.with_suffix(".mo"), traditional.with_suffix(".mo")]
        if all(target.exists() and target.stat().st_mtime > newest for target in targets):
            continue
        catalogue = read(source)
        _write(targets[0], catalogue, compiled=True)
        convert(catalogue)
        _write(traditional, catalogue, compiled=False)
        _write(targets[1], catalogue, compiled=True)
        written += targets
    return written


def read(source: Path) -> Catalog:
    with source.open("rb") as file:
        try:
            return read_po(file, locale="zh_Hans", domain=source.stem, abort_invalid=True)
        except (PoFileError, ValueError) as error:
            raise ValueError(f"{source}: {error}") from error


def convert(catalogue: Catalog) -> None:
    """Turn a Simplified catalogue into a Traditional one, in place."""
    for message in catalogue:
        if isinstance(message.string, str):
            message.string = to_traditional(message.string)
        else:
            message.string = tuple(to_traditional(text) for text in message.string or ())


def to_traditional(text: str) -> str:
    """``text`` in Traditional Chinese. Placeholders and tags stay as they are."""
    splitter, phrases, characters, converter = _tables()
    parts = splitter.split(text)
    return "".join(
        (phrases.get(part, part) if odd else converter.convert(part).translate(characters))
        for odd, part in ((number % 2, part) for number, part in enumerate(parts))
    )


@cache
def _tables() -> tuple[re.Pattern[str], dict[str, str], dict[int, str], OpenCC]:
    table = yaml.safe_load(TERMS.read_text(encoding="utf-8"))
    phrases = table["phrases"]
    longest_first = sorted(map(re.escape, phrases), key=len, reverse=True)
    splitter = re.compile(f"({'|'.join([VERBATIM, *longest_first])})")
    return splitter, phrases, str.maketrans(table["characters"]), OpenCC("s2hk")


def _write(target: Path, catalogue: Catalog, *, compiled: bool) -> None:
    """Whole or not at all: a server that starts meanwhile never reads half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()
    (write_mo if compiled else write_po)(content, catalogue)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.write_bytes(content.getvalue())
    draft.replace(target)


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0: built, or nothing wrong; 1: ``--check`` found something."""
    parser = argparse.ArgumentParser(prog="qiao messages", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="list missing, fuzzy and conflicting translations"
    )
    if parser.parse_args(arguments).check:
        from qiao.config.wording import problems

        found = [line.replace(f"{PACKAGE.parent}/", "") for line in problems(PACKAGE)]
        sys.stdout.writelines(f"{line}\n" for line in found)
        return 1 if found else 0
    try:
        written = build(PACKAGE)
    except ValueError as error:
        sys.exit(f"qiao messages: {error}")
    if written:
        sys.stdout.write(f"Compiled {len(written)} message catalogues.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

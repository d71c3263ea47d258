"""Give occupation codes (classification of 2022) to job titles, one a line.

  qiao occupations code --top 5 < titles.txt

Reads titles from standard input and prints one line for each, also for an empty one: its codes parted by tabs, best
first, or nothing where the title says nothing. With --json each line is a list with code, name and confidence.
Exit codes: 0 done; 1 the input is not in the encoding said, nothing is printed; 2 wrong use.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys

TOP = 5


def main(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    try:
        titles = _lines(sys.stdin.buffer.read(), options.encoding)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        sys.stderr.write(
            f"qiao: line {line} of the input is not {error.encoding}; save it as UTF-8, or name its encoding:"
            " --encoding gb18030\n"
        )
        return 1
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    try:
        _print(titles, options.top, options.json)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _print(titles: list[str], top: int, as_json: bool) -> None:
    from qiao.engines.occupations.coder import coder
    from qiao.engines.occupations.tree import tree

    reader = coder()
    for title in titles:
        found = reader.guess(title, top=top)
        if as_json:
            said = [
                {"code": one.code, "name": tree().name(one.code), "confidence": round(one.confidence, 3)}
                for one in found
            ]
            line = json.dumps(said, ensure_ascii=False)
        else:
            line = "\t".join(one.code for one in found)
        sys.stdout.write(f"{line}\n")


def _lines(data: bytes, encoding: str) -> list[str]:
    """Lines end at a line feed alone, so that no other sign in a title makes two lines of it."""
    text = data.decode(encoding).removeprefix("\ufeff")
    return text.removesuffix("\n").split("\n") if text else []


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="qiao occupations", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(metavar="code", required=True)
    code = verbs.add_parser("code", help="give codes to the titles on standard input")
    code.add_argument(
        "--top", type=int, choices=range(1, TOP + 1), default=TOP, help="codes a title (default 5)"
    )
    code.add_argument("--json", action="store_true", help="print code, name and confidence as JSON")
    code.add_argument("--encoding", type=_encoding, default="utf-8", help="of the input (default UTF-8)")
    return parser


def _encoding(name: str) -> str:
    try:
        return io.TextIOWrapper(io.BytesIO(), encoding=name).encoding
    except LookupError:
        raise argparse.ArgumentTypeError(
            f"no encoding of text is called {name!r}; try utf-8 or gb18030"
        ) from None

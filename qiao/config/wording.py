"""What is wrong with the wording of a package: untranslated, unsure, contradictory, or hard-coded."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from qiao.config.messages import catalogues, read

KEYWORDS: Any = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
Key = tuple[str | None, str]


def problems(package: Path) -> Iterator[str]:
    """One line for each thing to mend, beginning with the place where it is."""
    translated: dict[Key, tuple[str, Path]] = {}
    for source in catalogues(package):
        for message in read(source):
            if message.id:
                yield from _unsound(message, source)
                key = (message.context, _singular(message))
                text = _forms(message)[0]
                known, where = translated.setdefault(key, (text, source))
                if known != text:
                    yield f"{source}: {key[1]!r} is {text}, but {known} in {where}"
    for file, line, key in used(package):
        if key not in translated:
            yield f"{file}:{line}: {key[1]!r} has no translation"
    yield from hard_coded(package)


def used(package: Path) -> Iterator[tuple[Path, int, Key]]:
    """Every message of the code and the templates: file, line, (context, message)."""
    for file in _sources(package):
        text = file.read_text(encoding="utf-8")
        code = text if file.suffix == ".py" else f"({templatize(text, origin=str(file))})"
        for line, found, _, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            yield file, line, (context, found if isinstance(found, str) else found[0])


def hard_coded(package: Path) -> Iterator[str]:
    """Chinese words in code or templates; docstrings and comments may quote them."""
    for file in _sources(package):
        text = file.read_text(encoding="utf-8")
        for line, piece in _strings(text) if file.suffix == ".py" else enumerate(text.splitlines(), 1):
            if HAN.search(piece):
                yield f"{file}:{line}: Chinese text belongs in a catalogue or data file: {piece.strip()[:60]}"


def _sources(package: Path) -> Iterator[Path]:
    for pattern in ("**/*.py", "**/templates/**/*.html", "**/templates/**/*.txt"):
        yield from sorted(file for file in package.glob(pattern) if file.is_file())


def _unsound(message: Message, source: Path) -> Iterator[str]:
    forms = _forms(message)
    if message.fuzzy:
        yield f"{source}: {_singular(message)!r} is fuzzy"
    if not all(forms):
        yield f"{source}: {_singular(message)!r} is empty"
        return
    wanted = set(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[-1]))
    for form in forms:
        if set(PLACEHOLDER.findall(form)) != wanted:
            yield f"{source}: {form!r} must hold {', '.join(sorted(wanted)) or 'no placeholder'}"


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _strings(code: str) -> Iterator[tuple[int, str]]:
    """The string literals as they are written (an escape stays an escape), without docstrings."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        (node.body[0].lineno, node.body[0].col_offset)
        for node in ast.walk(ast.parse(code))
        if isinstance(node, holders) and ast.get_docstring(node)
    }
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.STRING and token.start not in docstrings:
            yield token.start[0], token.string

"""The command ``qiao``: Django's management utility, Qiao's own commands first, failures in plain words."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

from qiao.config import database, messages, occupations, reset

FIRST = ("serve", "worker", "migrate", "import", "figures", "demo")
OUTSIDE_DJANGO = {"messages": messages, "occupations": occupations, "reset": reset}
NO_DATABASE = "postgres://nobody@127.0.0.1:1/none"
EXIT_CODES = """Exit codes: 0 done; 1 refused or failed, the message says why; 2 wrong use;
3 no usable database; 130 and 143 stopped from outside. A command's --help names its own.
"""


def main() -> int | None:
    """Run the command in ``sys.argv``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qiao.config.settings")
    name, *arguments = sys.argv[1:] or ["--help"]
    if name in OUTSIDE_DJANGO:
        return OUTSIDE_DJANGO[name].main(arguments)
    if wants_words_only(name, arguments):
        os.environ["DATABASE_URL"] = NO_DATABASE
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _leave)
    try:
        if name in ("--help", "-h", "help") and not arguments:
            sys.stdout.write(overview())
            return 0
        return run()
    except database.DatabaseUnavailable as error:
        return complain(str(error), 3)
    except KeyboardInterrupt:
        return 130


def wants_words_only(name: str, arguments: list[str]) -> bool:
    """Help and version need no database, so none is started for them."""
    return name in ("--help", "-h", "help", "--version", "version") or bool({"--help", "-h"} & {*arguments})


def run() -> int | None:
    if (url := os.environ.get("DATABASE_URL", "").strip()) and url != NO_DATABASE:
        database.check(url)
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    try:
        execute_from_command_line(["qiao", *sys.argv[1:]])
    except OperationalError as error:
        return complain(f"The database does not answer any more: {_first_line(error)}.", 3)
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") != "42P01":
            raise
        return complain("The database is empty or of an earlier version; run: qiao migrate", 3)
    return 0


def overview() -> str:
    """The first page of help: one line for each command, Qiao's own at the top."""
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    apps = get_commands()
    own = {name for name, app in apps.items() if str(app).startswith("qiao.")} | {"migrate"}
    lines = {name: _first_line(load_command_class(apps[name], name).help) for name in own}
    lines |= {name: _first_line(module.__doc__) for name, module in OUTSIDE_DJANGO.items()}
    order = sorted(lines, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))
    listed = "".join(f"  {name:<14} {lines[name]}\n" for name in order)
    others = " ".join(sorted(set(apps) - own))
    return (
        "usage: qiao COMMAND [options]     qiao COMMAND --help explains one command\n\n"
        f"{listed}\n{EXIT_CODES}\nDjango's own commands: {others}\n"
    )


def complain(sentence: str, code: int) -> int:
    sys.stderr.write(f"qiao: {sentence}\n")
    return code


def _first_line(text: object) -> str:
    return next((line.strip().rstrip(".") for line in str(text).splitlines() if line.strip()), "")


def _leave(sign: int, _: object) -> NoReturn:
    """End as after the last line, so that whatever was started is stopped too."""
    sys.exit(128 + sign)


if __name__ == "__main__":
    sys.exit(main())

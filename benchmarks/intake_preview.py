"""Reading, understanding and cleaning of rosters: seconds and rows a second of CPU, wall time, peak memory.

    python benchmarks/intake_preview.py [--rows 100000]

Each line runs in a process of its own, so that its peak memory is its own. People are invented.
"""

import argparse
import io
import multiprocessing
import random
import resource
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlsxwriter

from qiao.core.intake import Context, Kind, Vocabulary, clean, read_workbook, survey
from qiao.core.intake.values.id_numbers import check_digit
from qiao.core.intake.words import WORDS

VOCABULARY = Path(__file__).parents[1] / "qiao/services/people/vocabulary.yml"
COLUMNS = [
    "seq",
    "name",
    "sex",
    "birth",
    "id_number",
    "education",
    "party",
    "hukou_kind",
    "address",
    "phone",
    "kind",
    "certificate_no",
    "former_unit",
    "unemployed_since",
    "low_income",
]
AS_OF = date(2006, 8, 31)


def roster(rows: int, messy: float, seed: int = 2006) -> bytes:
    """An xlsx of `rows` people and 15 columns; `messy` is the share of cells written in an odd way."""
    chance, vocabulary = random.Random(seed), Vocabulary.load(VOCABULARY)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [vocabulary.fields["community"].aliases[0]])
    for column, code in enumerate(COLUMNS):
        sheet.write(1, column, vocabulary.fields[code].aliases[0])
    for number in range(rows):
        person = _person(number, chance, vocabulary)
        sheet.write_row(
            number + 2,
            0,
            [_odd(person[c], c, chance) if chance.random() < messy else person[c] for c in COLUMNS],
        )
    book.close()
    return out.getvalue()


def _person(number: int, chance: random.Random, vocabulary: Vocabulary) -> dict[str, Any]:
    born = date(chance.randint(1946, 1988), chance.randint(1, 12), chance.randint(1, 28))
    first17 = f"130103{born:%Y%m%d}{chance.randint(1, 999):03}"
    words = {
        code: chance.choice(chance.choice([w for w in field.choices.values() if w]))
        for code, field in vocabulary.fields.items()
        if field.kind is Kind.CHOICE
    }
    given = "".join(_han(chance) for _ in range(chance.choice((1, 2))))
    return {
        **words,
        "seq": number + 1,
        "name": chance.choice(WORDS["surnames"]) + given,
        "sex": vocabulary.fields["sex"].choices["male" if int(first17[-1]) % 2 else "female"][0],
        "birth": f"{born:%Y.%m.%d}" if chance.random() < 0.5 else f"{born:%Y-%m}",
        "id_number": first17 + check_digit(first17),
        "address": f"{_han(chance) * 3}{chance.randint(1, 200)}-{chance.randint(101, 602)}",
        "phone": f"{chance.choice(('139', '0311-86'))}{chance.randint(0, 99_999_999):08}"[:13],
        "certificate_no": f"130103{number:08}",
        "former_unit": chr(0x4E00 + number % 300) * 4,
        "unemployed_since": f"{chance.randint(1996, 2006)}.{chance.randint(1, 12)}",
        "low_income": chance.choice(WORDS["affirm"][:2] + WORDS["deny"][:2]),
    }  # fmt: skip


def _han(chance: random.Random) -> str:
    return chr(chance.randint(0x4E00, 0x9FA5))


def _odd(value: Any, code: str, chance: random.Random) -> Any:
    """The value as people mistype, decorate or lose it."""
    if code == "id_number":
        return chance.choice(
            [
                value[:6] + value[8:17],
                f"'{value}",
                f" {value[:6]} {value[6:]}",
                float(value[:17]) * 10,
                value[:-1] + "Y",
            ]
        )
    if code == "phone":
        return chance.choice([f"{value[:3]} {value[3:]}", f"{value}/{value}", value[:-2], f"86{value}"])
    if code in ("birth", "unemployed_since"):
        return chance.choice(
            [value[2:], value.replace(".", "/"), 38000, f"{value}{WORDS['date']['vague'][0]}"]
        )
    if code == "name":
        return chance.choice([" ".join(value), f"{value}({chance.randint(1, 9)})", value])
    if code in ("education", "kind", "address"):
        return chance.choice([WORDS["ditto"][0], f"{value} ", f"{value}?"])
    return f" {value}\n" if isinstance(value, str) else value


def write(file: Path, rows: int, messy: float) -> None:
    file.write_bytes(roster(rows, messy))


def measure(file: Path) -> tuple[list[float], float, int, int]:
    """CPU seconds to read, understand and clean; seconds of wall time in all; rows; peak memory in MB."""
    vocabulary = Vocabulary.load(VOCABULARY)
    started, clock = time.perf_counter(), [time.process_time()]
    workbook = read_workbook(file.read_bytes(), file.name)
    clock.append(time.process_time())
    reading = survey(workbook, vocabulary)[0]
    clock.append(time.process_time())
    count = sum(1 for _ in clean(workbook.sheets[0], reading, vocabulary, Context(AS_OF)))
    clock.append(time.process_time())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return [after - before for before, after in pairwise(clock)], time.perf_counter() - started, count, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    cases = ((rows, 0.0), (rows, 0.03), (5_000, 0.10))
    heads = ("rows", "odd cells", "read CPU s", "understand", "clean", "rows/s of CPU", "wall s", "peak MB")
    print(" ".join(f"{head:>13}" for head in heads))
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for size, messy in cases:
            file = Path(folder, f"{size}-{messy}.xlsx")
            with context.Pool(1) as pool:
                pool.apply(write, (file, size, messy))
            with context.Pool(1) as pool:
                spent, wall, count, peak = pool.apply(measure, (file,))
            figures = [f"{seconds:.2f}" for seconds in spent] + [
                f"{count / spent[-1]:,.0f}",
                f"{wall:.2f}",
                f"{peak}",
            ]
            print(" ".join(f"{cell:>13}" for cell in (f"{size:,}", f"{messy:.0%}", *figures)), flush=True)


if __name__ == "__main__":
    main()

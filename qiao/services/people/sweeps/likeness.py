"""How likely two records are one person: splink on DuckDB, with weights that are stated, not learnt.

Each level gives the share of true pairs (m) and of random pairs (u) in which it is seen. The figures are
estimates for a district of Chinese rosters; nothing is trained, so nothing depends on chance.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

COLUMNS = {
    "id": "int64",
    "name": "string",
    "sound": "string",
    "sex": "string",
    "birth": "string",
    "birth_precision": "int16",
    "phone": "string",
    "number": "string",
    "address": "string",
    "household": "int64",
}
PRIOR = 1e-4

LEVELS: dict[str, Sequence[tuple[str, float, float]]] = {
    "name": (
        ("name_l = name_r", 0.90, 0.002),
        ("sound_l = sound_r", 0.05, 0.002),
        ("length(name_l) > 2 AND damerau_levenshtein(name_l, name_r) = 1", 0.04, 0.005),
        ("ELSE", 0.01, 0.991),
    ),
    "birth": (
        ("birth_l IS NULL OR birth_r IS NULL", 0, 0),
        ("birth_l = birth_r AND birth_precision_l = 3 AND birth_precision_r = 3", 0.80, 0.00005),
        (
            "least(birth_precision_l, birth_precision_r) < 3 AND left(birth_l, 4) = left(birth_r, 4)",
            0.10,
            0.02,
        ),
        ("damerau_levenshtein(birth_l, birth_r) = 1", 0.07, 0.002),
        ("ELSE", 0.03, 0.97795),
    ),
    "sex": (
        ("sex_l = '' OR sex_r = ''", 0, 0),
        ("sex_l = sex_r", 0.99, 0.5),
        ("ELSE", 0.01, 0.5),
    ),
    "phone": (
        ("phone_l IS NULL OR phone_r IS NULL", 0, 0),
        ("phone_l = phone_r", 0.60, 0.0001),
        ("damerau_levenshtein(phone_l, phone_r) = 1", 0.10, 0.0003),
        ("ELSE", 0.30, 0.9996),
    ),
    "number": (
        ("number_l IS NULL OR number_r IS NULL", 0, 0),
        ("number_l = number_r", 0.95, 0.0000001),
        ("ELSE", 0.05, 0.9999999),
    ),
    "home": (
        ("(address_l IS NULL OR address_r IS NULL) AND (household_l IS NULL OR household_r IS NULL)", 0, 0),
        ("household_l = household_r", 0.30, 0.005),
        ("address_l = address_r", 0.30, 0.005),
        ("ELSE", 0.40, 0.99),
    ),
}

BLOCKS = (
    "l.sound = r.sound",
    "l.phone = r.phone",
    "l.birth = r.birth AND l.sex = r.sex AND left(l.name, 1) = left(r.name, 1)",
)


def pairs(rows: Sequence[Sequence[Any]], threshold: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of ids and the likelihood of each, from `threshold` (0 to 1) on. `rows` hold COLUMNS in order."""
    import duckdb
    import pyarrow as arrow
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    columns = [
        arrow.array(values, arrow.type_for_alias(kind))
        for kind, values in zip(COLUMNS.values(), zip(*rows, strict=True), strict=True)
    ]
    with duckdb.connect() as database:
        engine = DuckDBAPI(connection=database)
        linker = Linker(
            engine.register(arrow.table(columns, list(COLUMNS))), _settings(), log_level=logging.ERROR
        )
        found = linker.inference.predict(threshold_match_probability=threshold)
        query = f"SELECT id_l, id_r, match_probability FROM {found.physical_name} ORDER BY 1, 2"
        yield from database.execute(query).fetchall()


def _settings() -> Any:
    import splink.comparison_level_library as level
    import splink.comparison_library as comparison
    from splink import SettingsCreator

    def one(condition: str, m: float, u: float) -> Any:
        if condition == "ELSE":
            return level.ElseLevel().configure(m_probability=m, u_probability=u)
        made = level.CustomLevel(condition, condition)
        return (
            made.configure(is_null_level=True)
            if m == u == 0
            else made.configure(m_probability=m, u_probability=u)
        )

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        probability_two_random_records_match=PRIOR,
        comparisons=[
            comparison.CustomComparison(
                output_column_name=name, comparison_levels=[one(*each) for each in levels]
            )
            for name, levels in LEVELS.items()
        ],
        blocking_rules_to_generate_predictions=[*BLOCKS],  # type: ignore[list-item]
    )

"""The database notes whose facts changed, once per statement, whoever wrote them: form, COPY or job.

The triggers are derived from the declarations and laid after every migrate. Their statement is planned anew each time:
a plan kept from the update of one row compares each changed row with each when many are changed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import connection
from django.db.models import Model

from qiao.core.indicators import registry
from qiao.core.indicators.columns import read_by

BEGINNING = "DATE '0001-01-01'"

FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    EXECUTE $touched${write}$touched$;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS {name} ON {table};
CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""

WRITE = """
    WITH changed AS MATERIALIZED (
        SELECT region_id, subject, min(since) AS since FROM ({rows}) AS r GROUP BY 1, 2)
    INSERT INTO indicators_touched (region, since)
    SELECT region, min(since) FROM ({touched}) AS t GROUP BY 1 ORDER BY 1;
"""


def watched() -> dict[type[Model], set[str]]:
    """The columns on which figures depend, by the model that holds them."""
    found: dict[type[Model], set[str]] = defaultdict(set)
    for tally in registry.tallies().values():
        for model, columns in read_by(tally).items():
            found[model] |= columns
    return found


def counted() -> list[type[Model]]:
    """The models whose records are counted."""
    return sorted({tally.model for tally in registry.tallies().values()}, key=lambda model: model._meta.label)


def trigger_sql(model: type[Model], columns: set[str]) -> str:
    """The statement-level triggers of a model. An update that changes no watched column touches nothing."""
    quote = connection.ops.quote_name
    table, watch = model._meta.db_table, registry.watch_of(model)

    def row(alias: str) -> str:
        begins = ", ".join(f"{alias}.{quote(column)}" for column in watch.begins)
        since = f"COALESCE(LEAST({begins}), {BEGINNING})" if begins else BEGINNING
        subject = f"{alias}.{quote(watch.subject)}" if watch.subject else "NULL::bigint"
        return f"SELECT {alias}.region_id, {subject} AS subject, {since} AS since"

    def values(alias: str) -> str:
        return ", ".join(f"{alias}.{quote(column)}" for column in sorted(columns))

    both = "FROM before AS b JOIN written AS w USING (id)"
    differing = f"{both} WHERE ({values('b')}) IS DISTINCT FROM ({values('w')})"
    events = {
        "insert": ("NEW TABLE AS written", f"{row('w')} FROM written AS w"),
        "delete": ("OLD TABLE AS written", f"{row('w')} FROM written AS w"),
        "update": (
            "OLD TABLE AS before NEW TABLE AS written",
            f"{row('b')} {differing} UNION ALL {row('w')} {differing}",
        ),
    }
    return "".join(
        FUNCTION.format(
            name=f"figures_{table}_{event}",
            table=quote(table),
            event=event.upper(),
            tables=tables,
            write=WRITE.format(rows=rows, touched=_touched(model, event)),
        )
        for event, (tables, rows) in events.items()
    )


def _touched(model: type[Model], event: str) -> str:
    """The record's own region, and each region that counts another record of the same subject."""
    parts = ["SELECT region_id AS region, since FROM changed"]
    mine = registry.watch_of(model).subject
    fresh = event == "insert" and mine == "id"
    for other in counted() if mine and not fresh else []:
        watch = registry.watch_of(other)
        parts += [
            f'SELECT o.region_id, c.since FROM changed AS c JOIN "{other._meta.db_table}" AS o '
            f'ON o."{column}" = c.subject WHERE o.region_id <> c.region_id'
            for column in (watch.subject, *watch.heeds)
            if column and _named(other, column) is _named(model, mine)
        ]
    return " UNION ALL ".join(parts)


def _named(model: type[Model], column: str) -> Any:
    """The model whose records a column names."""
    return model if column == "id" else model._meta.get_field(column.removesuffix("_id")).related_model


def lay_triggers(**_: Any) -> None:
    """Safe to repeat."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model, columns in watched().items():
            if model._meta.db_table in present:
                cursor.execute(trigger_sql(model, columns))

"""The index of search keys takes in many new rows on a second connection, while the first writes the rest.

Such an index (GIN) keeps new keys in a list and sorts them in when the list is full, in the middle of
whoever writes then. The entries of a transaction that fails point at nothing, as always.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection

PAUSE = 0.3
LIST = "256MB"
TAKE_IN = "SELECT gin_clean_pending_list(%s::regclass)"


@contextmanager
def indexed_beside(index: str) -> Iterator[None]:
    """Within a transaction. When the block ends, the index holds every key."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL gin_pending_list_limit = '{LIST}'")
        ended = threading.Event()
        helper = threading.Thread(target=_take_in, args=(index, ended), daemon=True)
        helper.start()
        try:
            yield
        finally:
            ended.set()
            helper.join()
        cursor.execute(TAKE_IN, [index])


def _take_in(index: str, ended: threading.Event) -> None:
    """Help that does not come, for want of a connection, only costs time."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '128MB'")
            while not ended.wait(PAUSE):
                cursor.execute(TAKE_IN, [index])
    except Error:
        pass
    finally:
        connection.close()

"""Numbers written in PostgreSQL's own format come back as they were."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from qiao.services.matching.binary import copied

WIDTHS = (8, 2, 4)
LINES = st.lists(
    st.tuples(*(st.integers(-(1 << (8 * width - 1)), (1 << (8 * width - 1)) - 1) for width in WIDTHS)),
    max_size=20,
)


@pytest.mark.django_db
def test_postgresql_reads_what_is_written():
    @given(LINES)
    def comes_back(lines):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE told (a bigint, b smallint, c integer) ON COMMIT DROP")
            with cursor.copy("COPY told FROM STDIN (FORMAT binary)") as copy:
                copy.write(copied(np.array(lines, np.int64).reshape(-1, len(WIDTHS)), WIDTHS))
            cursor.execute("SELECT * FROM told")
            assert sorted(cursor.fetchall()) == sorted(lines)
            cursor.execute("DROP TABLE told")

    comes_back()


def test_a_number_too_large_is_refused():
    with pytest.raises(OverflowError, match="column 1"):
        copied(np.array([[1, 1 << 15, 1]]), WIDTHS)

"""The middle of many values, worked out by the database."""

from __future__ import annotations

from django.db.models import Aggregate


class Median(Aggregate):
    """Half of the values lie below; those not recorded are left out."""

    name = "median"
    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    allow_distinct = False

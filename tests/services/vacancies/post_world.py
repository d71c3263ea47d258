"""Employers, posts and people to bring together, in the district of `case_world`."""

from __future__ import annotations

from datetime import date
from typing import Any

from case_world import HERE, TODAY

from qiao.services.employers.api import Employer
from qiao.services.vacancies.models import Post


def employer(name: str = "北人集团", region: int = HERE, **facts: Any) -> Employer:
    verified = {"verification": "verified", "verified_on": date(2006, 1, 1)}
    return Employer.objects.create(name=name, region_id=region, **{**verified, **facts})


def post(title: str = "保洁员", region: int = HERE, **facts: Any) -> Post:
    at = facts.pop("employer", None) or employer(region=region)
    made = {"opened_on": TODAY, "state": "published", "checked_on": TODAY, "published_on": TODAY}
    made |= {"pay_from_fen": 80000, "pay_unit": "month", "openings": 1, **facts}
    found: Post = Post.objects.create(title=title, region_id=region, employer=at, **made)
    found.refresh_from_db()
    return found

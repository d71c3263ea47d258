"""Which certificates a person holds by having passed a course."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F
from django.db.models.functions import JSONObject

from qiao.engines.occupations import tree
from qiao.services.training.choices import Certificate, Result
from qiao.services.training.models import Enrolment


def certified_in(resident: Any) -> Any:
    """For an annotation: the courses whose certificate the resident of an outer query holds, for `leads_to`."""
    passed = Enrolment.objects.filter(resident=resident, result=Result.PASSED).exclude(
        training_class__course__certificate__in=("", Certificate.NONE)
    )
    course = F("training_class__course__title"), F("training_class__course__occupation_code")
    return ArraySubquery(passed.order_by("pk").values(course=JSONObject(title=course[0], code=course[1])))


def leads_to(course: Mapping[str, str], certificate: str) -> bool:
    """Whether the course, or the occupation it teaches, is what a certificate asked for by name is about."""
    about = subject(certificate)
    occupation = tree().get(course["code"])
    return about in course["title"] or (occupation is not None and about in occupation.name)


@cache
def subject(certificate: str) -> str:
    """The name of a certificate without the words that every certificate has."""
    for word in _papers():
        if certificate.endswith(word) and certificate != word:
            return certificate.removesuffix(word)
    return certificate


@cache
def _papers() -> tuple[str, ...]:
    text = (files("qiao.services.training") / "certificates.yml").read_text("utf-8")
    return tuple(yaml.safe_load(text)["papers"])

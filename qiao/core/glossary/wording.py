"""Words kept as data in English and simplified Chinese, read in the language of the moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.utils.translation import get_language

from qiao.config.messages import to_traditional


@cache
def traditional(text: str) -> str:
    return to_traditional(text)


@dataclass(frozen=True, slots=True)
class Words:
    en: str = ""
    zh: str = ""

    @classmethod
    def read(cls, entry: Mapping[str, str] | None) -> Words:
        return cls(**{language: " ".join(text.split()) for language, text in (entry or {}).items()})

    def __str__(self) -> str:
        language = get_language() or "zh-hans"
        if language.startswith("en"):
            return self.en or self.zh
        text = self.zh or self.en
        return traditional(text) if language == "zh-hant" else text

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def spoken(self) -> tuple[str, str, str]:
        """The words in every language."""
        return self.en, self.zh, traditional(self.zh)

    def __contains__(self, text: str) -> bool:
        """Whether a text, in lower case, occurs in either language or in traditional characters."""
        return any(text in said.lower() for said in self.spoken())


def files(name: str) -> list[Path]:
    """The data file of that name in each installed app that has one."""
    found = (Path(config.path) / name for config in apps.get_app_configs())
    return [path for path in found if path.exists()]


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))

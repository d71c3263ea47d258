"""A clerk of another street walks through every door of the site and finds nothing of a person here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver
from far_street import MARKS, NUMBER, PHONE, fill
from ledger_world import DISTRICT, ELSEWHERE, HERE, browser

from qiao.core.records.models import Record

OUTSIDE = ("accounts/", "static/", "__debug__")
SHARES = 4  # of the doors: each a test of its own, so that workers share the walk
UNSAFE = {"choose_appointment", "choose_language", "choose_preference", "openapi-json"}


@pytest.fixture
def secret(db, settings, tmp_path):
    return fill(tmp_path, settings)


def doors(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from doors(entry, path)
        elif not path.startswith(OUTSIDE) and entry.name not in UNSAFE:
            yield path, entry


def names() -> dict[str, list[str]]:
    from qiao.core.duties.declaration import duties
    from qiao.core.indicators import registry as figures
    from qiao.core.ledgers.registry import ledgers
    from qiao.core.procedures.declaration import procedures
    from qiao.services.people.verbs import VERBS

    return {
        "l/": [ledger.code for ledger in ledgers()],
        "cases/": [one.code for one in procedures()],
        "duties/": [one.code for one in duties()],
        "figures/": [one.code for one in figures.indicators()][::6],
        "people/": [*VERBS, "transfer", "willingness"],
        "settings/": ["community_sheet"],
    }


def far_records() -> dict[type[Record], list[dict[str, Any]]]:
    """Every record of the far street, as it stands."""
    return {
        model: list(model.everything.filter(region=ELSEWHERE).order_by("pk").values())
        for model in apps.get_models()
        if issubclass(model, Record)
    }


def ids() -> list[int]:
    """The numbers that any record of the far street has, whatever its kind."""
    return sorted({record["id"] for records in far_records().values() for record in records})


def addresses(
    path: str, pattern: URLPattern, known: dict[str, list[str]], numbers: list[int]
) -> Iterator[str]:
    converters = {**pattern.pattern.converters}
    words = next((codes for prefix, codes in known.items() if path.startswith(prefix)), ["x"])
    choices: dict[str, list[Any]] = {}
    for name, converter in converters.items():
        number = type(converter).__name__ == "IntConverter"
        if name == "code" and number:
            choices[name] = [ELSEWHERE]
        elif number or name == "id":
            choices[name] = numbers
        else:
            choices[name] = {
                "code": words,
                "kind": ["identity", "transfer", "willingness"],
                "key": ["id_number", "phone"],
            }.get(name, ["check", "x"])
    for values in product(*choices.values()):
        address = path
        for name, value in zip(choices, values, strict=True):
            start = address.index("<")
            end = address.index(">") + 1
            assert name in address[start:end]
            address = address[:start] + str(value) + address[end:]
        yield "/" + address


def told(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace") + str(response.headers.get("Location", ""))


@pytest.mark.long
@pytest.mark.parametrize("share", range(SHARES))
def test_every_door_shows_nothing_of_another_street(secret, caplog, share):
    caplog.set_level("ERROR")  # each of thousands of refusals would be told
    stranger = browser("stranger", "office", 130103001000)
    known, numbers = names(), ids()
    events = apps.get_model("people", "ResidentEvent").objects
    before = events.count(), far_records()
    asked = 0
    queries = (
        "",
        f"?q={PHONE[-4:]}",
        f"?q=smm&region={DISTRICT}",
        f"?owner=&by=region&tab=all&region={ELSEWHERE}",
    )
    form = {
        "row": numbers,
        "pk": numbers,
        "ids": numbers,
        "action": "delete",
        "why": "x",
        "reason": "x",
        "answer": "yes",
    }
    for path, pattern in list(doors(get_resolver()))[share::SHARES]:
        tails = queries if pattern.pattern.converters.keys() <= {"code"} else ("",)
        asks = [*(("GET", stranger.get, tail, None) for tail in tails), ("POST", stranger.post, "", form)]
        shut: set[str] = set()
        for address in addresses(path, pattern, known, numbers):
            for method, ask, tail, sent in asks:
                if method in shut:
                    continue
                response = ask(address + tail, sent)
                answer = told(response)
                asked += 1
                for mark in MARKS:
                    assert mark not in answer, f"{method} {address}{tail} shows {mark}"
                if response.status_code == 405:  # the door takes no such requests, whatever its address holds
                    shut.add(method)
    assert asked > 500
    assert (events.count(), far_records()) == before


def test_the_walk_would_find_it(secret):
    """The same doors opened by the street's own clerk do show the person."""
    pages = [
        "/",
        "/l/residents/",
        f"/l/residents/{secret['someone'].pk}/",
        "/search?q=孙秘密",
        "/cases/hardship/",
        "/import/",
    ]
    seen = [any(mark in told(secret["home"].get(page)) for mark in MARKS) for page in pages]
    assert all(seen), dict(zip(pages, seen, strict=True))


@pytest.mark.parametrize("query", ["孙秘密", "smm", PHONE[-4:], NUMBER[-4:], NUMBER, "19650505", "远方路"])
def test_search_finds_nobody_elsewhere(secret, query):
    from qiao.services.people.models import Resident

    stranger = browser("stranger", "office", 130103001000)
    assert Resident.objects.exclude(region=HERE).exists()
    answer = told(stranger.get("/search", {"q": query}))
    assert "孙秘密" not in answer.replace(query, "")

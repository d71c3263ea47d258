"""A run as bytes and back: the columns that went in, who has what, the prices, and what the other mode did. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qiao.engines.matching import (
    Distances,
    Figures,
    Gap,
    Lists,
    Market,
    Mode,
    People,
    Policy,
    Posts,
    Rule,
    Run,
    Weights,
)
from qiao.engines.matching.figures import listed
from qiao.services.matching.columns import Words
from qiao.services.matching.places import Codes

TUPLES = "kinship", "rank", "wider_commute", "lower_reserve"
OF_RUN = "post", "score", "tier", "price", "envious", "nothing", "held_by"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a mode did: the post of each person, who of them envies, in how many lists each post stands."""

    post: Codes
    envious: NDArray[np.bool_]
    listed: Codes

    @classmethod
    def of(cls, run: Run) -> Outcome:
        return cls(run.post, run.envious, listed(run.lists, len(run.price)))


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """`other` is that of the mode it is compared with; `regions` are the codes of the distances' rows and columns;
    `words` name the bits."""

    market: Market
    run: Run
    other: Outcome
    regions: Codes
    words: Words


def pack(packed: Packed) -> bytes:
    market, run = packed.market, packed.run
    columns = {f"people.{one.name}": getattr(market.people, one.name) for one in fields(People)}
    columns |= {f"posts.{one.name}": getattr(market.posts, one.name) for one in fields(Posts)}
    columns |= {f"run.{name}": getattr(run, name) for name in OF_RUN}
    columns |= {f"other.{one.name}": getattr(packed.other, one.name) for one in fields(Outcome)}
    columns |= {f"lists.{one.name}": getattr(run.lists, one.name) for one in fields(Lists)}
    columns |= {"metres": market.distances.metres, "regions": packed.regions}
    policy = market.policy
    head = {
        "mode": run.mode.value,
        "inputs": run.inputs,
        "weights": {**asdict(policy.weights), "since": policy.weights.since.isoformat()},
        "words": asdict(packed.words),
        "figures": figures_kept(run.figures),
    }
    columns["head"] = np.frombuffer(json.dumps(head).encode(), np.uint8)
    out = BytesIO()
    np.savez_compressed(out, **columns)
    return out.getvalue()


def unpack(content: bytes) -> Packed:
    with np.load(BytesIO(content), allow_pickle=False) as file:
        columns = {name: file[name] for name in file.files}
    head = json.loads(columns["head"].tobytes())
    kept = head["weights"]
    kept |= {name: tuple(kept[name]) for name in TUPLES} | {"since": date.fromisoformat(kept["since"])}
    mode, weights = Mode(head["mode"]), Weights(**kept)
    people = People(**{one.name: columns[f"people.{one.name}"] for one in fields(People)})
    posts = Posts(**{one.name: columns[f"posts.{one.name}"] for one in fields(Posts)})
    lists = Lists(**{one.name: columns[f"lists.{one.name}"] for one in fields(Lists)})
    run = Run(
        mode=mode,
        weights=weights.version,
        inputs=head["inputs"],
        lists=lists,
        figures=figures_read(head["figures"]),
        **{name: columns[f"run.{name}"] for name in OF_RUN},
    )
    other = Outcome(**{one.name: columns[f"other.{one.name}"] for one in fields(Outcome)})
    market = Market(people, posts, Distances.of(columns["metres"]), Policy(mode, weights))
    words = Words(*(tuple(head["words"][name]) for name in ("skills", "certificates")))
    return Packed(market, run, other, columns["regions"], words)


def figures_kept(figures: Figures) -> dict[str, Any]:
    """As JSON: shares as numbers, rules by name."""
    kept = asdict(replace(figures, binding={}))
    kept["binding"] = {rule.name: many for rule, many in figures.binding.items()}
    kept["gap"] = {"total": figures.gap.total, "bound": figures.gap.bound}
    kept["placed_by_tier"] = list(figures.placed_by_tier)
    return kept


def figures_read(kept: dict[str, Any]) -> Figures:
    return Figures(
        **{
            **kept,
            "gap": Gap(**kept["gap"]),
            "placed_by_tier": tuple(kept["placed_by_tier"]),
            "binding": {Rule[name]: many for name, many in kept["binding"].items()},
        }
    )

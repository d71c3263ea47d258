"""What we depend on is written down with the licence the package itself states; no lock file names a host."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = dict(
    re.findall(r"^\| (\S+) \| ([^|]+) \|", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE)
)
DIRECT = [
    re.split(r"[\[~=<>; ]", line)[0]
    for line in (ROOT / "requirements" / "run.in").read_text().split("\n")
    if line
]
FAMILIES = ("Apache", "BSD", "MIT", "LGPL", "MPL")


def stated(package: str) -> str:
    about = metadata.metadata(package)
    texts = [about.get("License-Expression"), about.get("License"), *(about.get_all("Classifier") or [])]
    return " ".join(text for text in texts if text).replace("Lesser General Public", "LGPL")


@pytest.mark.parametrize("package", DIRECT)
def test_a_dependency_has_its_licence_and_its_successor(package: str) -> None:
    written = [family for family in FAMILIES if family in ROWS[package]]
    assert written and all(family in stated(package) for family in written)
    assert not re.search(r"\bA?GPL", stated(package).replace("LGPL", ""))


def test_nothing_is_listed_that_is_not_used() -> None:
    pages = json.loads((ROOT / "package.json").read_text())
    from_node = {*pages.get("dependencies", {}), *pages.get("devDependencies", {})}
    assert {*ROWS} - {"package", "data", "---"} == {*DIRECT, *from_node}


@pytest.mark.parametrize("name", ["requirements/run.txt", "requirements/test.txt", "package-lock.json"])
def test_lock_files_name_no_host_and_carry_hashes(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "--index-url" not in text and '"resolved"' not in text and "--find-links" not in text
    assert "--hash=sha256:" in text or '"integrity": "sha512-' in text

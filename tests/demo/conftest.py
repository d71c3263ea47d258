from pathlib import Path

import pytest

from qiao.demo.population import District, populate
from qiao.demo.writing import Manifest, write


@pytest.fixture(scope="session")
def district() -> District:
    """The whole district, not written."""
    return populate()


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """A small district, written."""
    made = tmp_path_factory.mktemp("district")
    write(made, scale=0.06)
    return made


@pytest.fixture(scope="session")
def manifest(folder) -> Manifest:
    return Manifest.read(folder)

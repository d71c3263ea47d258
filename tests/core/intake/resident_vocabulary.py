"""The vocabulary that the product ships, for tests that need a rich one."""

from pathlib import Path

from qiao.core.intake import Vocabulary

VOCABULARY = Vocabulary.load(Path(__file__).parents[3] / "qiao/services/people/vocabulary.yml")

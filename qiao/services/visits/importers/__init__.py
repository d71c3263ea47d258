"""The books of visits and of helpers, imported."""

from qiao.services.visits.importers.pairs import PairImporter
from qiao.services.visits.importers.visits import VisitImporter, needs_in

__all__ = ["PairImporter", "VisitImporter", "needs_in"]

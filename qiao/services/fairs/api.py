"""What other services may ask of fairs."""

from qiao.services.fairs.models import Booth, Fair, Intention, Offer, Visitor
from qiao.services.fairs.results import counters, outcomes
from qiao.services.fairs.suggestions import suggest

__all__ = ["Booth", "Fair", "Intention", "Offer", "Visitor", "counters", "outcomes", "suggest"]

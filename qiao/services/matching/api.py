"""What other services may ask of matching."""

from qiao.services.matching.rematch import market_of
from qiao.services.matching.settings import settings_of

__all__ = ["market_of", "settings_of"]

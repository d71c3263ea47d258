"""The procedures of this service."""

from qiao.services.people.hardship_procedure import Hardship
from qiao.services.people.zero_employment_procedure import ZeroEmployment

__all__ = ["Hardship", "ZeroEmployment"]

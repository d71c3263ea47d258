from qiao.services.loans.models.application import Application
from qiao.services.loans.models.backing import Backing, Errand, Partner
from qiao.services.loans.models.bank import Bank
from qiao.services.loans.models.feasibility import Feasibility
from qiao.services.loans.models.publicity import Publicity

__all__ = ["Application", "Backing", "Bank", "Errand", "Feasibility", "Partner", "Publicity"]

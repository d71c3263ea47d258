from qiao.services.loans.models.application import Application
from qiao.services.loans.models.backing import Backing, Errand, Partner
from qiao.services.loans.models.bank import Bank, BankAnswer
from qiao.services.loans.models.feasibility import Feasibility
from qiao.services.loans.models.fund import Claim, Fund, Promise
from qiao.services.loans.models.journal import ClosedDay, ClosedMonth, Entry, Line
from qiao.services.loans.models.loan import ClassChange, Extension, Instalment, Loan, Repayment
from qiao.services.loans.models.order import Order
from qiao.services.loans.models.publicity import Publicity
from qiao.services.loans.models.standing import Standing
from qiao.services.loans.models.subsidy import Subsidy

__all__ = [
    "Application",
    "Backing",
    "Bank",
    "BankAnswer",
    "Claim",
    "ClassChange",
    "ClosedDay",
    "ClosedMonth",
    "Entry",
    "Errand",
    "Extension",
    "Feasibility",
    "Fund",
    "Instalment",
    "Line",
    "Loan",
    "Order",
    "Partner",
    "Promise",
    "Publicity",
    "Repayment",
    "Standing",
    "Subsidy",
]

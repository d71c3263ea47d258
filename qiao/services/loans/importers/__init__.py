from qiao.services.loans.importers import repayments, running

__all__ = ["repayments", "running"]

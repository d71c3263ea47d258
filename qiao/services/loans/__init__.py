"""Guaranteed loans: outreach, the case and its stations, the fund, repayment, care for borrowers, honours."""

from qiao.services.loans.ledgers import applications, belonging, fund, money, outreach

__all__ = ["applications", "belonging", "fund", "money", "outreach"]

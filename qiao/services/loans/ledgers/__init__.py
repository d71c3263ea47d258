from qiao.services.loans.ledgers import applications, belonging, money, outreach

__all__ = ["applications", "belonging", "money", "outreach"]

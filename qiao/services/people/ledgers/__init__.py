"""The ledgers of people, one module a kind of record."""

from qiao.services.people.ledgers import cases, households, residents, statuses

__all__ = ["cases", "households", "residents", "statuses"]

"""The ledgers of this service, each in a room of its own."""

from qiao.services.vacancies.ledgers import placements, posts, referrals

__all__ = ["placements", "posts", "referrals"]

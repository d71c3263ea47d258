"""The procedures of this service are declared in rooms of their own."""

from qiao.services.vacancies.referral_procedure import Referrals

__all__ = ["Referrals"]

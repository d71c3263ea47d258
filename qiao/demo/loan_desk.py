"""The bank under agreement, its clerk here, and the guarantee fund with its deposit, before the loans are taken over."""

from __future__ import annotations

from django.db import transaction

from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Role
from qiao.core.calendars.clock import today
from qiao.demo.words import load
from qiao.services.loans.models import Bank, Fund
from qiao.services.loans.money.booking import Booked
from qiao.services.loans.money.claiming import pay_in


@transaction.atomic
def set_up(district: int) -> None:
    """Does nothing when the bank stands already."""
    words = load("money")
    if Bank.objects.filter(region_id=district, name=words["bank"]).exists():
        return
    centre, clerks = staff(district, Role.GUARANTEE_CENTRE), staff(district, Role.BANK)
    bank = Bank.objects.create(
        region_id=district, name=words["bank"], account=words["account"], agreed_on=words["agreed_on"],
        created_by=centre[0],
    )  # fmt: skip
    bank.clerks.set(clerks)
    fund = Fund.objects.create(region_id=district, name=words["fund"], created_by=centre[0])
    section = staff(district, Role.LOAN_SECTION)
    pay_in(fund, words["deposit_yuan"] * 100, today(), Booked("demo-deposit", today(), section[0], centre[0]))


def staff(district: int, role: Role) -> list[User]:
    posts = Appointment.objects.filter(region_id=district, role=role).select_related("user").order_by("id")
    return [post.user for post in posts]

"""What is looked for before a resident is entered: the same person, anywhere in the district."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from qiao.core.ledgers.parts import Likeness, Objection
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records.binding import beyond_scope
from qiao.services.people import duplicates
from qiao.services.people.duplicates import Alike, Found
from qiao.services.people.models import Resident
from qiao.services.people.models.review import DuplicatePair

SALT = "people.transfer"
HOUR = 3600


def objection(resident: Resident, viewer: Viewer) -> Objection | None:
    """The same identity number forbids, the same name with phone or birth date asks. One query."""
    with beyond_scope("the same person may be recorded anywhere in the district"):
        found = duplicates.alike(
            resident.region_id,
            resident.name,
            resident.id_number,
            resident.phone,
            resident.birth_date,
            besides=resident.pk,
        )
    same = next((one for one in found if one.found == Found.ID), None)
    if same:
        return _recorded(same.resident, resident.region_id, viewer)
    if not found or resident.pk is not None:
        return None
    return Objection(
        _("Perhaps this person is recorded already. Compare before you save."),
        tuple(_likeness(one, viewer) for one in found),
        _("It is another person, save"),
        "-".join(str(one.resident.pk) for one in found),
    )


def _recorded(other: Resident, to: int, viewer: Viewer) -> Objection:
    if viewer.scope.contains(other.region_id):
        message = _("A resident with this identity number is already recorded in the district.")
        return Objection(message, (_likeness(Alike(other, Found.ID), viewer),))
    return Objection(
        _("This person is already recorded in %(community)s. Propose a transfer instead of a second record.")
        % {"community": other.region},
        remedy=Likeness(
            _("Ask for the transfer"), reverse("transfer_request", args=[ticket(other, to, viewer)])
        ),
    )


def ticket(other: Resident, to: int, viewer: Viewer) -> str:
    """Leave to ask for a resident elsewhere: for who typed the whole identity number, for an hour."""
    return signing.dumps([other.pk, to, viewer.user.pk], salt=SALT)


def read_ticket(text: str, viewer: Viewer) -> tuple[int, int] | None:
    """The resident and the community that asks; None for another person's or an expired ticket."""
    try:
        resident, to, user = signing.loads(text, salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        return None
    return (resident, to) if user == viewer.user.pk and viewer.scope.contains(to) else None


def _likeness(one: Alike, viewer: Viewer) -> Likeness:
    why, place = str(Found(one.found).label), str(one.resident.region)
    if not viewer.scope.contains(one.resident.region_id):
        return Likeness(f"{place} · {why}")
    url = reverse("ledgers:file", args=["residents", one.resident.pk])
    return Likeness(f"{one.resident.name} · {place} · {why}", url)


def state(resident: Resident, viewer: Viewer) -> None:
    """A person said it is another one; both stand on the duplicates desk until that is settled."""
    with beyond_scope("the other record may belong to another community"):
        found = duplicates.alike(
            resident.region_id,
            resident.name,
            phone=resident.phone,
            birth_date=resident.birth_date,
            besides=resident.pk,
        )
        DuplicatePair.objects.bulk_create(
            (pair(resident, one, viewer) for one in found), ignore_conflicts=True
        )


def pair(resident: Resident, one: Alike, viewer: Viewer) -> DuplicatePair:
    first, second = sorted((resident, one.resident), key=lambda each: each.pk)
    return DuplicatePair(
        resident=first,
        other=second,
        region_id=first.region_id,
        other_region_id=second.region_id,
        found=one.found,
        weight=duplicates.LIKELY[Found(one.found)],
        created_by=viewer.user,
    )

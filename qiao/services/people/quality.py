"""How true the records are: those that can be worked with, and strange patterns that nobody has settled.

Only what seldom changes is asked of a record: each change of a column that a figure reads has months counted again.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qiao.core.indicators.declarations import Ratio, Stock
from qiao.core.indicators.windows import Window
from qiao.core.records.dates import Precision
from qiao.services.people.breakdowns import CATEGORY, PERSON
from qiao.services.people.models import PatternFlag, Resident

PEOPLE = _("people")
REGISTERS = _("Rules on employment services and employment management, 2007")
HONESTY = _("Rules of the district on true records")

FILLED = (
    Q(id_hash__isnull=False, birth_date__isnull=False, birth_precision=Precision.DAY.value)
    & ~Q(sex="")
    & ~Q(education="")
    & (~Q(phone="") | ~Q(phone2="") | ~Q(address=""))
)


def born(w: Window) -> Q:
    return Q(birth_date=None) | Q(birth_date__lte=w.as_of)


residents = Stock(
    Resident,
    where=born,
    by=(*PERSON, CATEGORY),
    code="residents",
    name=_("Residents recorded"),
    unit=PEOPLE,
    definition=_("Residents on record in the community, deleted records left out."),
    source=REGISTERS,
)
sound_records = Stock(
    Resident,
    where=lambda w: born(w) & FILLED,
    by=PERSON,
    code="sound_records",
    name=_("Sound records"),
    unit=PEOPLE,
    definition=_(
        "Residents whose record, as it reads now, holds identity number, sex, day of birth, education and a phone or "
        "address."
    ),
    source=HONESTY,
)
record_quality = Ratio(
    "record_quality",
    _("Quality of records"),
    _("%"),
    _("Of the residents recorded, the share whose record is sound. It opens to the records that are not."),
    HONESTY,
    sound_records,
    residents,
)
open_patterns = Stock(
    PatternFlag,
    since="found_on",
    until="settled_on",
    code="open_patterns",
    name=_("Strange patterns not settled"),
    unit=_("patterns"),
    definition=_(
        "Patterns that honest records hardly make, found by the day, on which nobody had decided by then."
    ),
    source=HONESTY,
)

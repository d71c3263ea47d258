"""Numbers on papers: citizen's ID (GB 11643-1999), telephones, certificates."""

import random
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_MOBILE_PREFIXES = ("130", "131", "132", "133", "134", "135", "136", "137", "138", "139")


def check_digit(first17: str) -> str:
    return _CHECKS[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def id_valid(number: str) -> bool:
    return len(number) == 18 and number[:17].isdigit() and check_digit(number[:17]) == number[17]


def shorten(number: str) -> str:
    """The 15-digit form of the old papers of somebody born in the 1900s."""
    return number[:6] + number[8:17]


class IdOffice:
    """Gives each number once. Serials: odd for men, even for women."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def issue(self, rng: random.Random, prefix: str, born: date, sex: str) -> str:
        while True:
            serial = rng.randrange(1, 500) * 2 + (1 if sex == "male" else 0)
            first17 = f"{prefix}{born:%Y%m%d}{serial % 1000:03}"
            if first17 not in self._given:
                self._given.add(first17)
                return first17 + check_digit(first17)


def mobile(rng: random.Random) -> str:
    return rng.choice(_MOBILE_PREFIXES) + f"{rng.randrange(10**8):08}"


def landline(rng: random.Random) -> str:
    return rng.choice(("85", "86", "87", "83")) + f"{rng.randrange(10**6):06}"


def certificate(street: int, serial: int, year: int) -> str:
    """Re-employment preference certificate: district, street, year, serial."""
    return f"{street // 1000}{year % 100:02}{serial:05}"

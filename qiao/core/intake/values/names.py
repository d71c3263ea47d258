"""Names of people: no spaces inside Chinese names, the middle dot kept, remarks taken off."""

import re

from qiao.core.intake.cells import Cell, plain
from qiao.core.intake.notes import Note
from qiao.core.intake.values.base import NOTHING, Cleaned, doubt, says_nothing
from qiao.core.intake.words import WORDS, alternatives

_ORDINARY = re.compile(r"[\u4e00-\u9fff]{2,4}")
_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3007"
_CHINESE = re.compile(rf"[{_HAN}]{{2,12}}(?:\u00b7[{_HAN}]{{1,12}}){{0,4}}")
_LATIN = re.compile(r"[^\W\d_]+(?:[ '\u2019.\-][^\W\d_]+)*\.?", re.UNICODE)
_DOTS = re.compile(rf"(?<=[{_HAN}])(?:{alternatives(WORDS['name']['dots'])})(?=[{_HAN}])")
_GAP = re.compile(rf"(?<=[{_HAN}\u00b7])\s+(?=[{_HAN}\u00b7])")
_REMARK = re.compile(r"^(.+?)\s*[(\uff08\[\u3010](.*?)[)\uff09\]\u3011]?$")
_SEVERAL = re.compile(rf"[{_HAN}]{{2,4}}(?:{alternatives(WORDS['name']['joiners'])})\s*[{_HAN}]{{2,4}}")
_TRAILING = re.compile(r"[*\u203b\u2605\u25b2\u221a'\",.]+$")


def clean_name(cell: Cell) -> Cleaned:
    if isinstance(cell, str) and _ORDINARY.fullmatch(cell) and not says_nothing(cell):
        return cell, ()
    if cell is None:
        return NOTHING
    text = plain(cell)
    if says_nothing(text):
        return NOTHING
    if _SEVERAL.fullmatch(text):
        return doubt("name_several", cell, text)
    notes: list[Note] = []
    if found := _REMARK.match(text):
        text, remark = found[1], found[2]
        notes.append(Note("name_remark", {"value": remark}))
    text = _TRAILING.sub("", text).rstrip() or text
    closed = _GAP.sub("", text)
    joined = _DOTS.sub("\u00b7", closed)
    if closed != text:
        notes.append(Note("name_spaces", {"value": text, "made": joined}))
    if not (_CHINESE.fullmatch(joined) or (len(joined) > 1 and _LATIN.fullmatch(joined))):
        notes.append(Note("name_odd", {"value": joined}))
    return joined[:60], tuple(notes)

"""Catalogues are compiled and turned into Traditional Chinese; gaps in them are found."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiao.config import messages
from qiao.config.wording import problems

HEAD = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n\n'
)


def write(package: Path, *, po: str = "", code: str = "", template: str = "", app: str = "people") -> Path:
    source = package / app / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(HEAD + po)
    (package / app / "models.py").write_text(code)
    (package / app / "templates").mkdir(exist_ok=True)
    (package / app / "templates" / "page.html").write_text(template)
    return source


def compiled(source: Path, language: str) -> gettext.GNUTranslations:
    with (source.parents[2] / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_a_catalogue_is_compiled_and_made_traditional(tmp_path: Path) -> None:
    po = (
        'msgid "The ledger of %(name)s"\nmsgstr "%(name)s的后台台账"\n\n'
        'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s个工作日里"\n'
    )
    source = write(tmp_path, po=po)
    assert [path.parent.parent.name for path in messages.build(tmp_path)] == ["zh_Hans", "zh_Hant"]
    assert compiled(source, "zh_Hans").gettext("The ledger of %(name)s") == "%(name)s的后台台账"
    assert compiled(source, "zh_Hant").gettext("The ledger of %(name)s") == "%(name)s的後台台賬"
    assert compiled(source, "zh_Hant").ngettext("%(n)s day", "%(n)s days", 2) == "%(n)s個工作日裡"


def test_only_what_changed_is_built(tmp_path: Path) -> None:
    source = write(tmp_path, po='msgid "Person"\nmsgstr "人员"\n')
    assert messages.build(tmp_path)
    assert not messages.build(tmp_path)
    source.write_text(HEAD + 'msgid "Person"\nmsgstr "居民"\n')
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    assert messages.build(tmp_path)
    assert compiled(source, "zh_Hans").gettext("Person") == "居民"


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("创建充分就业社区", "創建充分就業社區"),
        ("零就业家庭", "零就業家庭"),
        ("台账", "台賬"),
        ("三峰人员", "三峰人員"),
        ("签订劳动合同", "簽訂勞動合同"),
        ("街道复核、户籍所在地", "街道複核、戶籍所在地"),
        ("归并到同一户", "歸併到同一戶"),
    ],
)
def test_terms_of_the_field(simplified: str, traditional: str) -> None:
    assert messages.to_traditional(simplified) == traditional


@given(
    st.lists(
        st.sampled_from(["%(户)s", "{后台}", "<b title='里'>", "%s", "100%%", "就业", "签", "&nbsp;", "a"])
    )
)
def test_placeholders_stay_as_they_are(parts: list[str]) -> None:
    expected = "".join({"就业": "就業", "签": "簽"}.get(part, part) for part in parts)
    assert messages.to_traditional("".join(parts)) == expected


@pytest.mark.parametrize(
    ("given", "finding"),
    [
        ({"code": '_("Person")'}, "people/models.py:1: 'Person' has no translation"),
        ({"template": "\n  {% translate 'Person' %}"}, "page.html:2: 'Person' has no translation"),
        ({"template": "{% blocktranslate count n=n %}{{ n }} day{% plural %}s{% endblocktranslate %}"},
         "'%(n)s day' has no translation"),
        ({"code": 'pgettext("sex", "Man")', "po": 'msgid "Man"\nmsgstr "男"\n'}, "'Man' has no translation"),
        ({"po": '#, fuzzy\nmsgid "Person"\nmsgstr "人"\n'}, "'Person' is fuzzy"),
        ({"po": 'msgid "Person"\nmsgstr ""\n'}, "'Person' is empty"),
        ({"po": 'msgid "%(n)s days"\nmsgstr "%(m)s天"\n'}, "must hold %(n)s"),
        ({"code": 'NAME = "人员"'}, "models.py:1: Chinese text belongs in a catalogue"),
        ({"template": "<p>人员</p>"}, "page.html:1: Chinese text belongs in a catalogue"),
    ],
)  # fmt: skip
def test_a_gap_is_found(tmp_path: Path, given: dict[str, str], finding: str) -> None:
    write(tmp_path, **given)
    found = list(problems(tmp_path))
    assert len(found) == 1 and finding in found[0]


def test_two_translations_of_one_message_are_found(tmp_path: Path) -> None:
    write(tmp_path, po='msgid "Person"\nmsgstr "人员"\n')
    write(tmp_path, po='msgid "Person"\nmsgstr "居民"\n', app="visits")
    assert any("'Person' is 居民, but 人员 in" in line for line in problems(tmp_path))


def test_what_is_whole_has_no_finding(tmp_path: Path) -> None:
    code = (
        '"""台账 may be quoted here."""\nHAN = re.compile("[\\u4e00-\\u9fff]")  # 汉字\nNAME = _("Person")\n'
    )
    blocks = "{% blocktranslate with name=x.name %}To {{ name }}{% endblocktranslate %}{% trans 'Person' %}"
    po = 'msgid "Person"\nmsgstr "人员"\n\nmsgid "To %(name)s"\nmsgstr "致%(name)s"\n'
    write(tmp_path, code=code, template=blocks, po=po)
    assert not list(problems(tmp_path))


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    write(tmp_path, po='msgid "Person"\nmsgid\n')
    with pytest.raises(ValueError, match=r"people/locale/.*django\.po: "):
        messages.build(tmp_path)


def test_the_command_tells_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(messages, "PACKAGE", tmp_path / "qiao")
    write(tmp_path / "qiao", po='msgid "Person"\nmsgstr "人员"\n')
    for expected in ("Compiled 2 message catalogues.\n", ""):
        assert messages.main([]) == 0
        assert capsys.readouterr().out == expected
    assert messages.main(["--check"]) == 0
    write(tmp_path / "qiao", po='msgid "Person"\nmsgstr ""\n')
    assert messages.main(["--check"]) == 1
    assert capsys.readouterr().out.startswith(
        "qiao/people/locale/zh_Hans/LC_MESSAGES/django.po: 'Person' is empty"
    )

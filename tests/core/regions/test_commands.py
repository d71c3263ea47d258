from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import qiao
from qiao.core.regions.models import Region, Succession

pytestmark = pytest.mark.django_db
DISTRICT = Path(qiao.__file__).parent / "demo" / "data" / "district.csv"


def test_load_twice(capsys):
    call_command("regions", "load", str(DISTRICT))
    call_command("regions", "load", str(DISTRICT))
    out = capsys.readouterr().out.splitlines()
    assert out == [
        "72 regions created, 0 renamed, 0 unchanged",
        "0 regions created, 0 renamed, 72 unchanged",
    ]


def test_bad_rows_set_the_exit_code(tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text("13,河北省\nx,某\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("regions", "load", str(path))
    assert ended.value.code == 1
    assert "2" in capsys.readouterr().err
    with pytest.raises(CommandError):
        call_command("regions", "load", str(tmp_path / "missing.csv"))


def test_recode_dry_and_real(small_tree, tmp_path, capsys):
    path = tmp_path / "map.csv"
    path.write_text("old,new,name\n130103001000,130102012000,中山\n", encoding="utf-8-sig")
    call_command("regions", "recode", str(path), "--on", "2006-08-01", "--dry-run")
    assert "3 regions would move" in capsys.readouterr().out
    assert not Succession.objects.exists()
    call_command("regions", "recode", str(path), "--on", "2006-08-01")
    assert "3 regions and 0 records moved" in capsys.readouterr().out
    assert Region.objects.get(code=130102012000).name == "中山"
    with pytest.raises(CommandError):
        call_command("regions", "recode", str(path), "--on", "2006-08-02")

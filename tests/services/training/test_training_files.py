"""Courses, classes and the roster of a class come and go as workbooks."""

from __future__ import annotations

from datetime import date

import pytest
from ledger_world import HERE, browser, id_number, lay_regions
from test_import_pages import batch_of, go, merged, roster

from qiao.services.training.models import Course, Enrolment, TrainingClass

pytestmark = pytest.mark.django_db
A, B = id_number("19620305", 2), id_number("19700101", 1)
COURSES = ["课程", "培训类别", "工种", "课时", "学校"]
CLASSES = ["班次编号", "课程", "开班日期", "结业日期", "名额"]
HEAD = ["姓名", "身份证号", "培训班次", "考核结果", "结业日期", "证书编号"]


@pytest.fixture
def station(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lay_regions()
    client = browser("station", "station", HERE)
    merged(
        client,
        roster(["刘桂芳", A, "失业"], ["王强", B, "失业"], head=["姓名", "身份证号", "就业状态"]),
    )
    return client


@pytest.fixture
def classes(station):
    """Entered the way a clerk brings them: two small workbooks."""
    course = ["中式烹饪", "技能培训", "烹饪面点", "120", ""]
    merged(station, roster(course, head=COURSES, title="课程"), kind="courses")
    one = ["2006-01", "中式烹饪", "2006.1.9", "2006.2.10", "30"]
    merged(station, roster(one, head=CLASSES, title="培训班"), kind="classes")
    return station


def test_a_class_names_its_course(classes):
    one = TrainingClass.objects.get()
    assert (one.course.title, one.starts_on, one.seats) == ("中式烹饪", date(2006, 1, 9), 30)


def test_a_course_that_nobody_entered_makes_the_row_wait(classes):
    row = ["2006-02", "西式面点", "2006.3.1", "2006.3.30", "20"]
    batch = batch_of(go(classes, roster(row, head=CLASSES, title="培训班"), kind="classes"))
    assert [note["code"] for note in batch.rows.get().notes] == ["link_unknown"]
    assert "西式面点" in classes.get(f"/import/{batch.pk}/").content.decode()


def take(client, *rows):
    return batch_of(merged(client, roster(*rows, head=HEAD, title="培训班学员花名册"), kind="enrolments"))


def test_the_roster_of_a_class_is_read_with_its_results(classes):
    batch = take(
        classes,
        ["刘桂芳", A, "2006-01", "合格", "2006.2.12", "冀060001"],
        ["王强", B, "2006-01", "不合格", "", "X"],
    )
    assert batch.stage == "done", batch.counts
    liu, wang = Enrolment.objects.order_by("pk")
    assert (liu.result, liu.certificate_no, liu.finished_on) == ("passed", "冀060001", date(2006, 2, 12))
    assert liu.followed_until == date(2006, 8, 12)
    assert (wang.result, wang.certificate_no, wang.finished_on) == ("failed", "", date(2006, 2, 10))
    assert liu.ground == "unemployed" and liu.ground_words
    assert TrainingClass.objects.get().taken == 2


def test_the_same_roster_twice_adds_nothing_and_undo_takes_it_back(classes):
    rows = [["刘桂芳", A, "2006-01", "合格", "", ""]]
    first = take(classes, *rows)
    take(classes, *rows)
    assert Enrolment.objects.count() == 1
    classes.post(f"/import/{first.pk}/undo")
    assert not Enrolment.objects.exists() and TrainingClass.objects.get().taken == 0


def test_a_result_that_comes_later_is_added_and_can_be_taken_back(classes):
    take(classes, ["刘桂芳", A, "2006-01", "", "", ""])
    assert Enrolment.objects.get().stage == "enrolled"
    later = take(classes, ["刘桂芳", A, "2006-01", "合格", "", "冀060001"])
    one = Enrolment.objects.get()
    assert (one.stage, one.result, one.certificate_no) == ("finished", "passed", "冀060001")
    classes.post(f"/import/{later.pk}/undo")
    one.refresh_from_db()
    assert (one.stage, one.result, one.certificate_no, one.finished_on) == ("enrolled", "", "", None)


def test_a_class_that_is_not_known_is_an_error(classes):
    batch = batch_of(
        go(classes, roster(["刘桂芳", A, "1999-9", "合格", "", ""], head=HEAD), kind="enrolments")
    )
    assert "link_unknown" in [note["code"] for note in batch.rows.get().notes]


def test_an_exported_workbook_is_read_back(classes):
    answer = classes.get("/l/classes/export?format=xlsx")
    assert answer.status_code in (200, 302)
    assert Course.objects.count() == 1

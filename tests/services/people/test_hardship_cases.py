"""A recognition from the application to the exit, at the desks of the people who decide."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import case_world as world
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import translation

from qiao.core.procedures.models import Paper, Step
from qiao.core.procedures.moves import take
from qiao.core.procedures.refusal import Refused
from qiao.services.people.models import HardshipCase


def press(browser, case, name, **given):
    data = {"decision-on": world.clock.today().isoformat(), "decision-opinion": "Agreed."}
    return browser.post(f"/cases/hardship/{case.pk}/take/{name}", data | given)


def stage(case) -> str:
    return HardshipCase.objects.get(pk=case.pk).stage


def test_the_whole_way_through_the_doors(staff, at):
    resident = world.person()
    world.out_of_work(resident, date(2005, 9, 1))
    station, office, district = at("station"), at("office"), at("district")
    answer = station.post(
        "/cases/hardship/new",
        {"resident": resident.pk, "category": "older_4050", "applied_on": "2006-08-31", "ground": "下岗"},
    )
    case = HardshipCase.objects.get()
    assert answer.status_code == 302
    assert case.due_on == date(2006, 9, 11), "seven working days, two weekends between"

    refused = press(station, case, "check")
    assert refused.status_code == 409
    assert "Signed application" in refused.content.decode()
    world.all_papers(case)
    assert press(station, case, "check").status_code == 302
    assert press(station, case, "publicise").status_code == 302
    case.refresh_from_db()
    notice_ends = case.due_on

    early = press(office, case, "review")
    assert early.status_code == 409
    assert str(notice_ends) in early.content.decode()
    world.later((notice_ends - world.TODAY).days + 1)
    assert press(office, case, "review").status_code == 302
    assert press(district, case, "recognise").status_code == 302
    helped = press(
        station, case, "assist", **{"extra-helper": staff["station"].user_id, "extra-measures": "每周推荐"}
    )
    assert helped.status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.recognised_on, case.helper_id) == (
        "assisted",
        world.clock.today(),
        staff["station"].user_id,
    )

    assert press(station, case, "start_work").status_code == 409
    world.at_work(resident, world.clock.today())
    assert press(station, case, "start_work").status_code == 302
    assert press(station, case, "confirm_stable").status_code == 409
    world.later(190)
    assert press(station, case, "confirm_stable").status_code == 302
    assert press(office, case, "end_stable").status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.exit_reason, case.closed_on) == ("exited", "stable_work", world.clock.today())
    taken = list(Step.objects.order_by("id").values_list("transition", flat=True))
    assert taken == [
        "open",
        "check",
        "publicise",
        "review",
        "recognise",
        "assist",
        "start_work",
        "confirm_stable",
        "end_stable",
    ]


def test_a_role_decides_only_its_own_stage(staff, at):
    case = world.applied(staff["station"])
    world.all_papers(case)
    for name in ("office", "district", "leader"):
        assert press(at(name), case, "check").status_code == 409
    assert stage(case) == "applied"


def test_a_case_elsewhere_does_not_exist(staff, at):
    case = world.applied(staff["station"])
    for name in ("stranger", "stranger_office"):
        browser = at(name)
        assert browser.get(f"/cases/hardship/{case.pk}/").status_code == 404
        assert press(browser, case, "check").status_code == 404
        assert browser.get(f"/cases/hardship/{case.pk}/notice").status_code == 404
        assert case.resident.name not in browser.get("/cases/hardship/").content.decode()
    with pytest.raises(Refused):
        take(case, "check", staff["stranger"], opinion="x")


def test_records_against_need_a_reason(staff, at):
    young = world.person("王小妹", born=date(1985, 1, 1))
    world.out_of_work(young, date(2006, 1, 1))
    case = world.applied(staff["station"], young)
    world.all_papers(case)
    station = at("station")
    refused = press(station, case, "check")
    assert refused.status_code == 409
    assert "only 21 years old" in refused.content.decode()
    assert press(station, case, "check", **{"decision-reason": "户口簿证明年龄登记有误"}).status_code == 302
    assert Step.objects.latest("id").reason == "户口簿证明年龄登记有误"


def test_typed_words_stay_when_a_step_is_refused(staff, at):
    case = world.applied(staff["station"])
    answer = press(at("station"), case, "check", **{"decision-opinion": "已入户核实情况属实"})
    assert answer.status_code == 409
    assert "已入户核实情况属实" in answer.content.decode()


def test_category_outside_the_local_list_is_refused(staff, at):
    resident = world.person()
    world.out_of_work(resident, date(2005, 9, 1))
    answer = at("station").post(
        "/cases/hardship/new", {"resident": resident.pk, "category": "nonsense", "applied_on": "2006-08-31"}
    )
    assert answer.status_code == 422
    assert not HardshipCase.objects.exists()


def test_a_second_application_is_refused_in_words(staff, at):
    case = world.applied(staff["station"])
    answer = at("station").post(
        "/cases/hardship/new",
        {"resident": case.resident_id, "category": "older_4050", "applied_on": "2006-08-31"},
    )
    assert answer.status_code == 422
    assert "already open" in answer.content.decode()


def test_somebody_elsewhere_cannot_be_applied_for(staff, at):
    far = world.person("孙远", world.ELSEWHERE)
    answer = at("station").get(f"/cases/hardship/new?resident={far.pk}")
    assert "孙远" not in answer.content.decode()
    answer = at("station").post(
        "/cases/hardship/new", {"resident": far.pk, "category": "older_4050", "applied_on": "2006-08-31"}
    )
    assert answer.status_code == 422


def test_rejection_appeal_and_its_time_limit(staff, at):
    station, district = at("station"), at("district")
    case = world.applied(staff["station"])
    assert press(station, case, "reject_at_community").status_code == 422, "a rejection needs a reason"
    assert press(station, case, "reject_at_community", **{"decision-reason": "材料不实"}).status_code == 302
    case.refresh_from_db()
    assert case.closed_on == world.TODAY
    assert press(station, case, "appeal", **{"decision-reason": "本人不服"}).status_code == 302
    assert press(district, case, "grant").status_code == 302
    assert stage(case) == "recognised"

    other = world.applied(staff["station"], _unemployed("赵二"))
    press(station, other, "reject_at_community", **{"decision-reason": "材料不实"})
    other.refresh_from_db()
    world.later((other.due_on - world.TODAY).days + 1)
    late = press(station, other, "appeal", **{"decision-reason": "本人不服"})
    assert late.status_code == 409
    assert str(other.due_on) in late.content.decode()


def _unemployed(name: str):
    resident = world.person(name)
    world.out_of_work(resident, date(2005, 9, 1))
    return resident


def test_help_ends_after_enough_refusals_only(staff, at):
    case = _assisted(staff)
    station, office = at("station"), at("office")
    for count in range(3):
        assert press(office, case, "end_refused").status_code == 409, count
        assert (
            press(station, case, "refuse_offer", **{"decision-reason": "超市保洁，嫌远"}).status_code == 302
        )
    assert press(office, case, "end_refused").status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.exit_reason) == ("refused", "refused")


def test_help_ends_without_contact_only_after_months(staff, at):
    case = _assisted(staff)
    office = at("office")
    assert press(office, case, "end_no_contact", **{"decision-reason": "失去联系"}).status_code == 409
    world.later(100)
    assert press(office, case, "end_no_contact", **{"decision-reason": "失去联系"}).status_code == 302
    assert stage(case) == "lapsed"


def _assisted(staff) -> HardshipCase:
    case = world.applied(staff["station"])
    HardshipCase.objects.filter(pk=case.pk).update(
        stage="assisted", recognised_on=world.TODAY, stage_since=world.TODAY, due_on=None
    )
    case.refresh_from_db()
    return case


def test_dates_outside_the_stage_are_refused(staff, at):
    case = world.applied(staff["station"])
    world.all_papers(case)
    for day in (world.TODAY - timedelta(days=1), world.TODAY + timedelta(days=1)):
        assert press(at("station"), case, "check", **{"decision-on": day.isoformat()}).status_code == 409


def test_notice_is_masked_and_comes_down(staff, at):
    case = world.applied(staff["station"])
    world.all_papers(case)
    station = at("station")
    press(station, case, "check")
    press(station, case, "publicise")
    for path in ("/cases/hardship/notice", f"/cases/hardship/{case.pk}/notice"):
        sheet = station.get(path)
        text = sheet.content.decode()
        assert sheet.status_code == 200
        assert "刘*芳" in text
        assert "刘桂芳" not in text
        assert "44" in text
    case.refresh_from_db()
    world.later((case.due_on - world.TODAY).days + 1)
    for path in ("/cases/hardship/notice", f"/cases/hardship/{case.pk}/notice"):
        gone = station.get(path)
        assert gone.status_code == 410
        assert "刘*芳" not in gone.content.decode()


def test_papers_are_ticked_with_their_scan_and_taken_back(staff, at):
    case = world.applied(staff["station"])
    station = at("station")
    scan = SimpleUploadedFile("申请.pdf", b"%PDF-1.4 x", "application/pdf")
    station.post(f"/cases/hardship/{case.pk}/papers/application", {"file": scan})
    paper = Paper.objects.get()
    assert paper.received_by == staff["station"].user
    assert b"".join(station.get(f"/cases/hardship/{case.pk}/papers/{paper.pk}/scan")) == b"%PDF-1.4 x"
    assert at("stranger").get(f"/cases/hardship/{case.pk}/papers/{paper.pk}/scan").status_code == 404
    bad = SimpleUploadedFile("a.exe", b"MZ", "application/octet-stream")
    station.post(f"/cases/hardship/{case.pk}/papers/identity", {"file": bad})
    assert Paper.objects.count() == 1
    station.post(f"/cases/hardship/{case.pk}/papers/application", {"take_back": "1"})
    assert not Paper.objects.exists()
    assert Paper.everything.count() == 1


def test_batch_decides_each_and_names_the_refused(staff, at):
    ready, unready = world.applied(staff["station"]), world.applied(staff["station"], _unemployed("赵二"))
    world.all_papers(ready)
    answer = at("station").post(
        "/cases/hardship/batch",
        {"rows": [ready.pk, unready.pk], "action": "check", "stage": "applied"},
        follow=True,
    )
    text = answer.content.decode()
    assert (stage(ready), stage(unready)) == ("community_checked", "applied")
    assert "1 case decided" in text
    assert "赵二: Still missing" in text


def test_lists_show_each_stage(staff, at):
    case = world.applied(staff["station"])
    page = at("station").get("/cases/hardship/?stage=applied")
    assert page.status_code == 200
    assert case.resident.name in page.content.decode()
    assert "刘*芳" in at("leader").get("/cases/hardship/?stage=applied").content.decode()
    assert at("station").get("/cases/hardship/?stage=nonsense&page=%00x").status_code == 200
    assert at("station").get("/cases/nonsense/").status_code == 404
    assert at("station").get(f"/cases/hardship/{2**70}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_at_once_one_wins_and_the_other_is_told():
    staff = world.lay()
    case = world.applied(staff["station"])
    world.all_papers(case)
    told: list[str] = []
    start = threading.Barrier(2)

    def clerk(name: str) -> None:
        try:
            translation.activate("en")
            start.wait(5)
            take(case, "check", staff[name], opinion="合格")
            told.append("done")
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    clerks = [threading.Thread(target=clerk, args=(name,)) for name in ("station", "station2")]
    for one in clerks:
        one.start()
    for one in clerks:
        one.join()
    done, message = sorted(told, key=lambda said: said != "done")
    assert done == "done"
    assert message != "done"
    assert "has already decided" in message
    assert Step.objects.exclude(transition="open").count() == 1

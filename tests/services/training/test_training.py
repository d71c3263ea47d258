"""From the wish in a file to the certificate and to work, as clerks do it."""

from __future__ import annotations

import threading
from datetime import date

import case_world as world
import pytest
from django.db import IntegrityError, connection, transaction
from training_world import enrolled, jobless, lay

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.duties.declaration import Viewer
from qiao.core.duties.worklist import worklist
from qiao.core.indicators import figures, registry
from qiao.core.procedures.refusal import Refused
from qiao.services.training import actions, api, subsidy, trades
from qiao.services.training.choices import Stage
from qiao.services.training.models import Attendance, Enrolment, TrainingClass, with_attendance

TODAY = world.TODAY


def offer(client, ledger: str, people, chosen: TrainingClass, how: str):
    form = {
        "action": "training",
        "rows": [one.pk for one in people],
        "confirmed": "1",
        "training_class": chosen.pk,
        "how": how,
    }
    return client.post(f"/l/{ledger}/batch", form, follow=True)


def owed(who, code: str) -> int:
    groups = worklist(Viewer(who, world.clock.today()))
    return next((group.count for group in groups if group.duty.code == code), 0)


def figure(code: str, period: str, region: int = world.DISTRICT, by: str = "", key: str = ""):
    scope = Scope(region)
    table = figures.table(
        [registry.get(code)], scope, scope.level, [Period.parse(period)], by, TODAY, from_facts=True
    )
    return table.total(registry.get(code), 0, key)


def test_a_wish_leads_to_an_invitation_and_to_a_seat(at, classes):
    liu = jobless("刘桂芳")
    client = at("station")
    page = client.get("/l/training-demand/").content.decode()
    assert "刘桂芳" in page and "Cooking and pastry" in page
    answer = offer(client, "training-demand", [liu], classes["open"], "invite").content.decode()
    assert "Unemployed since 2005-09-01." in answer
    one = Enrolment.objects.get()
    assert (one.stage, one.ground, one.region_id) == (Stage.INVITED, "unemployed", world.HERE)
    assert "刘桂芳" not in client.get("/l/training-demand/").content.decode(), "invited: no longer waiting"
    client.post(f"/l/enrolments/{one.pk}/act", {"action": "accept", "confirmed": "1", "rows": one.pk})
    one.refresh_from_db()
    classes["open"].refresh_from_db()
    assert (one.stage, classes["open"].taken) == (Stage.ENROLLED, 1)
    assert "2006-09" in client.get(f"/l/residents/{liu.pk}/").content.decode(), "the timeline tells it"


def test_who_is_in_work_is_told_why_not(at, classes):
    wang = world.person("王强")
    world.at_work(wang, date(2005, 3, 1))
    page = at("station").post("/l/residents/batch", {"action": "training", "rows": [wang.pk]})
    assert "In work since 2005-03-01" in page.content.decode()
    offer(at("station"), "residents", [wang], classes["open"], "enrol")
    assert not Enrolment.objects.exists()


def test_recognised_hardship_is_a_ground_even_in_work(classes):
    from qiao.services.people.models import HardshipCase

    wang = world.person("王强")
    world.at_work(wang, date(2005, 3, 1))
    HardshipCase.objects.create(
        resident=wang,
        region_id=world.HERE,
        category="low_income",
        stage="assisted",
        stage_since=TODAY,
        opened_on=TODAY,
        recognised_on=date(2006, 3, 1),
    )
    (one,) = actions.enrol([wang], classes["open"], invited=False, on=TODAY, by=None)
    assert one.ground == "hardship" and "2006-03-01" in one.ground_words


def test_the_last_seat_is_given_once_and_all_or_nobody_goes_in(at, classes):
    people = [jobless(name) for name in ("刘一", "刘二", "刘三")]
    answer = offer(at("station"), "residents", people, classes["open"], "enrol").content.decode()
    assert "All seats of this class are taken." in answer
    assert not Enrolment.objects.exists()
    offer(at("station"), "residents", people[:2], classes["open"], "enrol")
    with pytest.raises(Refused, match="All seats"):
        actions.enrol(people[2:], classes["open"], invited=False, on=TODAY, by=None)
    actions.leave(Enrolment.objects.all()[:1], TODAY, "回老家")
    actions.enrol(people[2:], classes["open"], invited=False, on=TODAY, by=None)
    classes["open"].refresh_from_db()
    assert classes["open"].taken == 2


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_gives_the_last_seat_once():
    """Whoever writes enrolments, without asking first: the second waits for the first and is refused."""
    world.lay()
    last, people, said = lay(seats=1)["open"], [jobless("刘桂芳"), jobless("王秀英", world.NEXT)], []
    held, go = threading.Event(), threading.Event()

    def write(someone, pause: bool) -> None:
        try:
            with transaction.atomic():
                Enrolment.objects.create(
                    resident=someone,
                    region_id=someone.region_id,
                    training_class=last,
                    entered_on=TODAY,
                    ground="unemployed",
                )
                if pause:
                    held.set()
                    go.wait(5)
            said.append("written")
        except IntegrityError as error:
            said.append(error.__cause__.diag.constraint_name)
        finally:
            connection.close()

    first, second = (threading.Thread(target=write, args=[one, one is people[0]]) for one in people)
    first.start()
    held.wait(5)
    second.start()
    second.join(0.3)
    assert second.is_alive()
    go.set()
    first.join(10)
    second.join(10)
    assert said == ["written", "class_seats_are_enough"]


def test_nobody_is_enrolled_in_a_class_twice(classes):
    liu = jobless("刘桂芳")
    actions.enrol([liu], classes["open"], invited=True, on=TODAY, by=None)
    with pytest.raises(Refused, match="already invited"):
        actions.enrol([liu], classes["open"], invited=False, on=TODAY, by=None)


def test_seats_are_shared_by_communities_that_do_not_see_each_other(at, classes):
    """The clerk of another street enrols into the class that is held here, and sees none of its people."""
    enrolled(classes["open"], "刘桂芳")
    far = jobless("孙远", world.ELSEWHERE)
    stranger = at("stranger")
    offer(stranger, "residents", [far], classes["open"], "enrol")
    classes["open"].refresh_from_db()
    assert classes["open"].taken == 2
    page = stranger.get(f"/training/classes/{classes['open'].pk}/attendance").content.decode()
    assert "孙远" in page and "刘桂芳" not in page
    both = at("district").get(f"/training/classes/{classes['open'].pk}/results").content.decode()
    assert "孙远" in both and "刘桂芳" in both


def test_a_day_is_marked_and_marked_again(at, classes):
    liu, wang = enrolled(classes["open"], "刘桂芳", "王强")
    door = f"/training/classes/{classes['open'].pk}/attendance"
    client = at("station")
    assert client.get(door).content.decode().count("checked") >= 2
    client.post(door, {"day": "2006-08-29", f"mark-{liu.pk}": "present", f"mark-{wang.pk}": "absent"})
    client.post(door, {"day": "2006-08-29", f"mark-{liu.pk}": "present", f"mark-{wang.pk}": "late"})
    client.post(door, {"day": "2006-08-30", f"mark-{liu.pk}": "present", f"mark-{wang.pk}": "absent"})
    assert Attendance.objects.count() == 4
    shares = {one.pk: one.attended for one in with_attendance(Enrolment.objects.all())}
    assert shares == {liu.pk: 1.0, wang.pk: 0.5}
    client.post(door, {"day": "2006-09-20", f"mark-{liu.pk}": "present"})
    assert Attendance.objects.filter(on=TODAY).count() == 1, "no day lies in the future"


@pytest.mark.parametrize("day", ["", "x", "2006-02-30", "0000-00-00"])
def test_a_day_that_is_none_falls_back(at, classes, day):
    enrolled(classes["open"], "刘桂芳")
    assert (
        at("station").get(f"/training/classes/{classes['open'].pk}/attendance?day={day}").status_code == 200
    )


def test_results_close_the_duty_and_name_the_certificate(at, staff, classes):
    liu, wang, li = enrolled(classes["over"], "刘桂芳", "王强", "李明")
    assert owed(staff["station"], "training_results") == 1, "one for the class, not one a head"
    door = f"/training/classes/{classes['over'].pk}/results"
    at("station").post(
        door,
        {
            "finished_on": "2006-02-10",
            f"result-{wang.pk}": "failed",
            f"certificate-{wang.pk}": "X1",
            f"certificate-{liu.pk}": "冀060001",
            "rest": "1",
        },
    )
    for one in (liu, wang, li):
        one.refresh_from_db()
    assert (liu.result, liu.certificate_no, liu.followed_until) == ("passed", "冀060001", date(2006, 8, 10))
    assert (wang.result, wang.certificate_no, li.result) == ("failed", "", "passed")
    assert owed(staff["station"], "training_results") == 0


@pytest.mark.parametrize(("day", "words"), [("2006-10-01", "future"), ("2005-12-01", "cannot lie before")])
def test_results_have_a_possible_day(at, classes, day, words):
    (liu,) = enrolled(classes["over"], "刘桂芳")
    answer = at("station").post(
        f"/training/classes/{classes['over'].pk}/results", {"finished_on": day, f"result-{liu.pk}": "passed"}
    )
    assert answer.status_code == 422 and words in answer.content.decode()


def test_an_invitation_without_an_answer_is_owed(staff, classes):
    actions.enrol([jobless("刘桂芳")], classes["open"], invited=True, on=date(2006, 8, 20), by=None)
    assert owed(staff["station"], "training_invitation") == 1
    actions.answer(Enrolment.objects.all(), False, TODAY, "要照看孙子")
    assert owed(staff["station"], "training_invitation") == 0


def finished(classes) -> list[Enrolment]:
    made = enrolled(classes["over"], "刘桂芳", "王强", "李明", "赵敏")
    results = dict.fromkeys((one.pk for one in made), ("passed", ""))
    results[made[3].pk] = ("failed", "")
    actions.finish(made, results, date(2006, 2, 10), TODAY)
    return made


def test_figures_follow_from_the_records(classes):
    liu, wang, _li, _zhao = finished(classes)
    world.at_work(liu.resident, date(2006, 5, 1))
    world.at_work(wang.resident, date(2006, 8, 20))
    assert figure("people_trained", "2006-02").value == 4
    assert figure("training_passed", "2006-02").value == 3
    rate = figure("training_pass_rate", "2006")
    assert (rate.numerator, rate.denominator) == (3, 4)
    employed = figure("training_employment_rate", "2006-08")
    assert (employed.numerator, employed.denominator) == (1, 4), "work after the six months does not count"
    assert figure("training_demand", "2006-08", by="trade", key="cooking").value == 2


def test_the_subsidy_base_and_its_reasons(classes):
    liu, wang, li, zhao = finished(classes)
    Attendance.objects.bulk_create(
        Attendance(enrolment=li, region_id=world.HERE, on=date(2006, 1, day), mark="absent")
        for day in (10, 11)
    )
    classes["over"].course.__class__.objects.update(fee_fen=90000)
    found = {one.enrolment: one for one in subsidy.of_class(classes["over"].pk)}
    assert [found[one.pk].base_fen for one in (liu, wang, li, zhao)] == [60000, 60000, 0, 36000]
    assert "highest base" in found[liu.pk].reasons[0] and "Attended 0%" in found[li.pk].reasons[-1]
    inside = api.subsidy_bases(Scope(world.HERE), date(2006, 2, 1), date(2006, 3, 1))
    assert len(inside) == 4
    assert not api.subsidy_bases(Scope(world.ELSEWHERE), date(2006, 2, 1), date(2006, 3, 1))


@pytest.mark.parametrize(
    ("wish", "trade"),
    [
        ("烹饪", "cooking"),
        ("面点", "cooking"),
        ("创业培训", "business"),
        ("会计电算化", "accounting"),
        ("计算机初级", "computer"),
        ("养老护理", "care"),
        ("家政服务", "household"),
        ("数控车床", "machines"),
        ("外语", "other"),
        ("", ""),
    ],
)
def test_a_wish_is_read_the_same_here_and_in_the_database(staff, wish, trade):
    from qiao.services.people.models import Resident

    someone = world.person("刘桂芳", wish_training=wish)
    stored = Resident.objects.annotate(t=trades.expression("wish_training")).get(pk=someone.pk).t
    assert (trades.meant(wish), stored or "") == (trade, trade)


def test_a_leader_may_look_and_not_write(at, classes):
    (liu,) = enrolled(classes["open"], "刘桂芳")
    door = f"/training/classes/{classes['open'].pk}/attendance"
    leader = at("leader")
    assert leader.get(door).status_code == 200
    assert leader.post(door, {"day": "2006-08-29", f"mark-{liu.pk}": "present"}).status_code == 403

"""A school with a course and two classes, one over and one open, and people of two streets to train."""

from __future__ import annotations

from datetime import date

import case_world as world

from qiao.services.training.models import Course, Enrolment, School, TrainingClass


def lay(seats: int = 2) -> dict[str, TrainingClass]:
    school = School.objects.create(name="桥东技工学校", region_id=world.HERE)
    course = Course.objects.create(
        title="中式烹饪",
        kind="skill",
        trade="cooking",
        school=school,
        region_id=world.HERE,
        fee_fen=50000,
        hours=120,
        certificate="level",
    )
    return {
        "over": TrainingClass.objects.create(
            number="2006-01",
            course=course,
            region_id=world.HERE,
            starts_on=date(2006, 1, 9),
            ends_on=date(2006, 2, 10),
            seats=30,
        ),
        "open": TrainingClass.objects.create(
            number="2006-09",
            course=course,
            region_id=world.HERE,
            starts_on=date(2006, 8, 28),
            ends_on=date(2006, 9, 29),
            seats=seats,
        ),
    }


def jobless(name: str, region: int = world.HERE, **facts):
    made = world.person(name, region, wish_training="烹饪", **facts)
    world.out_of_work(made, date(2005, 9, 1))
    return made


def enrolled(training_class: TrainingClass, *names: str, region: int = world.HERE) -> list[Enrolment]:
    return [
        Enrolment.objects.create(
            resident=jobless(name, region),
            region_id=region,
            training_class=training_class,
            entered_on=training_class.starts_on,
            ground="unemployed",
        )
        for name in names
    ]

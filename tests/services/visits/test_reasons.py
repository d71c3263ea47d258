"""Why a visit is made: what is looked for, the day of the next one, and the photo that may come with it."""

from __future__ import annotations

import io
from datetime import date
from uuid import uuid4

import case_world as world
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from qiao.core.standards.models import ParameterValue
from qiao.services.visits.models import Visit

MET = {"outcome": "met", "way": "door", "target": "person", "visited_on": "2006-08-30"}


def picture(kind: str = "JPEG", size: tuple[int, int] = (2400, 1200), **kwargs) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **kwargs)
    return out.getvalue()


def post(client, resident, **given):
    return client.post(f"/visits/new?resident={resident.pk}", MET | given)


@pytest.mark.parametrize(
    ("why", "outcome", "expected"),
    [
        ("hardship", "met", date(2006, 9, 30)),
        ("loan", "met", date(2006, 9, 30)),
        ("policy", "met", date(2006, 11, 30)),
        ("other", "met", None),
        ("placement", "met", None),
        ("hardship", "not_met", date(2006, 9, 6)),
        ("other", "no_answer", date(2006, 9, 6)),
        ("other", "refused", None),
    ],
)
def test_the_next_visit_follows_from_why_and_how_it_went(someone, at, why, outcome, expected):
    assert post(at("station"), someone, why=why, outcome=outcome).status_code == 302
    visit = Visit.objects.get()
    assert (visit.why, visit.next_on, visit.next_by_rule) == (why, expected, expected is not None)


def test_after_placement_the_next_of_the_three_visits_is_named(someone, at):
    from qiao.services.vacancies.models import Placement

    Placement.objects.create(
        resident=someone,
        region_id=world.HERE,
        started_on=date(2006, 7, 10),
        kind="unit",
        employer_name="超市",
    )
    post(at("station"), someone, why="placement")
    assert Visit.objects.get().next_on == date(2006, 10, 10)


def test_who_is_interested_in_a_campaign_is_seen_again_after_the_days_of_the_parameter(someone, at):
    ParameterValue.objects.filter(code="visit_interest_days").update(value=10)
    post(at("station"), someone, why="outreach", findings=["interested"])
    post(at("station"), someone, why="outreach", findings=["not_interested"])
    first, second = Visit.objects.order_by("id")
    assert (first.next_on, second.next_on) == (date(2006, 9, 9), None)


def test_what_was_agreed_or_ended_is_kept_as_it_was_said(someone, at):
    post(at("station"), someone, why="hardship", next_on="2006-09-05")
    post(at("station"), someone, why="hardship", last="on")
    first, second = Visit.objects.order_by("id")
    assert (first.next_on, first.next_by_rule) == (date(2006, 9, 5), False)
    assert second.next_on is None


def test_findings_belong_to_their_reason(someone, at):
    station = at("station")
    answer = post(station, someone, why="hardship", findings=["business_good"])
    assert answer.status_code == 422 and "findings" in answer.context["form"].errors
    assert (
        post(station, someone, why="loan", findings=["business_weak"], repayment="strained").status_code
        == 302
    )
    visit = Visit.objects.get()
    assert (visit.findings, visit.repayment) == (["business_weak"], "strained")
    page = station.get(f"/l/visits/{visit.pk}/").content.decode()
    assert "Business is weak" in page and "Can hardly repay" in page
    assert "Business is weak" in station.get(f"/l/residents/{someone.pk}/").content.decode()


def test_a_change_of_why_brings_its_own_chips(someone, at):
    door = f"/visits/new?resident={someone.pk}&why=loan"
    part = at("station").get(door, headers={"hx-request": "true"}).content.decode()
    assert "Can repay" in part and "Declined a post" not in part and "<form" not in part
    assert "2006-09-30" in part
    whole = at("station").get(f"/visits/new?resident={someone.pk}&why=hardship").content.decode()
    assert "Declined a post" in whole and "Can repay" not in whole


def test_what_is_sent_twice_is_recorded_once(someone, at):
    entry = str(uuid4())
    for _twice in range(2):
        assert post(at("station"), someone, why="other", entry=entry).status_code == 302
    assert Visit.objects.count() == 1


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def sent(client, resident, data: bytes, name: str = "a.jpg"):
    return post(client, resident, why="loan", picture=SimpleUploadedFile(name, data, "image/jpeg"))


def test_a_photo_is_written_anew_and_shown_within_scope_only(someone, at, files):
    exif = Image.Exif()
    exif[0x010E] = "where it was taken"
    data = picture(exif=exif)
    assert b"where it was taken" in data
    assert sent(at("station"), someone, data).status_code == 302
    visit = Visit.objects.get()
    (stored,) = (files / "photos").iterdir()
    assert stored.name == visit.photo and stored.stat().st_mode & 0o077 == 0
    answer = at("station").get(f"/visits/{visit.pk}/photo")
    assert answer["Content-Type"] == "image/jpeg" and b"where it was taken" not in answer.content
    assert max(Image.open(io.BytesIO(answer.content)).size) == 1600
    for stranger in ("stranger", "stranger_office"):
        assert at(stranger).get(f"/visits/{visit.pk}/photo").status_code == 404
    stored.write_bytes(b"altered")
    assert at("station").get(f"/visits/{visit.pk}/photo").status_code == 404


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture()[:400], picture("GIF")],
    ids=["empty", "program", "svg", "cut off", "another kind"],
)
def test_what_is_no_photo_is_refused_in_words_and_nothing_is_stored(someone, at, files, data):
    answer = sent(at("station"), someone, data)
    assert answer.status_code == 422
    assert answer.context["form"].errors["picture"]
    assert not Visit.objects.exists() and not list(files.glob("photos/*"))


def test_a_photo_too_large_is_refused(someone, at, files):
    ParameterValue.objects.filter(code="photo_megabytes").update(value=0)
    answer = sent(at("station"), someone, picture())
    assert "larger than 0 MB" in answer.context["form"].errors["picture"][0]
    small = picture("PNG", (9000, 9000))
    ParameterValue.objects.filter(code="photo_megabytes").update(value=8)
    assert "too many pixels" in sent(at("station"), someone, small).context["form"].errors["picture"][0]


def test_the_book_tells_why_and_the_next_visit_follows(staff, at, files):
    from test_import_pages import batch_of, merged, roster

    world.person("刘桂芳")
    head = ["姓名", "走访日期", "走访结果", "走访事由", "下次走访日期"]
    rows = [
        ["刘桂芳", "2006.7.3", "见到本人", "援助回访", ""],
        ["刘桂芳", "2006.7.10", "见到本人", "政策宣讲", "2006.8.1"],
        ["刘桂芳", "2006.7.20", "无人接听", "", ""],
        ["刘桂芳", "2006.7.21", "见到本人", "", "2006.7.1"],
    ]
    batch = batch_of(merged(at("station"), roster(*rows, head=head), kind="visits"))
    assert [
        (one.why, str(one.next_on), one.next_by_rule) for one in Visit.objects.order_by("visited_on")
    ] == [
        ("hardship", "2006-08-03", True),
        ("policy", "2006-08-01", False),
        ("other", "2006-07-27", True),
    ]
    assert [note["code"] for note in batch.rows.get(status="error").notes] == ["next_before"]

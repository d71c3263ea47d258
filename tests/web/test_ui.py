"""The parts of pages, as templates use them."""

import pytest
from django.contrib.messages.storage.base import Message
from django.template import Context, Template

from qiao.web.styleguide import ExampleForm
from qiao.web.templatetags import ui


def draw(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{% tag word %}",
        "{% icon 'home' word %}",
        "{% page_header word %}{% endpage_header %}",
        "{% tile word word unit=word note=word %}",
        "{% empty word text=word %}",
        "{% data_table label=word %}{% enddata_table %}",
        "{% drawer id='x' title=word %}{% enddrawer %}",
        "{% progress word 1 total=2 %}",
        "{% select_row 1 word %}",
    ],
)
def test_what_people_typed_is_never_markup(source):
    assert "<script>" not in draw(source, word="<script>alert(1)</script>")


def test_no_part_carries_inline_style_or_script():
    drawn = draw(
        "{% tile 'a' 1 share=0.5 series=series %}{% progress 'a' 1 total=2 poll='/x' %}",
        series=[1, 2, None, 4],
    )
    assert "style=" not in drawn and "<script" not in drawn


def test_a_sparkline_breaks_where_a_value_is_missing():
    assert len(ui.sparkline([1, 2, None, 4, 5])["lines"]) == 2


@pytest.mark.parametrize("values", [[], [None], [3], [3, 3, 3]])
def test_a_sparkline_of_little_is_still_drawn(values):
    assert "<svg" in draw("{% sparkline values %}", values=values)


@pytest.mark.parametrize(("share", "bounded"), [(0.5, 50), (1.3, 100), (-0.2, 0), (None, None)])
def test_a_share_beyond_the_target_fills_the_bar_and_keeps_its_number(share, bounded):
    drawn = ui.tile("a", 1, share=share)
    assert drawn["bounded"] == bounded


def test_the_summary_leads_to_each_field():
    form = ExampleForm({"phone": "1"})
    drawn = draw("{% error_summary form %}", form=form)
    assert 'href="#id_name"' in drawn and 'href="#id_sex"' in drawn
    assert draw("{% error_summary form %}", form=ExampleForm()).strip() == ""


def test_a_message_names_its_undo():
    assert ui.undo_url(Message(25, "x", extra_tags="big undo=/l/residents/undo?7")) == "/l/residents/undo?7"
    assert ui.undo_url(Message(25, "x")) == ""


def test_steps_before_the_present_are_done():
    assert [state for _label, state in ui.stepper(["a", "b", "c"], 2)["steps"]] == [
        "done",
        "current",
        "ahead",
    ]
    assert {state for _label, state in ui.stepper(["a", "b"], 3)["steps"]} == {"done"}

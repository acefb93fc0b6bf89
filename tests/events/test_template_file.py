"""Templates that come with a centre's file: read, made once, and left alone afterwards."""

import uuid

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.catalogue.drafts import work
from wegweiser.consortium import centre_file
from wegweiser.crossings import event_texts
from wegweiser.events import template_file
from wegweiser.events.actions import copies, templates
from wegweiser.events.actions.copies import When
from wegweiser.events.models import Event
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError

TEMPLATE = """
[[template]]
key = "talk"
title = "Sprechtag"
title_en = "Consultation day"
starts = "09:00"
minutes = 90
slot_minutes = 30
closes_days = 2
agenda = [{ at = "9:00", title = "Beginn" }]
[[template.question]]
kind = "choice"
label = "Wie weit?"
option = [{ label = "Am Anfang" }, { label = "Schon länger" }]
"""


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "templates.toml"
    found.write_text(TEMPLATE.replace('"9:00"', '"09:00"'))
    return found


@pytest.fixture
def centre(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


def test_a_template_of_the_file_holds_what_the_file_says(centre, path):
    templates.load(templates=template_file.read(path), by=BY)
    event = Event.objects.get()
    assert (event.is_protected, event.draft.is_template, event.draft.partner) == (True, True, centre.lead)
    assert [f"{clock.local(pool.starts_at):%H:%M}" for pool in event.pools.all()] == ["09:00", "09:30", "10:00"]
    assert (event.draft.starts_at - event.closes_at).days == 1
    assert [option["key"] for option in event.questions.get().options] == ["am-anfang", "schon-laenger"]


def test_loading_again_makes_nothing_and_what_was_dropped_stays_away(centre, path):
    templates.load(templates=template_file.read(path), by=BY)
    found = work(Event.objects.get().draft.uuid)
    templates.load(templates=template_file.read(path), by=BY)
    assert Event.objects.count() == 1
    event_texts.drop(uuid=found.uuid, seen=found.stamp, by=BY)
    templates.load(templates=template_file.read(path), by=BY)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[[template]]", "[[template"),
        ('key = "talk"', ""),
        ('starts = "09:00"', 'starts = "morgens"'),
        ("minutes = 90", "minutes = 0"),
        ("slot_minutes = 30", 'slot_minutes = "30"'),
        ('kind = "choice"', 'kind = "text"'),
        ('kind = "choice"', 'kind = "odd"'),
        ('title = "Sprechtag"', 'title = "Sprechtag"\nattendance = "moon"'),
        (
            "[[template.question]]",
            '[[template]]\nkey = "talk"\ntitle = "A"\nstarts = "09:00"\nminutes = 5\n[[template.question]]',
        ),
    ],
)
def test_what_is_wrong_in_the_file_is_said(path, old, new):
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(DomainError) as refused:
        template_file.read(path)
    assert refused.value.code == "centre_file_invalid"


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(DomainError) as refused:
        template_file.read(tmp_path / "none.toml")
    assert refused.value.code == "centre_file_missing"


def test_the_model_centre_begins_with_templates_that_become_events(centre):
    file = centre_file.read(centre_file.model_centre())
    read = template_file.read(file.event_templates)
    assert {row.key for row in read} == {"information-event", "consultation-day", "workshop", "online-hour"}
    assert all(words.get("en") for row in read for words in row.words.values())
    templates.load(templates=read, by=BY)
    starts = clock.at(contact_point.MONDAY.date().replace(month=5))
    for template in Event.objects.filter(draft__is_template=True):
        made = copies.make(source=template.draft.uuid, when=When(starts_at=starts), submission=uuid.uuid4(), by=BY)
        missing = {finding.code for finding in work(made.event.draft.uuid).readiness.missing}
        assert missing <= {"place_missing", "main_topic_missing", "contact_missing"}


@pytest.mark.parametrize(
    "options",
    ['{ label = "Am Anfang" }, { label_en = "Later" }', '{ label = "Ja!" }, { label = "Ja" }', '{ label = "–" }'],
)
def test_each_option_has_a_label_that_no_other_one_has(tmp_path, options):
    found = tmp_path / "templates.toml"
    found.write_text(TEMPLATE.replace('{ label = "Am Anfang" }, { label = "Schon länger" }', options))
    with pytest.raises(DomainError) as error:
        template_file.read(found)
    assert error.value.code == "centre_file_invalid"

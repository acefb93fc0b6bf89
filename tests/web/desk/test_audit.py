"""The audit trail says in words what happened."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.utils.translation import override

from wegweiser.kernel import audit
from wegweiser.web.desk import audit as presenters


def test_every_declared_event_has_a_sentence():
    for room in settings.ROOMS:
        if find_spec(f"wegweiser.{room}.events"):
            import_module(f"wegweiser.{room}.events")
    declared = {name for name, event in audit.declared().items() if type(event).__module__.startswith("wegweiser.")}
    assert set(presenters.SENTENCES) == declared


def test_no_two_events_read_alike_in_either_language():
    for language in ("de", "en"):
        with override(language):
            assert len({presenters.sentence(name) for name in presenters.SENTENCES}) == len(presenters.SENTENCES)


def test_the_sentence_follows_the_reader():
    assert presenters.sentence("case:taken") == "Anliegen übernommen"
    with override("en"):
        assert presenters.sentence("case:taken") == "Enquiry taken over"


def test_an_event_of_a_room_that_is_gone_shows_its_name():
    assert presenters.sentence("robot:fed") == "robot:fed"

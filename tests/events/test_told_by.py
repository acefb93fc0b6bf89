"""Who said who was there, of what was recorded before anybody wrote that down."""

import importlib
import pkgutil
import uuid

import pytest
from django.apps import apps

from tests.contact_point import MONDAY
from tests.events.world import held, register
from wegweiser.events import migrations
from wegweiser.events.models import Event, Seat
from wegweiser.kernel import clock

pytestmark = pytest.mark.django_db


def say_who() -> None:
    """The step of the migration, whatever its number."""
    names = [module.name for module in pkgutil.iter_modules(migrations.__path__)]
    found = [importlib.import_module(f"{migrations.__name__}.{name}") for name in names]
    (step,) = [module.say_who for module in found if hasattr(module, "say_who")]
    step(apps, None)


def test_doors_lists_and_hands_are_told_apart_and_what_was_closed_is_done():
    with clock.stopped_at(MONDAY):
        here = held(places=9)
        for number in range(1, 6):
            register(here, number)
    known = [
        {"presence": "attended", "arrival": uuid.uuid4(), "minutes": 9},
        {"presence": "absent", "minutes": 3},
        {"presence": "attended"},
        {"presence": "absent"},
        {"presence": ""},
    ]
    for seat, columns in zip(Seat.objects.order_by("pk"), known, strict=True):
        Seat.objects.filter(pk=seat.pk).update(**columns)
    Event.objects.update(settled_at=MONDAY)
    say_who()
    assert list(Seat.objects.order_by("pk").values_list("told_by", flat=True)) == ["door", "list", "hand", "", ""]
    assert Event.objects.get().followed_at == MONDAY

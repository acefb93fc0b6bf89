"""The model centre as its file tells it, loaded once by each worker and copied from then on (see kept)."""

from collections.abc import Hashable
from itertools import count

from django.db.models import F

from tests import kept
from wegweiser.catalogue.actions import offers
from wegweiser.catalogue.models import Change, Entry
from wegweiser.config import demo, demo_year, installation
from wegweiser.consortium import centre_file
from wegweiser.consortium.actions import centres
from wegweiser.consortium.models import Centre, Member, Partner
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")
_changes = count(10_000, 10_000)


def with_offers(*, at: Hashable = None) -> Centre:
    """The centre and its offers, without vectors. `at`, where the clock stands still, is when."""

    def load() -> Centre:
        file = centre_file.read(centre_file.model_centre())
        centre = centres.load(file=file, by=BY).centre
        offers.load(file=file, centre=centre, by=BY)
        return centre

    found = kept.once(("model centre with offers", at or clock.today()), load)
    of_no_other_test()
    return found


def installed() -> None:
    """As `wegweiser init` leaves it behind."""

    def install() -> None:
        installation.install(path=centre_file.model_centre(), quick=True, by=BY)

    kept.once(("model centre installed", clock.today()), install)
    of_no_other_test()


def with_year() -> list[tuple[Member, Partner]]:
    """As the demo fills it: its year, its logins, and of these the advisers with their partners."""

    def fill() -> list[tuple[Member, Partner]]:
        installation.install(path=centre_file.model_centre(), quick=True, by=BY)
        demo_year.make()
        return demo.advisers(demo.logins())

    found = kept.once(("model centre with its year", clock.today()), fill)
    of_no_other_test()
    return found


def of_no_other_test() -> None:
    """What the process keeps of one state of the catalogue is of no other test, though the rows are the same."""
    further = next(_changes)
    with kept.unnoticed():
        Entry.objects.update(changed=F("changed") + further)
        Change.objects.update(last=F("last") + further)

"""Wishes to be left alone of firms that are not known yet: whichever row founds such a firm, they hold for it."""

from wegweiser.companies.events import Event as FirmsEvent
from wegweiser.companies.importing.remarks import DELETION
from wegweiser.companies.linkage.blocking import Index
from wegweiser.companies.linkage.row import profiles
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.companies.models import Company
from wegweiser.companies.queries import root_of, same_firm
from wegweiser.journey.history import lists
from wegweiser.journey.history.finding import WISH, key_of
from wegweiser.journey.history.rows import Contact
from wegweiser.journey.models import ContactRow
from wegweiser.kernel import audit


class Wishes:
    """Those of rows that wait for a person, and those that are told meanwhile."""

    def __init__(self) -> None:
        self._index = Index()
        self._told: list[str] = []
        self._same: dict[object, list[int]] = {}
        waiting = ContactRow.objects.filter(held__startswith=WISH, company=None, settled_at=None, undone_at=None)
        for row in waiting.exclude(said="").order_by("pk"):
            if contact := lists.said_by(row):
                self.hear(contact)

    def hear(self, contact: Contact) -> None:
        """What a row asks for whose firm nobody knows."""
        if contact.firm is None or not contact.wish:
            return
        number = len(self._told)
        self._told.append(contact.wish)
        self._same.setdefault(key_of(contact.firm), []).append(number)
        self._index.add(profiles.profile(number, contact.firm))

    def of(self, firm: Known) -> str:
        """The strictest that was told of this very firm; empty where none was."""
        likely = self._index.alike(profiles.profile(-1, firm))
        sure = [number for number, likeness in likely if likeness.verdict == Verdict.SURE]
        told = {self._told[number] for number in (*sure, *self._same.get(key_of(firm), ()))}
        return DELETION if DELETION in told else next(iter(told), "")


def is_silenced(row: ContactRow, company: Company) -> bool:
    """Whether the wish silenced the firm when the row was taken; what anybody chose for it since stands.

    Rows of an older version do not name whom they silenced: the trail does.
    """
    if row.company is not None:
        return root_of(row.company).pk == root_of(company).pk
    told = audit.of_several(same_firm(company), FirmsEvent.COMPANY_COMPLETED, FirmsEvent.CHANNEL_CHOSEN)
    until_then = told.filter(recorded_at__lte=row.recorded_at)
    last = [event for event in until_then if "channel" in event.changed][-1:]  # what holds is what came last
    silenced = [event for event in last if event.event == FirmsEvent.COMPANY_COMPLETED]
    return any(event.recorded_at >= row.source.recorded_at for event in silenced)

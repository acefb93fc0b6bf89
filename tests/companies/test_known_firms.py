"""What a long list learns of other people's work while it is taken over."""

import pytest

from wegweiser.companies import known_firms, uses
from wegweiser.companies import lists as reads
from wegweiser.companies.actions import lists
from wegweiser.kernel.actor import Actor

BY = Actor.system("test")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("as_new_as", "read"), [(3600.0, 1), (0.0, 4)])
def test_what_the_house_works_with_is_read_by_the_clock_and_not_for_each_chunk(monkeypatch, as_new_as, read):
    asked: list[int] = []
    served = uses.served

    def counted() -> set[int]:
        asked.append(1)
        return served()

    monkeypatch.setattr(uses, "served", counted)
    monkeypatch.setattr(known_firms, "AS_NEW_AS", as_new_as)
    monkeypatch.setattr(reads, "CHUNK", 1)
    rows = "".join(f"Firma {name} GmbH;{name}weg 1\n" for name in ("Abel", "Kain", "Lot"))
    lists.take(opened=reads.open_list(f"Firma;Straße\n{rows}".encode()), name="liste.csv", by=BY)
    assert len(asked) == read

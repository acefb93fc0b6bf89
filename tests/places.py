"""Districts and the places in them, for tests: Halberstadt in the Harz, Stendal, and Walbeck, which is in two."""

import uuid

from wegweiser.consortium.loaded import PLACES
from wegweiser.consortium.models import District, Loaded, Settlement

HARZ, STENDAL, BOERDE = "15085", "15090", "15083"


def load() -> None:
    """A gazetteer of a few places; each call counts as loaded anew."""
    for ags, key, name in ((HARZ, "harz", "Harz"), (STENDAL, "stendal", "Stendal"), (BOERDE, "boerde", "Börde")):
        District.objects.create(ags=ags, key=key, name=name)
    for name, ags, codes in (
        ("Halberstadt", HARZ, ["38820"]),
        ("Stendal", STENDAL, ["39576"]),
        ("Walbeck", HARZ, []),
        ("Walbeck", BOERDE, []),
    ):
        Settlement.objects.create(
            name=name, district_id=ags, latitude=52.0, longitude=11.0, population=1000, postcodes=codes
        )
    Loaded.objects.create(kind=PLACES, key="all", content_hash=uuid.uuid4().hex * 2)

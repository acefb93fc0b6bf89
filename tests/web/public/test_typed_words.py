"""Words that somebody types into a list's search stay in no memory: nobody else asks in the same words soon."""

import pytest

from wegweiser.web.public.views import listing
from wegweiser.web.ui.templatetags import kept


@pytest.mark.parametrize("typed", ["q=Xylophonbau", "ort=Xylophonbau", "q=Xylophonbau&ort=39104"])
def test_no_part_and_no_map_of_the_page_is_kept(client, world, typed):
    listing._maps.clear()
    client.get("/angebote/")
    before = (set(kept.PARTS), set(listing._maps))
    page = client.get(f"/angebote/?{typed}")
    assert "Xylophonbau" in page.text
    assert (set(kept.PARTS), set(listing._maps)) == before


def test_what_is_chosen_from_a_list_is_kept(client, world):
    client.get("/angebote/")
    before = len(kept.PARTS)
    client.get("/angebote/?art=check")
    assert len(kept.PARTS) > before

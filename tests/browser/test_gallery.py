"""The gallery in a real browser: no component has a barrier, and all look as they did when somebody last looked.

The pictures in `looks/` are the gallery at two widths, shrunk so far that letters turn grey: another version of the
browser does not matter, a component that lost its colour, place or space does. After a wanted change of the look,
`LOOKS=new` in the environment takes them anew; look at them before you commit.
"""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from wegweiser.consortium.models import Centre

LOOKS = Path(__file__).with_name("looks")
SHRUNK = 8
BAND = 8  # shrunk rows that are compared together, so that one component counts as much as a page
DIFFERENT = 6.0  # of 255, on average over a band
ADDRESS = "/bausteine/"
# What lies below the first screen loads when the browser likes.
ALL_PICTURES = """() => Promise.all([...document.images].map(picture => {
    picture.loading = "eager";
    return picture.decode();
}))"""


@pytest.fixture
def gallery(page, transactional_db, settings):
    assert not Centre.objects.exists()  # the components alone, without anybody's texts and colours
    settings.DEMO = True
    page.goto(ADDRESS)
    return page


def look(page, width: int) -> Image.Image:
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")  # another width may ask for another weight
    page.evaluate(ALL_PICTURES)
    taken = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled", caret="hide"))).convert("RGB")
    return taken.resize((taken.width // SHRUNK, taken.height // SHRUNK), Image.Resampling.BOX)


def worst(before: Image.Image, now: Image.Image) -> float:
    """The greatest average difference of a band; 255 where the page became longer or shorter than a line."""
    if abs(before.height - now.height) * SHRUNK > 24:
        return 255.0
    height = min(before.height, now.height)
    found = 0.0
    for top in range(0, height, BAND):
        box = (0, top, before.width, min(top + BAND, height))
        gap = ImageChops.difference(before.crop(box), now.crop(box)).convert("L")
        found = max(found, ImageStat.Stat(gap).mean[0])
    return found


def test_no_component_has_a_barrier(gallery, axe):
    axe(gallery)


@pytest.mark.parametrize("width", [360, 1280])
def test_all_components_look_as_they_did(gallery, width):
    now, kept = look(gallery, width), LOOKS / f"gallery-{width}.png"
    if os.environ.get("LOOKS") == "new":
        LOOKS.mkdir(exist_ok=True)
        now.save(kept, optimize=True)
    assert worst(Image.open(kept).convert("RGB"), now) < DIFFERENT


def test_a_component_that_lost_its_colour_or_its_space_is_seen(gallery):
    """Negative control."""
    kept = look(gallery, 1280)
    for fault in (".kern-btn { background: transparent !important }", ".ww-card { padding: 0 !important }"):
        gallery.evaluate(
            "css => { const it = new CSSStyleSheet(); it.replaceSync(css); document.adoptedStyleSheets = [it] }",
            fault,
        )
        assert worst(kept, look(gallery, 1280)) >= DIFFERENT, fault

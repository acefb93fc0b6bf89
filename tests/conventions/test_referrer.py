"""A page that can be sent back says where it came from: else the browser names no origin, and sending is refused."""

from pathlib import Path

import wegweiser

PAGES = Path(wegweiser.__file__).parent


def test_no_page_forbids_its_own_address_to_itself():
    assert [path.name for path in PAGES.rglob("*.html") if 'content="no-referrer"' in path.read_text()] == []

"""Text blocks in the form of an answer: to choose one, and the form again with the block in its text."""

from typing import Any

from django.http import HttpRequest, QueryDict

from wegweiser.catalogue import queries as catalogue
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import enquiries as crossings
from wegweiser.crossings import offers as named
from wegweiser.enquiries import text_blocks
from wegweiser.enquiries.models import Case
from wegweiser.outbox.rendering import Rendered
from wegweiser.web.desk.access import Desk

TEXT = "answer-text"
APART = "\n\n"


def is_asked(data: QueryDict) -> bool:
    """Whether a block is to be inserted or the answer looked at, and nothing sent."""
    return "insert" in data or "preview" in data


def choices(case: Case) -> list[tuple[str, str]]:
    """The blocks that fit the case's language and partner, by title."""
    return [(str(row.uuid), row.title) for row in text_blocks.for_case(case)]


def filled_in(request: HttpRequest, case: Case, desk: Desk, form: Any) -> QueryDict:
    """What was sent, with the block that was asked for where the cursor was, else at the end, and with what its
    placeholders stand for: offers may have been ticked after the block came in. An unknown block changes nothing."""
    data = request.POST.copy()
    form.full_clean()
    ticked = [str(uuid) for uuid in form.chosen()]
    titles = catalogue.titles_of(ticked) if ticked else {}
    offers = [titles[uuid].text(case.language) for uuid in ticked if uuid in titles]
    told = text_blocks.values(case=case, member=desk.member, phone=consortium.centre().phone, offers=offers)
    text = data.get(TEXT, "").replace("\r\n", "\n")
    if "insert" in data:
        block = next((row for row in text_blocks.for_case(case) if str(row.uuid) == data.get("block")), None)
        if block is None:
            return data
        text = _joined(text, text_blocks.fill(block.text, told).text.strip(), data.get("cursor", ""))
    elif text_blocks.left_over(text):
        text = text_blocks.fill(text, told).text
    data[TEXT] = text
    return data


def _joined(text: str, block: str, cursor: str) -> str:
    place = min(int(cursor), len(text)) if cursor.isdecimal() and len(cursor) < 6 else len(text)
    before, after = text[:place].rstrip(), text[place:].lstrip()
    return APART.join(part for part in (before, block, after) if part)


def preview(request: HttpRequest, case: Case, desk: Desk, form: Any) -> Rendered | None:
    """The answer as the enquirer would read it, where one asked to see it and wrote something."""
    if "preview" not in request.POST:
        return None
    form.full_clean()
    text = form.data.get(TEXT, "").replace("\r\n", "\n").strip()
    if not text:
        return None
    return crossings.written(case=case, member=desk.member, text=text, entries=named.entries(form.chosen()))

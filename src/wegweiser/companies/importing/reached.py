"""How a firm is reached, as one row tells it: numbers, mails and its page, and what in these cells is none of them."""

from dataclasses import dataclass

from wegweiser.companies.importing import contacts, pages, phone_cells, values
from wegweiser.companies.importing.row import Row


@dataclass(frozen=True)
class Reached:
    phones: tuple[str, ...]
    fax: str
    emails: tuple[str, ...]
    website: str
    mobile: str  # the first number of its own column


def read(row: Row) -> Reached:
    told = {column: phone_cells.numbers(row.raw.get(column, "")) for column in ("phone", "mobile", "fax")}
    for column, several in told.items():
        for reason, texts in (
            ("invalid_phone", several.bad),
            ("left_beside", several.beside),
            ("of_somebody_else", several.others),
        ):
            for text in texts:
                row.warn(column, reason, text)
        for text in several.put_right:
            row.tell(column, "put_right", text)
    phones = tuple(dict.fromkeys([*told["phone"].good, *told["mobile"].good]))
    fax = next(iter([*told["fax"].good, *(fax for several in told.values() for fax in several.fax)]), "")
    emails, website = _mails_and_page(row)
    return Reached(phones, fax, emails, website, next(iter(told["mobile"].good), ""))


def _mails_and_page(row: Row) -> tuple[tuple[str, ...], str]:
    """The addresses and the page; each may stand in the cell of the other."""
    told, page = row.raw.get("website", ""), row.raw.get("email", "")
    mails = contacts.mails("\n".join(filter(None, [page, told if "@" in told else ""])))
    is_page = not mails.good and not mails.others and pages.is_plainly(page)
    for reason, texts in (("invalid_email", () if is_page else mails.bad), ("of_somebody_else", mails.others)):
        for text in texts:
            row.warn("email", reason, text)
    for reason, slips_of in (("put_right", mails.put_right), ("perhaps_mistyped", mails.perhaps)):
        for written, meant in slips_of:
            row.tell("email", reason, f"{written} → {meant}")
    website = "" if contacts.mails(told).good else _page(row, "website", "invalid_website")
    if is_page and not website:
        website = _page(row, "email", "invalid_email")
    elif is_page:
        row.warn("email", "invalid_email", page)
    return mails.good, website


def _page(row: Row, column: str, reason: str) -> str:
    told = values.known(row.raw.get(column, ""))
    found = pages.read(told) if told else None
    if found is None:
        if told:
            row.warn(column, reason, told)
        return ""
    if found.is_put_right:
        row.tell(column, "put_right", f"{told} → {found.address}")
    if found.beside:
        row.warn(column, "left_beside", found.beside)
    return found.address

"""A business card as somebody types it: what each part is, and what it says of a firm."""

import re

from wegweiser.companies import phones as numbers
from wegweiser.companies.importing import phone_cells
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.enquiries import entered
from wegweiser.enquiries.models import Card
from wegweiser.kernel.errors import DomainError

KEYWORD_LENGTH = 200
BESIDE = " | "  # between the keyword and what else stood in the contact
_MAIL = re.compile(r"[^\s<>,;:()|/\[\]]+@[^\s<>,;:()|/\[\]]+")
_PAGE = re.compile(r"https?://[^\s,;]+|\bwww\.[^\s,;]+", re.IGNORECASE)
_WORD_OF_A_MAIL = re.compile(r"\b(e-?mail|mail|web|internet|homepage)\b[.:]*", re.IGNORECASE)


def card(name: str, firm: str, contact: str, keyword: str, *, has_photo: bool = False) -> dict[str, str]:
    """The columns of a card. `contact` is a phone number, a mail address, or both.

    With a photo anything may be missing: it is typed later. Raises DomainError: name_missing, contact_missing,
    email_invalid, email_umlauts, text_too_long.
    """
    said = _columns(name, firm, contact, keyword)
    try:
        said["email"] = entered.mail(said["email"])
    except DomainError as refusal:  # the card has one field for both
        raise DomainError(refusal.code, str(refusal), field="contact") from refusal
    if len(said["keyword"]) > KEYWORD_LENGTH:
        raise DomainError("text_too_long", "Nothing of it is cut.", field="keyword")
    if has_photo:
        return said
    if not said["name"] and not said["firm"]:
        raise DomainError("name_missing", field="name")
    if not said["email"] and not said["phone"]:
        raise DomainError("contact_missing", field="contact")
    return said


def unsaved(name: str = "", firm: str = "", contact: str = "", keyword: str = "") -> Card:
    """A card that is still being typed, to compare it with others; nothing of it is right or wrong yet."""
    return Card(**_columns(name, firm, contact, keyword))


def known(row: Card) -> Known:
    """What the card says of a firm, to compare it with those that are known."""
    phones = (row.phone,) if row.phone.startswith("+") else ()
    return Known(name=row.firm or row.name, phones=phones, emails=(row.email,) if row.email else ())


def topic_of(keyword: str) -> str:
    """What one spoke about, without what else stood in the contact and is kept behind it."""
    return keyword.partition(BESIDE)[0]


def _columns(name: str, firm: str, contact: str, keyword: str) -> dict[str, str]:
    mails, pages = _MAIL.findall(contact), _PAGE.findall(contact)
    rest = _WORD_OF_A_MAIL.sub(" ", _PAGE.sub(" ", _MAIL.sub(" ", contact))).strip(" ,;/|<>()[].:")
    phone, others = _phone(rest)
    left = ", ".join([*others, *(mail.rstrip(".") for mail in mails[1:]), *pages])
    return {
        "name": entered.line(name, 160),
        "firm": entered.line(firm, 200),
        "email": mails[0].rstrip(".") if mails else "",
        "phone": phone,
        "keyword": BESIDE.join(filter(None, [entered.line(keyword, KEYWORD_LENGTH), left])),
    }


def _phone(text: str) -> tuple[str, list[str]]:
    """The number one calls, and what else is told: further numbers, a fax, words."""
    if not any(sign.isdigit() for sign in text):
        return "", [text] if text else []
    told = phone_cells.numbers(text)
    if not told.fax and (whole := _e164(text)):
        return whole, []
    alone = entered.phone(text)
    if not told.good and not told.fax:
        return alone, [text] if len(text) > len(alone) else []
    fax = [f"Fax {numbers.shown(number)}" for number in told.fax]
    more = [numbers.shown(number) for number in told.good[1:]]
    return next(iter(told.good), ""), [*more, *fax, *told.bad, *told.beside, *told.others]


def _e164(text: str) -> str:
    """The one number that the text is; empty where it is more than that, or none."""
    try:
        return numbers.e164(text)
    except DomainError:
        return ""

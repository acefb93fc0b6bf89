"""A business card as somebody types it: what each part is, and what it says of a firm."""

from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.enquiries import entered
from wegweiser.enquiries.models import Card
from wegweiser.kernel.errors import DomainError


def card(name: str, firm: str, contact: str, keyword: str, *, has_photo: bool = False) -> dict[str, str]:
    """The columns of a card. `contact` is a phone number, a mail address, or both.

    With a photo anything may be missing: it is typed later. Raises DomainError: name_missing, contact_missing,
    email_invalid.
    """
    said = _columns(name, firm, contact, keyword)
    said["email"] = entered.mail(said["email"])
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


def _columns(name: str, firm: str, contact: str, keyword: str) -> dict[str, str]:
    mails = [word for word in contact.replace(",", " ").replace(";", " ").split() if "@" in word]
    rest = contact
    for word in mails:
        rest = rest.replace(word, " ")
    return {
        "name": entered.line(name, 160),
        "firm": entered.line(firm, 200),
        "email": mails[0] if mails else "",
        "phone": entered.phone(rest.strip(" ,;/|")) if any(sign.isdigit() for sign in rest) else "",
        "keyword": entered.line(keyword, 200),
    }

"""Who of a firm is logged in to its workspace, so that a form need not ask what we know."""

from django.http import HttpRequest

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Access, Company, Person
from wegweiser.crossings import entrances
from wegweiser.web.cookies import COMPANY_COOKIE


def access(request: HttpRequest) -> Access | None:
    """The access behind the cookie of the workspace; None for everybody else, without a look into the database."""
    found = entrances.session(request.COOKIES.get(COMPANY_COOKIE, ""))
    return found[1] if found else None


def typed(inside: Access | None) -> dict[str, str]:
    """What they would type into a form."""
    if inside is None:
        return {}
    person, firm = inside.person, companies.root_of(inside.company)
    return {"name": person.name, "email": person.email, "phone": person.phone or firm.phone, "firm": firm.name}


def meant(inside: Access | None, *, name: str, firm: str) -> tuple[Company | None, Person | None]:
    """The firm and the person that an enquiry belongs to: as long as the form still names them.

    Who typed another name or firm writes for somebody else, and nothing is guessed.
    """
    ours = typed(inside)
    if inside is None or _same(firm) != _same(ours["firm"]):
        return None, None
    person = inside.person if _same(name) == _same(ours["name"]) else None
    return companies.root_of(inside.company), person


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()

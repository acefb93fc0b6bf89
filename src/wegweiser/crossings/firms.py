"""Who the enquirer is: firm and person are found or created on the way, and the case remembers them."""

from collections.abc import Mapping

from django.db import transaction

from wegweiser.companies import alike, phones, written_firms
from wegweiser.companies import cover_names as covers
from wegweiser.companies import queries as known_firms
from wegweiser.companies.actions import companies, cover_names, persons
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Partner
from wegweiser.crossings import thread_steps
from wegweiser.enquiries.actions import askers, cases
from wegweiser.enquiries.models import Case, Enquirer
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key

MOST_COVERS = 100  # one looks among them by eye


def link(
    *,
    case: Case,
    company: Company | None = None,
    firm: str = "",
    name: str = "",
    is_another: bool = False,
    is_seen: bool = True,
    by: Actor,
) -> Company | None:
    """The firm of the case: the one given, the one it has, or the one of the name `firm` (or as the enquirer wrote it).

    `is_another`: somebody looked at those of this name and said that it is none of them. Answers that went out before
    then stand on the firm's timeline too. Of two firms of one name it is the one with the enquirer's phone or mail.
    Where nobody saw it (`is_seen`), a firm that is known by the name alone is left to whoever opens the case.
    Mail and number of a case are the word of whoever asks: they stay with it, and complete no person that is known.
    Raises DomainError("cover_unknown") where `firm` is a cover name that no firm has.
    """
    name, typed = name.strip() or case.name, firm.strip()
    firm, asked_from = written_firms.read(typed or case.firm).name, who_asks(case, typed)
    phone = asked_from["phone"]
    with transaction.atomic():
        company = company or case.company
        is_open = company is None and not is_seen and _is_named_alone(firm, asked_from)
        if is_open:
            return None
        if company is None and not is_another and case.enquirer == Enquirer.COMPANY:
            try:
                company = covers.named(firm)  # who comes again under its cover name is not another firm
            except DomainError:
                if typed:
                    raise
                return None  # as the enquirer wrote it: left to whoever opens the case
        if company is None and firm and case.enquirer == Enquirer.COMPANY:
            company = companies.find_or_create(name=firm, is_another=is_another, asked_from=asked_from, by=by)
        company = known_firms.root_of(company) if company else None
        person = case.person
        is_covered = company is not None and company.is_cover_name  # a person at its side would give it away
        if person is None and name and not is_covered and not _is_the_firm(name, firm, company):
            person = persons.find_or_create(
                name=name,
                email=case.email,
                phone=phone,
                company=company,
                language=case.language,
                word=persons.Word.THEIRS,
                by=by,
            )
        cases.link(case=case, company=company, person=person, by=by)
        thread_steps.record_answers(case=case, by=by)
    return company


def who_asks(case: Case, typed: str = "") -> dict[str, str]:
    """How whoever asks is reached, and where their firm is as they wrote it behind its name: as `alike.with_contact`
    takes it. `typed` is what somebody else writes of the firm."""
    written = written_firms.read(typed)
    there = written.there if any(written.there.values()) else written_firms.read(case.firm).there
    phone = phones.dialled(case.phone) if case.phone.startswith("+") else ""
    return {"phone": phone, "email": case.email, **there}


def _is_named_alone(firm: str, asked_from: Mapping[str, str]) -> bool:
    """Whether one firm has this name, and nothing else says that it is this one; or may be meant by a cover name."""
    if covers.is_one(firm):
        return True
    told = alike.with_contact(Known(name=firm), **asked_from)
    return alike.certain(told) is not None and alike.certain(told, by_name=False) is None


def covers_at(partner: Partner) -> list[Company]:
    """Firms under a cover name that asked at `partner` before, the newest first."""
    rows = Company.objects.filter(is_cover_name=True, canonical=None, name__startswith=covers.PREFIX)
    return list(rows.filter(cases__partner=partner).distinct().order_by("-id")[:MOST_COVERS])


def cover(*, case: Case, known: Mapping[str, str], before: Company | None = None, by: Actor) -> Company:
    """The enquirer does not say which firm it is: it gets a cover name, with the sector, size and district it tells.

    `before`: the cover under which it came already. What the case says of the firm's name goes (`askers.unname`): a
    cover that the search sees through is none.
    """
    with transaction.atomic():
        askers.unname(case=case, by=by)
        company = known_firms.root_of(before) if before else cover_names.found(known=known, by=by)
        cases.link(case=case, company=company, by=by)
        thread_steps.record_answers(case=case, by=by)
    return company


def _is_the_firm(name: str, firm: str, company: Company | None) -> bool:
    """Whether nobody was named but the firm itself, or who it calls itself."""
    return sort_key(name) in {sort_key(known) for known in (firm, company.name if company else "") if known}

"""Whether a mail in a thread comes from somebody outside whom we asked about it, and not from who asked us."""

from collections.abc import Sequence

from wegweiser.companies import keys
from wegweiser.companies import queries as companies
from wegweiser.companies.linkage.row import people
from wegweiser.enquiries import correspondence, sender_names
from wegweiser.enquiries.models import Case, Contribution, Mail
from wegweiser.kernel import mail_addresses
from wegweiser.outbox.models import Letter


def wrote(case: Case, mail: Mail, answered: Sequence[str]) -> bool:
    """Whether `mail`, in answer to the Message-IDs `answered` (the nearest first), is of others than who asked.

    Such are whom the case was passed on to, whoever answers there, and to whom a colleague wrote who filed the copy.
    Anybody else may be the enquirer at another mailbox: who is not known is heard.
    """
    if _is_of_asker(case, mail):
        return False
    if case.referrals.filter(mail_addresses.same("recipient_mail", mail.sender_mail)).exists():
        return True
    sent = case.mails.filter(state=Mail.State.FILED, direction=Mail.Direction.OUT)
    if sent.filter(mail_addresses.same("other_mail", mail.sender_mail)).exists():
        return True
    letters = {row.message_id: row for row in Letter.objects.filter(message_id__in=answered)}
    filed = {row.message_id: row for row in case.mails.filter(message_id__in=answered).select_related("contribution")}
    for identity in answered:
        if identity in letters:
            return case.referrals.filter(note__uuid=letters[identity].cause_uuid).exists()
        if found := filed.get(identity):
            return bool(found.contribution and found.contribution.kind == Contribution.Kind.MAIL_OTHER)
    return False


def _is_of_asker(case: Case, mail: Mail) -> bool:
    """Whether it comes from who asked or from their firm: by address, by a domain of their own, or by name."""
    addresses = {case.email, case.person.email if case.person else ""} - {""}
    if any(mail_addresses.equal(address, mail.sender_mail) for address in addresses):
        return True
    if keys.mail_domain(mail.sender_mail) in {keys.mail_domain(address) for address in addresses} - {""}:
        return True
    firm = correspondence.known_as(mail.sender_mail).company
    if firm and case.company and firm == companies.root_of(case.company):
        return True
    return _is_called(sender_names.read(mail.sender_name).name, case, knows_address=bool(addresses))


def _is_called(name: str, case: Case, *, knows_address: bool) -> bool:
    """Whether that name is of who asked. Where no address of theirs is known, other spellings and first names do."""
    if not name or name.casefold() == case.name.casefold():
        return bool(name)
    if knows_address:
        return False
    mine, theirs = people.people(case.name), people.people(name)
    if any(people.same(one, other) >= people.Same.FAMILY for one in mine for other in theirs):
        return True
    return name.casefold() in {first for first, _family in mine if len(first) > 1}

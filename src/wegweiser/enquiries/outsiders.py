"""Who of outside a mail is of: who is answered, and with whom the contact was that one of ours tells of."""

import re
from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings

from wegweiser.companies import keys
from wegweiser.consortium import queries as consortium
from wegweiser.enquiries import correspondence, forwarded, subjects
from wegweiser.enquiries.forwarded import Address, Forwarded
from wegweiser.enquiries.mail_reading import Reading
from wegweiser.enquiries.models import Mail
from wegweiser.kernel import mail_addresses

# What programs put before the @ where nobody reads an answer.
_READ_BY_NOBODY = re.compile(
    r"^(no|do[-_.]?not|keine?|nicht)[-_.]?(reply|replies|response|answer|antwort(en)?)(?![a-z0-9])|^(mailer-daemon|nobody|devnull)@",
    re.IGNORECASE,
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def writer(reading: Reading) -> Address:
    """Who wrote it, at the address that an answer goes to: what it names itself (Reply-To), else its sender.

    A form on a website sends under its own address and names there who typed. What names one of us is left out: an
    answer would go round in a circle. So is what says that nobody reads it, as programs for customers name it.
    """
    read = [one for one in reading.reply_to if not _READ_BY_NOBODY.search(one.mail)]
    named = [one for one in read if not _is_one_of_us(one)]
    if not named or any(mail_addresses.equal(one.mail, reading.sender.mail) for one in named):
        return reading.sender
    return Address(named[0].name or _fitting(reading.sender, named[0].mail), named[0].mail)


def is_form_of_ours(sender: str) -> bool:
    """Whether a form of the centre sends from there: from its own domain, a partner's address, or a known one."""
    known = [mail_addresses.key(one) for one in settings.MAIL_FORMS]
    if mail_addresses.key(sender) in known or _is_one_of_us(Address("", sender)):
        return True
    ours = (settings.MAIL_REPLY, parseaddr(settings.DEFAULT_FROM_EMAIL)[1], consortium.centre().email)
    return keys.mail_domain(sender) in {keys.mail_domain(one) for one in ours} - {""}


def _fitting(sender: Address, mail: str) -> str:
    """The sender's name, where the other address is theirs as far as one can see: "Website" asks for nothing."""
    words = re.findall(r"\w{3,}", sender.name.casefold().translate(_UMLAUTS))
    is_theirs = _domain(sender.mail) == _domain(mail) or any(word in mail_addresses.key(mail) for word in words)
    return sender.name if is_theirs else ""


def _domain(mail: str) -> str:
    return mail_addresses.domain_key(mail.rpartition("@")[2])


def of(reading: Reading) -> tuple[str, Address]:
    """With whom the contact was: who wrote what is forwarded or got it from one of us, else to whom the copy went.

    Where it went to nobody else, and does not say that it is forwarded, those count whose mails it quotes, then who
    typed into a form that sends under a colleague's address.
    """
    outside = _first_outside(reading.recipients)
    if found := _between(reading.forwarded):
        return found
    if outside is None and (found := _between(reading.quoted)):
        return found
    asks = writer(reading)
    if outside is None and _domain(asks.mail) != _domain(reading.sender.mail):
        return Mail.Direction.IN, asks
    return Mail.Direction.OUT, outside or Address("", "")


def told_in(mail: Mail) -> str:
    """What a copy says as the question of a case: the outsider's own words where it came in, else what it is about."""
    about = subjects.about(mail.subject)
    if mail.direction != Mail.Direction.IN:
        return about or mail.text
    words = forwarded.words_of(mail.text, Address(mail.other_name, mail.other_mail)) or mail.text
    return "\n\n".join(filter(None, [about, words.strip()]))


def _between(mails_in_it: Sequence[Forwarded]) -> tuple[str, Address] | None:
    """Who of them is no one of us, and whether they wrote it or got it."""
    only_named = None
    for passed_on in mails_in_it:
        if not _is_one_of_us(passed_on.sender):
            if passed_on.sender.mail:
                return Mail.Direction.IN, passed_on.sender
            only_named = only_named or passed_on.sender
        if other := _first_outside(passed_on.recipients):
            return Mail.Direction.OUT, other
    return (Mail.Direction.IN, only_named) if only_named else None


def _first_outside(addresses: Sequence[Address]) -> Address | None:
    return next((one for one in addresses if not _is_one_of_us(one)), None)


def _is_one_of_us(address: Address) -> bool:
    return correspondence.is_one_of_us(name=address.name, mail=address.mail)

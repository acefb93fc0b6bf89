"""With whom of outside the contact was that a mail of one of ours tells of."""

from collections.abc import Sequence

from wegweiser.enquiries import correspondence
from wegweiser.enquiries.forwarded import Address, Forwarded
from wegweiser.enquiries.mail_reading import Reading
from wegweiser.enquiries.models import Mail


def of(reading: Reading) -> tuple[str, Address]:
    """With whom the contact was: who wrote what is forwarded or got it from one of us, else to whom the copy went.

    Where it went to nobody else, and does not say that it is forwarded, those count whose mails it quotes.
    """
    outside = _first_outside(reading.recipients)
    if found := _between(reading.forwarded):
        return found
    if outside is None and (found := _between(reading.quoted)):
        return found
    return Mail.Direction.OUT, outside or Address("", "")


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

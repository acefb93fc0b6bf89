"""Who signs in from a firm: a mailbox in their own name under the firm's domain, and neither house nor line of their
own. Pure."""

from wegweiser.companies.linkage.pair import phone_lines
from wegweiser.companies.linkage.pair.fitting import Fit, Fitted
from wegweiser.companies.linkage.row import people, trades, vocabulary
from wegweiser.companies.linkage.row.forms import LASTING
from wegweiser.companies.linkage.row.profiles import Profile

_WIDESPREAD = vocabulary.EVERYDAY | vocabulary.SURNAMES
LEAST_OF_A_NAME = 6  # letters of a word that is the name of a page and of nobody


def signs_in_under_its_name(found: Fitted, one: Profile, other: Profile) -> bool:
    """Whether both names have the word that their page is called by, nobody's name, and one is a company with a
    register, the other somebody with a mailbox there: Ute Abel of "Sternquell Brunnen", ute@sternquell.example, and
    "Mineralwasser Sternquell GmbH".

    Whoever has a firm of their own beside it has a form, a house or a line for it, or a remark says so.
    """
    if found.fit < Fit.CONFLICT or not one.domains & other.domains:
        return False
    company, card = (one, other) if one.name.form in LASTING else (other, one)
    if company.name.form not in LASTING or card.name.form or card.named or company.named:
        return False
    if one.aside.words or other.aside.words or one.generation or other.generation:
        return False
    if not all(map(phone_lines.is_mobile, card.phones)) or (card.street and card.street != company.street):
        return False
    says_more = [word for word in card.name.words if word in found.alone]
    if any(trades.is_spin_off(word) or trades.is_sister(word) for word in says_more):
        return False
    return _has_their_word(one, other) and _has_a_mailbox(card) and not card.emails & company.emails


def _has_their_word(one: Profile, other: Profile) -> bool:
    """Whether a word of both names is all that their page is called."""
    pages = {domain.rpartition(".")[0].replace("-", "") for domain in one.domains & other.domains}
    lasts = {part for side in (one, other) for _, last in side.persons for part in last.split("-")}
    words = set(one.name.words) & set(other.name.words) & pages
    return any(len(word) >= LEAST_OF_A_NAME and word not in lasts and word not in _WIDESPREAD for word in words)


def _has_a_mailbox(card: Profile) -> bool:
    """Whether a mailbox is called by somebody who is named: `ute@`, `abel@`, `u.abel@`."""
    for address in card.emails:
        parts = people.mailbox(address).replace("-", ".").split(".")
        for first, last in card.persons:
            if (last and parts[-1] == last) or (len(parts) == 1 and (first, "") in card.writers):
                return True
    return False

"""What looks like another firm beside one and is the firm itself, as its mail, its village or a remark say. Pure."""

from collections.abc import Collection

from wegweiser.companies.linkage.pair import fitting, sharing
from wegweiser.companies.linkage.pair.fitting import Fit, Fitted
from wegweiser.companies.linkage.row import names, people, trades
from wegweiser.companies.linkage.row.profiles import Profile


def is_called_so_in_its_mail(one: Profile, other: Profile, for_it: Collection[str], alone: Collection[str]) -> bool:
    """Whether the mailbox of both bears the word that tells a firm beside another: "Elbkinder",
    info@stiftung-elbkinder.example, is the foundation itself."""
    if not {"same_mail", "same_phone"} <= set(for_it):
        return False
    pages = [address.partition("@")[2].replace("-", "") for address in one.emails & other.emails]
    beside = [word for word in alone if trades.is_sister(word)]
    return bool(beside) and all(any(word in page for page in pages) for word in beside)


def is_the_club_of_the_village(one: Profile, other: Profile, found: Fitted) -> bool:
    """Whether two are one club: of its name there is one in a village, and whoever is asked for it changes."""
    if found.fit != Fit.SAME or not any(side.name.form == "club" for side in (one, other)):
        return False
    villages = [{side.part, side.place, side.town} - {""} for side in (one, other)]
    here = {part for name in villages[0] & villages[1] for part in name.split()}
    return all(any(word in here for word in side.name.words) for side in (one, other))


def did_that_before(one: Profile, other: Profile, for_it: Collection[str], alone: Collection[str]) -> bool:
    """Whether a remark on one says that it did before what only the other's name says, and who is reached there is the
    same: "Gartenplanung Abel", "früher Gärtnerei"; "Gärtnerei Abel"."""
    if not {"same_person", "same_phone"} <= set(for_it):
        return False
    for side, beside in ((one, other), (other, one)):
        before = names.parse(side.aside.before).words if side.aside.before else ()
        told = [word for word in beside.name.words if word in alone]
        if before and told and set(told) <= set(before) and all(map(trades.is_trade, before)):
            return True
    return False


def names_the_partners(one: Profile, other: Profile, for_it: Collection[str]) -> bool:
    """Whether one is a partnership under a family name in the house of the other, which names two of that family and
    nobody else: "Abel GbR, Biohof"; "Biohof Lerchenfeld", Anna und Jost Abel."""
    for partners, side in ((one, other), (other, one)):
        lasts = {last for _, last in side.persons}
        is_pair = len(side.persons) > 1 and len(lasts) == 1 and lasts <= set(partners.name.words)
        if is_pair and partners.name.form == "partners" and not side.name.form and not partners.persons:
            return "same_address" in for_it and not partners.aside.words and not side.aside.words
    return False


def has_a_page_of_its_words(one: Profile, other: Profile) -> bool:
    """Whether one is a person with a mailbox under a domain that is made of words of the other's name, where the very
    same person is: kai@kain-glas.example, "Autoglas Kain", Kai Kain."""
    for card, firm in ((one, other), (other, one)):
        if not sharing.is_a_person(card, firm) or card.aside.words or firm.aside.words:
            continue
        if not any(people.same(mine, its) == people.Same.PERSON for mine in card.named for its in firm.persons):
            continue
        for page in card.domains:
            parts = page.rpartition(".")[0].split("-")
            if len(parts) > 1 and all(any(fitting.covers(part, its) > 1 for its in firm.name.words) for part in parts):
                return True
    return False

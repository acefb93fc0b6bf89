"""Which firm, partner and topic the rows of a list of past contacts mean. Reads only."""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from wegweiser.companies import alike, keys
from wegweiser.companies import queries as companies
from wegweiser.companies.alike import Likely
from wegweiser.companies.forgotten import Forgotten, may_come_back
from wegweiser.companies.importing.row import Warned
from wegweiser.companies.linkage import grouping
from wegweiser.companies.linkage.row.profiles import Known, profile
from wegweiser.companies.linkage.weighing.verdicts import Verdict
from wegweiser.companies.models import Company
from wegweiser.consortium import directory
from wegweiser.consortium.models import Member, Partner, PartnerRole, Topic
from wegweiser.journey.history.outside import is_outside
from wegweiser.journey.history.rows import Contact
from wegweiser.journey.models import ContactRow, ContactWord
from wegweiser.kernel.sorting import sort_key

FIRM_UNSURE, NUMBER_UNKNOWN, PARTNER_UNKNOWN, TOPIC_UNKNOWN = (
    "firm_unsure",
    "number_unknown",
    "partner_unknown",
    "topic_unknown",
)
DAY_UNSURE, WHOSE_EVENT, WAS_FORGOTTEN = "day_unsure", "whose_event", "was_forgotten"
OUTSIDE = "firm_outside"
TOPIC, TOPIC_UNREAD = "Thema", "topic_unread"
WISH = "wish_"  # and what it is for: a person reads it before anything is made of the row
NUMBER_DIGITS = 18  # any more is no number of a row


@dataclass(kw_only=True)
class Meant:
    """A row with what it means. `held`: why a person has to decide; `is_known`: the very row was taken before."""

    contact: Contact
    partner: Partner | None = None
    topic: Topic | None = None
    company: Company | None = None
    is_new: bool = False  # a firm that nobody knows yet
    is_founded_above: bool = False  # by a row above, once the list is taken over
    likely: list[Likely] = field(default_factory=list)
    held: str = ""
    is_known: bool = False
    is_twice: bool = False  # the very row stands above, and was new there


class Said:
    """What somebody said that words of such lists mean, by `sort_key`."""

    def __init__(self) -> None:
        rows = list(ContactWord.objects.exclude(word="").select_related("partner", "topic"))
        self.partners = {row.word: row.partner for row in rows if row.partner}
        self.topics = {row.word: row.topic for row in rows if row.topic}


class Finder:
    """Asks once for each firm, partner and topic that a list names."""

    def __init__(self, *, partner: Partner | None = None, topic: Topic | None = None) -> None:
        self.partner, self.topic = partner, topic
        self._partners = list(Partner.objects.all())
        self._topics = list(directory.topics())
        self._owned: dict[int, list[int]] = {}
        for owner, owned in PartnerRole.objects.filter(kind=PartnerRole.Kind.TOPIC).values_list(
            "partner_id", "topic_id"
        ):
            self._owned.setdefault(owner, []).append(owned)
        self._said = Said()
        self._partner_of: dict[str, Partner | None] = {}
        self._firms: dict[object, tuple[Company | None, list[Likely]]] = {}
        self._forgotten: dict[object, bool] = {}
        self._marks: Forgotten | None = None  # read once a list names a firm that nobody knows
        self._are_any_kept = cache(Company.objects.exclude(restricted_at=None).exists)
        self._places = cache(directory.gazetteer)
        self._seen: set[str] = set()
        self._founded = grouping.Groups()  # firms that a preview would found
        self._above: set[object] = set()  # by `key_of`
        self._last = 0

    def foreseen(self, contacts: Iterable[Contact]) -> Iterator[Meant]:
        """What each row would mean if those above were taken over."""
        for contact in contacts:
            found = self.one(contact)
            if found.is_new and not found.held and contact.firm is not None:
                found.is_founded_above = (key := key_of(contact.firm)) in self._above
                if found.is_founded_above:
                    yield found
                    continue
                self._last -= 1
                placed = self._founded.place(profile(self._last, contact.firm))
                found.is_founded_above = placed.root is not None
                if placed.root is None and placed.unsure:
                    found.held, found.is_new = FIRM_UNSURE, False
                else:
                    self._above.add(key)
            yield found

    def one(self, contact: Contact, *, again: bool = False) -> Meant:
        """What a row means. `again`: also of one that was read before and waits."""
        found = Meant(contact=contact)
        mark = contact.fingerprint
        if not again:
            found.is_twice = mark in self._seen
            if found.is_twice or ContactRow.objects.filter(fingerprint=mark, undone_at=None).exists():
                found.is_known = True
                return found
            self._seen.add(mark)
        found.partner, found.topic = self.words(contact, again=again)
        self._firm(found)
        if contact.wish:
            found.held, found.is_new = WISH + contact.wish, False
        elif found.held == WAS_FORGOTTEN:
            pass
        elif found.partner is None:
            found.held = PARTNER_UNKNOWN
        elif found.topic is None:
            found.held = TOPIC_UNKNOWN
        elif contact.day is None and not found.held:
            found.held = DAY_UNSURE
        elif contact.asks_whose and not found.held:
            found.held = WHOSE_EVENT
        return found

    def words(self, contact: Contact, *, again: bool = False) -> tuple[Partner | None, Topic | None]:
        """Whose work a row was and what it was about. A word that names no topic is warned of, where one holds."""
        partner, topic = self._partner(contact), self._named_topic(contact)
        if topic is None:
            topic = self._likely_topic(partner)
            if topic and contact.topic and not again:
                contact.warnings.append(Warned(contact.row, TOPIC, TOPIC_UNREAD, contact.topic))
        return partner, topic

    def made(self, meant: Meant) -> None:
        """The firm of `meant` was founded: who is asked for again is that one, and who was not found may be."""
        self._firms = {key: found for key, found in self._firms.items() if found[0] is not None}
        if meant.contact.firm is not None:
            self._firms[key_of(meant.contact.firm)] = (meant.company, [])

    def _firm(self, found: Meant) -> None:
        contact = found.contact
        if contact.number:
            company = numbered(contact.number)
            if company is not None and not _agrees(contact, company):
                found.held = FIRM_UNSURE
                found.likely = [Likely(company, (), Verdict.UNSURE, 0.0)]
                return
            found.company = company
            if company is not None:
                return
            if contact.firm is None:
                found.held = NUMBER_UNKNOWN
                return
        if contact.firm is None:
            return
        key = key_of(contact.firm)
        if key not in self._firms:
            certain = alike.certain(contact.firm, is_unseen=True)
            likely = [] if certain else [hit for hit in alike.likely(contact.firm) if hit.asks or _same_name(hit)]
            self._firms[key] = (certain, likely)
        company, found.likely = self._firms[key]
        found.company = companies.root_of(company) if company else None
        if found.company is None and self._was_forgotten(contact.firm):
            found.held = WAS_FORGOTTEN
        elif found.company is None and found.likely:
            found.held = FIRM_UNSURE
        elif found.company is None:
            found.is_new = True
            if contact.is_abroad or is_outside(contact.firm, self._places()):
                found.held = OUTSIDE

    def _was_forgotten(self, firm: Known) -> bool:
        """Whether the firm asked to be forgotten: erased but for its marks, or kept for a proof only."""
        key = key_of(firm)
        if key not in self._forgotten:
            self._marks = self._marks or Forgotten()
            self._forgotten[key] = self._marks.is_firm(firm) or self._is_kept(firm)
        return self._forgotten[key]

    def _is_kept(self, firm: Known) -> bool:
        if not self._are_any_kept():
            return False
        kept = alike.certain(firm, restricted=True, is_unseen=True)
        return kept is not None and kept.restricted_at is not None and not may_come_back(kept)

    def _partner(self, contact: Contact) -> Partner | None:
        for text in (contact.partner, contact.adviser):
            if text not in self._partner_of:
                self._partner_of[text] = self._named(text) or self._said.partners.get(sort_key(text))
            if found := self._partner_of[text]:
                return found
        return None if contact.partner else self.partner or (self._partners[0] if len(self._partners) == 1 else None)

    def _named(self, text: str) -> Partner | None:
        """By key, short name, name, or a word of it that no other partner has; else the partner of a member."""
        asked = sort_key(text)
        if not asked:
            return None
        names = {
            partner.pk: {
                sort_key(partner.key),
                sort_key(partner.slug),
                sort_key(partner.short_name),
                *(sort_key(name) for name in partner.name.values()),
            }
            for partner in self._partners
        }
        exact = [partner for partner in self._partners if asked in names[partner.pk]]
        words = set(asked.split())
        inside = [
            partner for partner in self._partners if any(words <= set(name.split()) for name in names[partner.pk])
        ]
        around = [
            partner
            for partner in self._partners
            if any(name and re.search(rf"\b{re.escape(name)}\b", asked) for name in names[partner.pk])
        ]
        for found in (exact, inside, around):
            if len(found) == 1:
                return found[0]
        surname = asked.split()[0] if "," in text else asked.split()[-1]
        members = [
            member
            for member in Member.objects.filter(sort_key__contains=surname)
            if set(asked.split()) & set(member.sort_key.split())
        ]
        partners = {
            row.partner for member in members for row in member.memberships.select_related("partner") if row.partner
        }
        return partners.pop() if len(members) == 1 and len(partners) == 1 else None

    def _named_topic(self, contact: Contact) -> Topic | None:
        asked = sort_key(contact.topic)
        if not asked:
            return None
        for topic in self._topics:
            named = {
                sort_key(topic.key),
                sort_key(topic.slug),
                *(sort_key(title) for title in topic.title.values()),
            }
            if asked in named:
                return topic
        inside = [topic for topic in self._topics if set(asked.split()) <= set(sort_key(str(topic.title)).split())]
        return inside[0] if len(inside) == 1 else self._said.topics.get(asked)

    def _likely_topic(self, partner: Partner | None) -> Topic | None:
        """What was chosen for rows that name none, else the only one of the partner or of the centre."""
        if self.topic is not None:
            return self.topic
        owned = self._owned.get(partner.pk, []) if partner else []
        if len(owned) == 1:
            return next((topic for topic in self._topics if topic.pk == owned[0]), None)
        return self._topics[0] if len(self._topics) == 1 else None


def _same_name(hit: Likely) -> bool:
    """Where a list tells no place, one of several firms of that name is meant."""
    return "same_name" in hit.evidence and "different_place" not in hit.evidence


def key_of(firm: Known) -> object:
    """The same for two rows that name their firm alike."""
    return (
        keys.name_key(firm.name),
        firm.street.casefold(),
        firm.postcode,
        firm.place.casefold(),
        firm.phones,
        firm.emails,
    )


def _agrees(contact: Contact, company: Company) -> bool:
    """A plain number may be that of any list: a name beside it has to be the firm's. No other list has our UUIDs."""
    if contact.firm is None or not _is_plain(contact.number):
        return True
    return alike.may_mean([contact.firm], alike.profiles_of(company)) == [True]


def _is_plain(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) <= NUMBER_DIGITS


def numbered(text: str) -> Company | None:
    """The firm with this number or UUID of ours."""
    rows = Company.objects.filter(restricted_at=None).select_related("canonical")
    if _is_plain(text):
        found = rows.filter(pk=int(text)).first()
    else:
        try:
            found = rows.filter(uuid=uuid.UUID(text)).first()
        except ValueError:
            return None
    return companies.root_of(found) if found else None


def partner_hours(meant: Iterable[Meant]) -> Mapping[str, float]:
    """Hours per partner of the rows that count."""
    found: dict[str, float] = {}
    for row in meant:
        if row.partner and row.contact.hours and not row.held and not row.is_known:
            found[row.partner.key] = found.get(row.partner.key, 0.0) + float(row.contact.hours)
    return {key: round(hours, 2) for key, hours in sorted(found.items())}

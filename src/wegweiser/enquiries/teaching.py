"""What a case can teach the matching: when, with which words, and whose names have to stay out."""

from collections.abc import Sequence
from uuid import UUID

from wegweiser.catalogue import anonymous
from wegweiser.catalogue.anonymous import LONGEST
from wegweiser.catalogue.events import Event as CatalogueEvent
from wegweiser.catalogue.models import Example
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Topic
from wegweiser.enquiries import openings
from wegweiser.enquiries.models import Case, Contribution, Enquirer, Matter, Outcome, State
from wegweiser.enquiries.queries import TALKS
from wegweiser.kernel.models import AuditEvent

# Somebody has dealt with it, so topic and offers are known to be right.
CONFIRMED = frozenset({State.ANSWERED, State.CLOSED})
# What the others ask is told apart by who they are, not by what it is about.
TEACHING = frozenset({Enquirer.COMPANY, Enquirer.MULTIPLIER, Enquirer.PUBLIC_BODY, Enquirer.PRIVATE})
ASKS_NOTHING = frozenset({Outcome.SPAM, Outcome.DUPLICATE})
# Words beside a name that tell of nobody and stand in most sentences, without their full stops.
SALUTATIONS = frozenset(
    {
        *("herr", "herrn", "hr", "frau", "fr", "familie", "firma", "mr", "mrs", "ms"),
        *("dr", "med", "prof", "professor", "professorin", "ing", "dipl", "dipl-ing", "dipl.-ing"),
    }
)
PARTICLES = frozenset(
    {
        *("von", "vom", "van", "zu", "zum", "zur", "aus", "auf", "am", "an", "im", "in", "bei", "und", "oder", "and"),
        *(
            "der",
            "den",
            "dem",
            "des",
            "die",
            "das",
            "de",
            "del",
            "della",
            "di",
            "da",
            "dos",
            "du",
            "la",
            "le",
            "les",
            "ten",
            "ter",
            "el",
            "al",
        ),
    }
)


def holds_a_question(case: Case) -> bool:
    """Whether it asks for help, in words."""
    return case.matter == Matter.ENQUIRY and case.enquirer in TEACHING and bool(case.text)


def is_asked(case: Case) -> bool:
    """Whether somebody asked it themselves, and there: of a card or a visit that opened its case there is a sentence of
    ours, and what was no enquiry or is another's double asks nothing.
    """
    return holds_a_question(case) and case.outcome not in ASKS_NOTHING and not openings.by_us(case)


def can_teach(case: Case) -> bool:
    return case.state in CONFIRMED and is_asked(case)


def example(case: Case) -> Example | None:
    """What the matching has learnt from the case."""
    return Example.objects.filter(source_kind=case._meta.label_lower, source_uuid=case.uuid).first()


def proposal(case: Case) -> str:
    """The question as it came in, without what leads to a person: to be read and put right before it is kept."""
    text = " ".join(anonymous.without(case.text, names=names(case)).split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0]


def names(case: Case) -> list[str]:
    """Everything by which the case names who asked."""
    persons = [case.name, *([case.person.name] if case.person else [])]
    firms = [case.firm, *([case.company.name] if case.company else [])]
    return [*(part for name in persons for part in _parts(name)), *firms, case.email, case.phone]


def names_somebody(case: Case, held: Example) -> bool:
    """Whether what was learnt from the case holds a name that the case got since."""
    return anonymous.leads_to_a_person(held.text, names=names(case))


def _parts(name: str) -> list[str]:
    """A name as it was given, without its salutation, and word by word; words that tell of nobody are no part of it."""
    said = [word for word in name.split() if _plain(word) not in SALUTATIONS]
    telling = [word.strip(".,;:()") for word in said if _plain(word) not in PARTICLES]
    return [name, " ".join(said), *telling] if telling else []


def _plain(word: str) -> str:
    return word.strip(".,;:()").casefold()


def attached(case: Case) -> Sequence[UUID]:
    """The offers that went out with answers or were talked about: what was confirmed to help, the first first."""
    kinds = {Contribution.Kind.MAIL_OUT, *TALKS}
    answers = case.thread.filter(kind__in=kinds).order_by("id").values_list("offers", flat=True)
    return list(dict.fromkeys(UUID(uuid) for offers in answers for uuid in offers))


def topic_of(case: Case) -> Topic | None:
    """What the case turned out to be about: its topic, or the one topic of the partner that has it; None while open."""
    if case.topic:
        return case.topic
    owned = [topic for topic, partner in consortium.owners().items() if partner == case.partner]
    return Topic.objects.get(pk=owned[0]) if len(owned) == 1 else None


def was_taken_back(case: Case) -> bool:
    """Whether somebody said that nothing is to be learnt from it."""
    removed = AuditEvent.objects.filter(event=CatalogueEvent.EXAMPLE_UNLEARNT.value)
    return removed.filter(references__source=str(case.uuid)).exists()

"""Fictional enquiries of the model centre, so that an adviser of the demo finds a day's work.

Firms are those of the fictional year, people are invented, numbers are from a range reserved for fiction. Nothing here
writes a letter or makes a step: the figures of the year stay as they are. Made once, with days relative to that day.
"""

import datetime as dt
import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.models import Entry
from wegweiser.companies.models import Company
from wegweiser.config import demo_people
from wegweiser.config.demo_words import QUESTIONS, Firms, Question
from wegweiser.consortium import calendar, queries
from wegweiser.consortium.models import Centre, Member, Partner, Topic
from wegweiser.crossings import promises
from wegweiser.enquiries.actions import appointments, cases, follow_ups, mails
from wegweiser.enquiries.models import Case, Contribution, Intake, Mail, Outcome
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor

SEED = 2018
SPACE = UUID("0f4b7c7e-52a1-4c1c-9d1e-6a3f2f3f2018")
BY = Actor.system("demo")
MORNING = dt.time(9, 10)

FITTING = ("demonstrator", "check", "lighthouse_project")  # they have no day on which they are over
CALL = "Möchte angerufen werden: zwischen 10 und 12 Uhr"
THANKS = "Danke für Ihre Frage."
ASK = THANKS + " Schicken Sie uns bitte {papers}; danach können wir Ihnen sagen, womit es losgehen kann."
REPLY = "{papers} schicke ich morgen. Können wir nächste Woche telefonieren?"
COME = THANKS + " Das sehen wir uns am besten bei Ihnen an: Wir kommen am {day} um {time} Uhr."
CALLING = THANKS + " Das klären wir am schnellsten am Telefon: Ich rufe Sie am {day} um {time} Uhr an."
LOOK = (
    THANKS
    + " Unten finden Sie etwas, das dazu passt. Am {day} um {time} Uhr rufe ich Sie an, dann sprechen wir darüber."
)
SETTLED = THANKS + " {answer}"
DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


@dataclass(frozen=True)
class Asked:
    """One enquiry of a partner: its place in the day, and how many working days ago it came."""

    number: int
    ago: int
    knows_firm: bool = True
    window: str = ""
    missed: bool = False  # matching suggested another topic


def make(advisers: Iterable[tuple[Member, Partner]]) -> int:
    """A day's work for each of these, once. Gives the number of enquiries."""
    advisers = list(advisers)
    firms = Firms(Company.objects.filter(steps__source_kind="demo").distinct().order_by("id")[:200])
    if not advisers or not firms or Case.objects.filter(submission=_submission(advisers[0][1], 0)).exists():
        return 0
    chance = random.Random(SEED)  # noqa: S311  (the same work for everybody, no secret)
    centre, made = queries.centre(), 0
    with transaction.atomic():
        for member, partner in advisers:
            topic = next((topic for topic in Topic.objects.all() if queries.owner(topic) == partner), None)
            if topic is not None and topic.slug in QUESTIONS:
                made += _Day(centre, member, partner, topic, firms, chance, made).make()
    return made


def _submission(partner: Partner, number: int) -> UUID:
    return uuid5(SPACE, f"case/{partner.slug}/{number}")


def _on(day: dt.date) -> str:
    return f"{DAYS[day.weekday()]}, {day.day}.{day.month}."


@dataclass(frozen=True)
class _Day:
    """The day of one adviser; `before` are the enquiries that others have by now, none for the first of all.

    A well-kept desk: everything is answered in time but one enquiry of the first adviser, so that a visitor sees what
    an overdue answer looks like.
    """

    centre: Centre
    member: Member
    partner: Partner
    topic: Topic
    firms: Firms
    chance: random.Random
    before: int

    def make(self) -> int:
        """New ones, promises of today and before, dates of today and tomorrow, one without a log, a closed one."""
        today = clock.today()
        call = self._open(Asked(0, 1, window="10-12"))
        self._promise(call, today, CALL, promises.of(call, promises.CALL))
        self._open(Asked(1, 0, knows_firm=False))
        self._waits_for_papers(Asked(2, 6))
        self._visit(Asked(3, 5), calendar.add_working_days(today, 1, land=self.centre.land))
        # The talk took place and nobody wrote it down: the first answer counts as overdue until somebody does.
        self._talk(Asked(4, 4), self._back(1), CALLING if self.before else "")
        talked = self._talk(Asked(5, 12), today, LOOK, dt.time(15, 30))
        self._promise(
            talked, calendar.add_working_days(today, 6, land=self.centre.land), "Fragen, was daraus wurde", mine=True
        )
        closed = self._taken(Asked(6, 20, missed=self.topic.position % 3 == 0))
        self._answer(closed, 18, SETTLED.format(answer=self._question(6).answer), self._question(6).offer)
        with clock.stopped_at(clock.at(self._back(15), MORNING)):
            cases.close(case=closed, outcome=Outcome.SETTLED, by=self._by())
        return len(QUESTIONS[self.topic.slug])

    def _waits_for_papers(self, asked: Asked) -> None:
        """Something is still to come from the firm, and this morning they wrote when."""
        papers = self._question(asked.number).papers
        case = self._taken(asked)
        said = ASK.format(papers=papers)
        self._answer(case, asked.ago - 1, said)
        self._promise(case, self._back(2), f"Nachfragen: {papers}", mine=True)
        self._wrote(case, REPLY.format(papers=papers[:1].upper() + papers[1:]), said)

    def _visit(self, asked: Asked, day: dt.date) -> None:
        case, at = self._taken(asked), dt.time(10)
        self._answer(
            case, asked.ago - 1, COME.format(day=_on(day), time=f"{at:%H:%M}"), self._question(asked.number).offer
        )
        self._date(case, day, at, "visit", self._back(asked.ago - 1))

    def _talk(self, asked: Asked, day: dt.date, said: str, at: dt.time = dt.time(14)) -> Case:
        """A talk on the telephone, arranged by mail (`said`) or, without one, by word of mouth."""
        case = self._taken(asked)
        if said:
            self._answer(
                case, asked.ago - 1, said.format(day=_on(day), time=f"{at:%H:%M}"), self._question(asked.number).offer
            )
        self._date(case, day, at, "talk", self._back(asked.ago - 1))
        return case

    def _question(self, number: int) -> Question:
        return QUESTIONS[self.topic.slug][number]

    def _by(self) -> Actor:
        return Actor.staff(self.member.user.uuid) if self.member.user else BY

    def _back(self, days: int) -> dt.date:
        """The day so many working days before today."""
        return calendar.working_days_before(clock.today(), days, land=self.centre.land) if days else clock.today()

    def _open(self, asked: Asked) -> Case:
        question = self._question(asked.number)
        firm, name = self.firms.who_asks(question, self.chance), demo_people.name(self.before + asked.number)
        number = self.chance.randint(100, 999)
        person = demo_people.at(firm, name) if asked.knows_firm else None
        at = min(clock.at(self._back(asked.ago), dt.time(8, 5 + 7 * asked.number)), clock.now())
        with clock.stopped_at(at):
            case, _fresh = cases.open(
                submission=_submission(self.partner, asked.number),
                text=question.text,
                name=name,
                phone=person.phone if person else demo_people.number(demo_people.UNKNOWN, number),
                firm=firm.name,
                company=firm if asked.knows_firm else None,
                person=person,
                partner=self.partner,
                topic=self.topic,
                answer_by=calendar.answer_by(self.centre, clock.today()),
                call_window=asked.window,
                intake=Intake.WEB,
                suggested=self._suggested(question, missed=asked.missed),
                by=BY,
            )
        return case

    def _suggested(self, question: Question, *, missed: bool) -> dict[str, object]:
        """What matching might have said, so that no encoder has to be loaded for it."""
        others = Topic.objects.exclude(pk=self.topic.pk)
        topic = others.order_by("position", "id").first() if missed else self.topic
        offers = [{"kind": entry.kind, "slug": entry.slug} for entry in self._offers(question)]
        topics = [{"slug": topic.slug, "score": 0.8}] if topic else []
        return {"topics": topics, "offers": offers, "kind": "company", "in_scope": True}

    def _offers(self, question: Question) -> list[Entry]:
        """The one that answers it best, then others of the topic."""
        best = list(catalogue.attachable().filter(slug=question.offer)) if question.offer else []
        of_topic = catalogue.attachable().filter(topics=self.topic, kind__in=FITTING).exclude(slug=question.offer)
        return [*best, *of_topic[:3]][:3]

    def _taken(self, asked: Asked) -> Case:
        case = self._open(asked)
        with clock.stopped_at(clock.at(self._back(asked.ago), MORNING)):
            cases.take(case=case, member=self.member, by=self._by())
        return case

    def _answer(self, case: Case, ago: int, text: str, offer: str = "") -> None:
        with clock.stopped_at(clock.at(self._back(ago), MORNING)):
            offers = [entry.uuid for entry in catalogue.attachable().filter(slug=offer)[:1]] if offer else []
            cases.answer(case=case, member=self.member, text=text, offers=offers, by=self._by())

    def _wrote(self, case: Case, text: str, answer: str) -> None:
        """A mail of the enquirer from this morning that nobody has read yet."""
        at = min(clock.at(clock.today(), dt.time(7, 40)), clock.now())
        with clock.stopped_at(at):
            said = {
                "sender_name": case.name,
                "sender_mail": "post@betrieb.example",
                "subject": "Unterlagen",
                "text": text,
                "whole": f"{text}\n\n> {answer}",
                "sent_at": at,
            }
            digest = hashlib.sha256(case.uuid.bytes).hexdigest()
            mail, _fresh = mails.note_down(digest=digest, said=said, state=Mail.State.FILED, by=BY)
            mails.file(mail=mail, case=case, reply_by=clock.today(), by=BY)

    def _promise(
        self, case: Case, day: dt.date, note: str, identity: UUID | None = None, *, mine: bool = False
    ) -> None:
        follow_ups.set(
            case=case,
            company=case.company,
            partner=self.partner,
            member=self.member if mine else None,
            due_on=day,
            note=note,
            submission=identity,
            by=BY,
        )

    def _date(self, case: Case, day: dt.date, time: dt.time, kind: str, arranged: dt.date) -> None:
        visit = kind == Contribution.Kind.VISIT
        with clock.stopped_at(clock.at(arranged, MORNING)):
            appointments.arrange(
                case=case,
                member=self.member,
                kind=kind,
                starts_at=clock.at(day, time),
                minutes=90 if visit else 30,
                place="beim Betrieb" if visit else "am Telefon",
                by=self._by(),
            )

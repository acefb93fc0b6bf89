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

PEOPLE = (
    *("Katrin Ahlers", "Jens Brömme", "Ulrike Czerny", "Thomas Dreyer", "Silke Ebeling", "Mario Förster"),
    *("Anke Gebhardt", "Frank Hellwig", "Doreen Illgen", "Steffen Jahnke", "Heike Kolbe", "Olaf Lüders"),
)
# What people ask, by topic: each at its own place in the day (see `_Day.make`).
TEXTS: dict[str, tuple[str, ...]] = {
    "digitale-geschaeftsmodelle": (
        "Wir verkaufen seit 30 Jahren nur ab Werk. Lohnt sich für uns ein Online-Shop?",
        "Unsere Kunden wollen Maschinen lieber mieten als kaufen. Wie rechnet man so etwas?",
        "Wir wollen Wartung als festes Paket anbieten und wissen nicht, was wir verlangen können.",
        "Ein Mitbewerber schreibt Angebote in zehn Minuten, wir brauchen zwei Tage.",
        "Wir sammeln seit Jahren Daten an den Pressen. Kann man damit Geld verdienen?",
        "Mein Sohn übernimmt den Betrieb und will alles über das Internet verkaufen. Wo fangen wir an?",
        "Gibt es Vorlagen, um ein neues Geschäftsmodell auf einer Seite aufzuschreiben?",
    ),
    "industriestandort-der-zukunft": (
        "Unsere Fertigung läuft mit Zetteln. Wir wissen nie, welcher Auftrag wo liegt.",
        "Die Fräse steht jeden zweiten Tag still, und keiner weiß genau, warum.",
        "Wir brauchen zum Umrüsten eine Stunde. Das muss schneller gehen.",
        "Lohnt sich für 25 Leute ein Roboter an der Verpackung?",
        "Können wir uns ansehen, wie andere ihre Lagerplätze verwalten?",
        "Wir wollen den Energieverbrauch je Maschine messen.",
        "Was kostet es, eine alte Drehmaschine mit Sensoren nachzurüsten?",
    ),
    "datensicherheit": (
        "Ein Mitarbeiter hat auf einen Link in einer Rechnung geklickt. Was sollen wir jetzt prüfen?",
        "Unser Steuerbüro fragt, wie wir Kundendaten sichern. Wir haben nur eine Festplatte im Schrank.",
        "Dürfen die Monteure ihre eigenen Telefone für die Auftragsbilder benutzen?",
        "Wir wollen wissen, ob unsere Sicherung im Ernstfall zurückkommt.",
        "Unsere Versicherung verlangt einen Nachweis zur IT-Sicherheit.",
        "Wie bringe ich meinen 18 Leuten bei, falsche E-Mails zu erkennen?",
        "Brauchen wir als Großhändler einen Beauftragten für Datenschutz?",
    ),
    "digitale-vernetzung-und-standardisierung": (
        "Die neue Anlage spricht OPC UA, unsere alte nicht. Wie bringt man die zusammen?",
        "Unser Kunde will Lieferscheine nur noch elektronisch. Welche Norm ist das?",
        "Wir haben drei Steuerungen von drei Herstellern und tippen alles von Hand ab.",
        "Ein Abnehmer verlangt ein digitales Typenschild. Was muss da hinein?",
        "Können unsere Waagen ihre Werte direkt ins Büro schicken?",
        "Wir suchen ein Netz für die Halle, das durch Stahlregale kommt.",
        "Welche Schnittstelle sollten wir beim Kauf der nächsten Maschine verlangen?",
    ),
    "nutzbarkeit-und-akzeptanz": (
        "Wir haben ein neues Programm gekauft, und keiner in der Werkstatt benutzt es.",
        "Der Betriebsrat fragt, was die Kamera am Band aufzeichnet. Wie reden wir darüber?",
        "Unsere älteren Kolleginnen haben Angst vor dem Tablet im Lager.",
        "Wie führt man eine Zeiterfassung ein, ohne dass alle verärgert sind?",
        "Die Masken in unserer Auftragsverwaltung versteht nur, wer sie gebaut hat.",
        "Wir planen Datenbrillen in der Montage. Wer hat damit Erfahrung?",
        "Wie fragen wir unsere Leute, was sie wirklich brauchen?",
    ),
}
FITTING = ("demonstrator", "check", "lighthouse_project")  # they have no day on which they are over
CALL = "Möchte angerufen werden: zwischen 10 und 12 Uhr"
REPLY = "Die Liste der Maschinen schicke ich morgen. Können wir am Donnerstag telefonieren?"
ANSWER = "Danke für Ihre Frage. Am besten sehen wir uns das zusammen an; einen Vorschlag habe ich notiert."


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
    firms = list(Company.objects.filter(steps__source_kind="demo").distinct().order_by("id")[:200])
    if not advisers or not firms or Case.objects.filter(submission=_submission(advisers[0][1], 0)).exists():
        return 0
    chance = random.Random(SEED)  # noqa: S311  (the same work for everybody, no secret)
    centre, made = queries.centre(), 0
    with transaction.atomic():
        for member, partner in advisers:
            topic = next((topic for topic in Topic.objects.all() if queries.owner(topic) == partner), None)
            if topic is not None and topic.slug in TEXTS:
                made += _Day(centre, member, partner, topic, firms, chance).make()
    return made


def _submission(partner: Partner, number: int) -> UUID:
    return uuid5(SPACE, f"case/{partner.slug}/{number}")


@dataclass(frozen=True)
class _Day:
    centre: Centre
    member: Member
    partner: Partner
    topic: Topic
    firms: list[Company]
    chance: random.Random

    def make(self) -> int:
        """New ones, a promised call, what is overdue, dates of today and tomorrow, one without a log, a closed one."""
        today = clock.today()
        call = self._open(Asked(0, 1, window="10-12"))
        self._promise(call, today, CALL, promises.of(call, promises.CALL))
        self._open(Asked(1, 0, knows_firm=False))
        late = self._taken(Asked(2, 6))
        self._promise(late, self._back(2), "Nachfragen, ob die Unterlagen da sind", mine=True)
        self._wrote(late)
        visit = self._taken(Asked(3, 5))
        self._date(visit, calendar.add_working_days(today, 1, land=self.centre.land), dt.time(10), "visit")
        forgotten = self._taken(Asked(4, 9))
        self._date(forgotten, self._back(2), dt.time(14), "talk")
        answered = self._taken(Asked(5, 12))
        self._answer(answered, 11)
        self._date(answered, today, dt.time(15, 30), "talk")
        self._promise(answered, today + dt.timedelta(days=8), "Fragen, wie es lief", mine=True)
        closed = self._taken(Asked(6, 20, missed=self.topic.position % 3 == 0))
        self._answer(closed, 18)
        with clock.stopped_at(clock.at(self._back(15), MORNING)):
            cases.close(case=closed, outcome=Outcome.SETTLED, by=self._by())
        return len(TEXTS[self.topic.slug])

    def _by(self) -> Actor:
        return Actor.staff(self.member.user.uuid) if self.member.user else BY

    def _back(self, days: int) -> dt.date:
        """The day so many weekdays before today."""
        day = clock.today()
        while days:
            day -= dt.timedelta(days=1)
            days -= day.weekday() < 5
        return day

    def _open(self, asked: Asked) -> Case:
        firm, name = self.chance.choice(self.firms), self.chance.choice(PEOPLE)
        number = self.chance.randint(100, 999)
        person = demo_people.at(firm, f"{name} (fiktiv)") if asked.knows_firm else None
        at = min(clock.at(self._back(asked.ago), dt.time(8, 5 + 7 * asked.number)), clock.now())
        with clock.stopped_at(at):
            case, _fresh = cases.open(
                submission=_submission(self.partner, asked.number),
                text=TEXTS[self.topic.slug][asked.number],
                name=f"{name} (fiktiv)",
                phone=person.phone if person else demo_people.number(demo_people.UNKNOWN, number),
                firm=firm.name,
                company=firm if asked.knows_firm else None,
                person=person,
                partner=self.partner,
                topic=self.topic,
                answer_by=calendar.answer_by(self.centre, clock.today()),
                call_window=asked.window,
                intake=Intake.WEB,
                suggested=self._suggested(missed=asked.missed),
                by=BY,
            )
        return case

    def _suggested(self, *, missed: bool) -> dict[str, object]:
        """What matching might have said, so that no encoder has to be loaded for it."""
        others = Topic.objects.exclude(pk=self.topic.pk)
        topic = others.order_by("position", "id").first() if missed else self.topic
        offers = [{"kind": entry.kind, "slug": entry.slug} for entry in self._offers()]
        topics = [{"slug": topic.slug, "score": 0.8}] if topic else []
        return {"topics": topics, "offers": offers, "kind": "company", "in_scope": True}

    def _offers(self) -> list[Entry]:
        return list(catalogue.attachable().filter(topics=self.topic, kind__in=FITTING)[:3])

    def _taken(self, asked: Asked) -> Case:
        case = self._open(asked)
        with clock.stopped_at(clock.at(self._back(asked.ago), MORNING)):
            cases.take(case=case, member=self.member, by=self._by())
        return case

    def _answer(self, case: Case, ago: int) -> None:
        with clock.stopped_at(clock.at(self._back(ago), MORNING)):
            offers = [entry.uuid for entry in self._offers()[:1]]
            cases.answer(case=case, member=self.member, text=ANSWER, offers=offers, by=self._by())

    def _wrote(self, case: Case) -> None:
        """A mail of the enquirer from this morning that nobody has read yet."""
        at = min(clock.at(clock.today(), dt.time(7, 40)), clock.now())
        with clock.stopped_at(at):
            said = {
                "sender_name": case.name,
                "sender_mail": "post@betrieb.example",
                "subject": "Unterlagen",
                "text": REPLY,
                "whole": f"{REPLY}\n\n> {ANSWER}",
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

    def _date(self, case: Case, day: dt.date, time: dt.time, kind: str) -> None:
        visit = kind == Contribution.Kind.VISIT
        appointments.arrange(
            case=case,
            member=self.member,
            kind=kind,
            starts_at=clock.at(day, time),
            minutes=90 if visit else 30,
            place="beim Betrieb" if visit else "am Telefon",
            by=self._by(),
        )

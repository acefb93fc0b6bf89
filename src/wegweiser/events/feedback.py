"""What guests said about events: counted from five answers on, so that nobody is recognised by theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from wegweiser.accounts.queries import valid_token
from wegweiser.events import certificates, queries
from wegweiser.events.models import Event, Feedback, Moment, NoticeSent, Registration, Seat, State
from wegweiser.kernel import clock

FEEDBACK = "feedback"  # the purpose of the link in the thanks
ENOUGH = 5
PROMOTERS, DETRACTORS = (9, 10), (0, 6)


@dataclass(frozen=True)
class Results:
    """The answers of one or several events. Below ENOUGH there is only their count.

    `useful` and `recommend` count the answers by their value; `mean` is 1 to 5, `nps` -100 to 100.
    """

    count: int
    asked: int = 0
    useful: tuple[tuple[int, int], ...] = ()
    recommend: tuple[tuple[int, int], ...] = ()
    mean: Decimal | None = None
    nps: int | None = None

    @property
    def enough(self) -> bool:
        return self.count >= ENOUGH


def counted(useful: Iterable[int], recommend: Iterable[int], *, count: int, asked: int = 0) -> Results:
    """`Results` of answers; a question that too few answered stays without a figure."""
    useful, recommend = list(useful), list(recommend)
    if count < ENOUGH:
        return Results(count, asked)
    mean = Decimal(sum(useful)) / len(useful) if len(useful) >= ENOUGH else None
    nps = None
    if len(recommend) >= ENOUGH:
        good = sum(PROMOTERS[0] <= value <= PROMOTERS[1] for value in recommend)
        bad = sum(DETRACTORS[0] <= value <= DETRACTORS[1] for value in recommend)
        nps = int((Decimal(100 * (good - bad)) / len(recommend)).to_integral_value(ROUND_HALF_UP))
    return Results(
        count,
        asked,
        tuple((value, useful.count(value)) for value in range(5, 0, -1)) if mean is not None else (),
        tuple((value, recommend.count(value)) for value in range(10, -1, -1)) if nps is not None else (),
        mean.quantize(Decimal("0.1"), ROUND_HALF_UP) if mean is not None else None,
        nps,
    )


def results(event: Event) -> Results:
    """What was said about an event, in two statements."""
    rows = Feedback.objects.filter(event=event).values_list("useful", "recommend")
    asked = NoticeSent.objects.filter(registration__event=event, moment=Moment.THANKS).count()
    found = list(rows)
    return counted(
        (useful for useful, _ in found if useful is not None),
        (value for _, value in found if value is not None),
        count=len(found),
        asked=asked,
    )


def texts(event: Event) -> list[str]:
    """What guests missed, for the host alone, in no order that says who wrote first."""
    return sorted(Feedback.objects.filter(event=event).exclude(missing="").values_list("missing", flat=True))


@dataclass(frozen=True)
class OfTopic:
    """The answers to all events of a topic."""

    topic: str
    events: int
    results: Results


def by_topic(events: Q) -> list[OfTopic]:
    """What was said over all `events` (a condition), by their main topic, in two statements.

    Of events with few answers the figures take up only as many as nobody could tell from the others by subtraction.
    """
    rows = Event.objects.filter(events, pk__in=Feedback.objects.values("event")).order_by()
    titles = {row.pk: row.draft.topic for row in rows.select_related("draft__topic")}
    answers: dict[str, dict[int, list[tuple[int | None, int | None]]]] = {}
    for pk, useful, value in Feedback.objects.filter(event__in=titles).values_list("event", "useful", "recommend"):
        answers.setdefault(str(titles[pk] or ""), {}).setdefault(pk, []).append((useful, value))
    return [
        OfTopic(
            title,
            len(held),
            counted(
                _together([useful for useful, _ in said if useful is not None] for said in held.values()),
                _together([value for _, value in said if value is not None] for said in held.values()),
                count=sum(map(len, held.values())),
            ),
        )
        for title, held in sorted(answers.items())
    ]


def _together(events: Iterable[list[int]]) -> list[int]:
    """The answers of several events to one question, those of few only where together they are enough themselves."""
    many: list[int] = []
    few: list[int] = []
    for said in events:
        (many if len(said) >= ENOUGH else few).extend(said)
    return many + few if len(few) >= ENOUGH or not many else many


def behind(secret: str) -> Registration | None:
    """Whose link it is: somebody who came. None where it is unknown or over."""
    row = _linked(secret)
    return row if row and not row.is_erased and row.state == State.CONFIRMED and queries.came(row) else None


def erased(secret: str) -> Registration | None:
    """Whose link it was, where they have been erased since."""
    row = _linked(secret)
    return row if row and row.is_erased else None


def _linked(secret: str) -> Registration | None:
    token = valid_token(purpose=FEEDBACK, secret=secret)
    if token is None:
        return None
    rows = Registration.objects.select_related("event__draft__entry", "event__draft__partner", "event__draft__topic")
    return rows.filter(uuid=token.subject_uuid).first()


def may_answer(registration: Registration, seats: Iterable[Seat]) -> bool:
    """Whether somebody of a registration was there, it is over, and not all of them have said something yet.

    Asks nothing where nobody came.
    """
    if not any(certificates.took_part(seat) for seat in _of(registration, seats)):
        return False
    since = certificates.from_when(registration.event, registration.pool, at_desk=False)
    return (since is None or since <= clock.now()) and bool(registration.name and open_answers(registration))


def _of(registration: Registration, seats: Iterable[Seat]) -> Iterable[Seat]:
    for seat in seats:
        seat.registration = registration
        yield seat


def open_answers(registration: Registration) -> int:
    """How many of a registration may still say something: as many as came, less those who did."""
    sent = NoticeSent.objects.filter(registration=registration, moment=Moment.THANKS).first()
    return max(0, queries.came(registration) - (sent.answers if sent else 0))

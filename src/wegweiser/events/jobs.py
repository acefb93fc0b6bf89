"""Periodic work of the events."""

from wegweiser.events.actions import events, forgetting, invitations, line, news, notices
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every

FORGOTTEN_A_MINUTE = 2_000  # rows


@every(minutes=1)
def lapse() -> None:
    """Ends what was open too long, so that the next in the line need not wait for anybody to look."""
    line.lapse(by=Actor.system("events.lapse"))


@every(minutes=1)
def serve_wholes() -> None:
    """Lets move up who waits for all dates of a series, once the one that was full is over or off."""
    line.serve_wholes(by=Actor.system("events.serve_wholes"))


@every(minutes=0.25)
def tell() -> None:
    """Tells many guests that something changed, some at a time, and goes on where it stopped."""
    news.tell_next(by=Actor.system("events.tell"))


@every(minutes=1)
def forget() -> None:
    """Goes on forgetting guests where that was ordered and is more than one click does."""
    forgetting.go_on_with_all(most=FORGOTTEN_A_MINUTE, by=Actor.system("events.forget"))


@every(minutes=5)
def follow() -> None:
    """Tells guests of a new day or place, also where the process that published it died before it could."""
    events.follow_all(by=Actor.system("events.follow"))


@every(minutes=5)
def remind_and_thank() -> None:
    """The mails that hang on the time of an event; each goes out once, however often this runs."""
    notices.send_due(by=Actor.system("events.remind_and_thank"))


@every(minutes=1)
def invite() -> None:
    """Invitations under way, a portion at a time; one that was interrupted goes on where it stopped."""
    invitations.send_due(by=Actor.system("events.invite"))

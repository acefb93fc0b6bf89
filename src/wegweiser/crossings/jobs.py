"""Periodic work over several rooms."""

from wegweiser.companies import list_claims
from wegweiser.companies.models import FirmList
from wegweiser.crossings import (
    attendance,
    channels,
    fetching,
    firm_lists,
    histories,
    leaving,
    people,
    plans,
    undelivered,
)
from wegweiser.journey.models import ContactList
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every


@every(hours=1)
def leave() -> None:
    """Hourly, so that the morning after the last day finds everything with the heirs."""
    leaving.run_due(by=Actor.system("crossings.leave"))


@every(hours=1)
def show_people() -> None:
    """Hourly, so that who left or came in the night is told to those who follow the changes of the catalogue."""
    people.show_all(by=Actor.system("crossings.show_people"))


@every(hours=6)
def remind_of_plans() -> None:
    """Who asked for it hears of what falls due in their plan; what was told once is not told again."""
    plans.remind_due(by=Actor.system("crossings.remind_of_plans"))


@every(hours=24)
def retain() -> None:
    """What the policy file promises, in every room."""
    erasure.run(day=clock.today(), by=Actor.system("crossings.retain"))


@every(hours=24)
def hold_letters() -> None:
    """After an upgrade it finds what an older one let wait for firms that want no mail; then it has nothing to do."""
    channels.hold_all(by=Actor.system("crossings.hold_letters"))


@every(minutes=1)
def take_lists() -> None:
    """Lists of firms that were ordered; one that was interrupted goes on where it stopped."""
    by = Actor.system("crossings.take_lists")
    list_claims.take_due(FirmList, lambda source: firm_lists.take_uploaded(source=source, by=by))


@every(minutes=1)
def take_histories() -> None:
    """Lists of past contacts that were ordered; one that was interrupted goes on where it stopped."""
    by = Actor.system("crossings.take_histories")
    list_claims.take_due(ContactList, lambda source: histories.take_uploaded(source=source, by=by))


@every(minutes=1)
def ask_for_calls() -> None:
    """Where a letter about an enquiry will not arrive by itself, somebody is asked to call."""
    undelivered.ask_for_calls(by=Actor.system("crossings.ask_for_calls"))


@every(minutes=2)
def fetch_mails() -> None:
    """Answers by mail, where a mailbox is set up."""
    fetching.fetch(by=Actor.system("crossings.fetch_mails"))


@every(minutes=1)
def follow_attendance() -> None:
    """What was closed at the desk goes into the histories of the firms; what was interrupted goes on."""
    attendance.go_on(by=Actor.system("crossings.follow_attendance"))


@every(hours=1)
def settle_attendance() -> None:
    """Who came to what is over stands in the history of their firm, also where nobody pressed the button."""
    attendance.settle_all(by=Actor.system("crossings.settle_attendance"))

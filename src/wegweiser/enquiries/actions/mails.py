"""What came in by mail: noted down first, then put where it belongs. A mail that was taken in is never taken in again.

Words of a mail that is filed stand in the thread; the row of the mail keeps who wrote it, and the whole of it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wegweiser.consortium import teams
from wegweiser.consortium.models import Member
from wegweiser.enquiries import correspondence, loose_mails, unseen
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.actions.changes import change, hear
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import WAITING_FOR_US, Case, Contribution, Mail
from wegweiser.files.actions import uploads
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

SAID = ("message_id", "sender_name", "sender_mail", "subject", "text", "whole", "other_name", "other_mail")
OLDEST_COPY = dt.timedelta(days=365)
CIRCULARS_LIE = dt.timedelta(days=14)
WAITING = frozenset({Mail.State.UNREADABLE, Mail.State.ASIDE})


def note_down(
    *, digest: str, said: Mapping[str, Any], state: str, files: Iterable[Prepared] = (), by: Actor, **known: Any
) -> tuple[Mail, bool]:
    """A mail as it came in, with its files, and whether it is new: the same mail again finds the first one."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                mail = Mail.objects.create(digest=digest, state=state, **said, **known)
        except IntegrityError:
            found = Mail.objects.filter(digest=digest).first()
            if found is None:
                raise
            return found, False
        uploads.attach(owner=mail, prepared=files, by=by)
        audit.record(Event.MAIL_CAME, by=by, subject=mail)
    return mail, True


def file(*, mail: Mail, case: Case, of_others: bool = False, reply_by: dt.date, by: Actor) -> Contribution:
    """Put `mail` into the thread of `case`. An answered case waits for us again until `reply_by`, a closed one is open.

    What no person wrote changes no state, nor what is `of_others` than who asks: it is ours to read. Who answers for
    the case still does, unless they left: then it is new.
    """
    with transaction.atomic():
        _lock_case(case)
        kind = Contribution.Kind.MAIL_OTHER if of_others else Contribution.Kind.MAIL_IN
        contribution = Contribution.objects.create(case=case, kind=kind, by=str(by), text=mail.text)
        mail.state, mail.case, mail.contribution = Mail.State.FILED, case, contribution
        mail.save(update_fields=["state", "case", "contribution"])
        references = {"case": case.uuid, "contribution": contribution.uuid}
        audit.record(Event.MAIL_FILED, by=by, subject=mail, changed=["state", "case"], references=references)
        if not mail.automatic and not of_others:
            hear(case=case, reply_by=reply_by, by=by)
    return contribution


def belongs_to(*, mail: Mail, case: Case, earlier: Case | None = None, by: Actor) -> Mail:
    """`case` was opened by `mail`; it goes on from `earlier`, where that was over long ago."""
    with transaction.atomic():
        if earlier:
            case.earlier = earlier
            case.save(update_fields=["earlier"])
        mail.state, mail.case = Mail.State.OPENED, case
        mail.save(update_fields=["state", "case"])
        references = {"case": case.uuid}
        audit.record(Event.MAIL_FILED, by=by, subject=mail, changed=["state", "case"], references=references)
    return mail


def move(*, mail: Mail, case: Case, theirs: bool, reply_by: dt.date, by: Actor) -> Contribution:
    """What opened a case of its own belongs into the thread of `case`, as somebody saw who reads both.

    `theirs`: who asked in `case` wrote it, so that they are written to there. What answers the double goes on there.
    """
    with transaction.atomic():
        _lock(mail)
        double = mail.case
        if mail.state != Mail.State.OPENED or double is None or double.pk == case.pk:
            raise DomainError("mail_settled", "It was put somewhere already.")
        _lock_case(case)
        if not correspondence.knows_somebody(case):
            raise DomainError("transition_not_allowed", "It was erased.")
        contribution = file(mail=mail, case=case, reply_by=reply_by, by=by)
        if theirs:
            _learn_address(case, mail.answer_mail, by)
        double.went_on_in = case
        double.save(update_fields=["went_on_in"])
    return contribution


def take_up(*, mail: Mail, by: Actor) -> Mail:
    """Somebody saw that what was set aside is a person's: it is nobody's machine, and goes where the caller puts it.

    Raises mail_settled where it is not set aside any more. The caller puts it somewhere in the same transaction.
    """
    with transaction.atomic():
        _lock(mail)
        if mail.state != Mail.State.ASIDE:
            raise DomainError("mail_settled", "It was put somewhere already.")
        mail.automatic = False
        mail.save(update_fields=["automatic"])
        audit.record(Event.MAIL_TAKEN_UP, by=by, subject=mail, changed=["automatic"])
    return mail


def tell_bounce(*, mail: Mail, letter: Letter, case: Case | None, by: Actor) -> Mail:
    """`mail` says that `letter` did not arrive."""
    with transaction.atomic():
        mail.state, mail.letter, mail.case = Mail.State.BOUNCE, letter, case
        mail.save(update_fields=["state", "letter", "case"])
        audit.record(Event.MAIL_FILED, by=by, subject=mail, changed=["state"], references={"letter": letter.uuid})
    return mail


def confirm(
    *,
    mail: Mail,
    case: Case,
    member: Member,
    theirs: bool = False,
    answers: bool = True,
    reply_by: dt.date,
    by: Actor,
) -> Contribution:
    """What `member` copied or forwarded stands in the thread of `case`, as they say.

    What they sent to the enquirer or to the firm answers it, and teaches who the enquirer is; what went to anybody else
    is only kept there. `theirs`: `member` says that the outsider is the enquirer. `answers`: they may answer there.
    `member` may be another than who sent it, see `loose_mails.may_file`; the words stay whose they are.
    What the enquirer wrote after the copy was sent waits for us until `reply_by`.
    """
    with transaction.atomic():
        _lock(mail)
        if mail.state != Mail.State.DRAFT or not loose_mails.may_file(mail=mail, member=member):
            raise DomainError("mail_settled", "It was confirmed or rejected before.")
        _lock_case(case)
        contribution = Contribution.objects.create(
            case=case,
            kind=Contribution.Kind.MAIL_COPY,
            by=str(by),
            member=mail.member or member,
            text=mail.text,
            day=_day(mail),
        )
        mail.state, mail.case, mail.contribution = Mail.State.FILED, case, contribution
        mail.save(update_fields=["state", "case", "contribution"])
        references = {"case": case.uuid, "contribution": contribution.uuid}
        audit.record(Event.MAIL_CONFIRMED, by=by, subject=mail, changed=["state", "case"], references=references)
        if answers and (theirs or correspondence.is_of_enquirer(mail, case)):
            _learn_address(case, mail.other_mail, by)
            if case.company is None:
                cases.link(case=case, company=mail.company, person=mail.person, by=by)
            _answer(case, mail, member, reply_by, by)
        elif answers and correspondence.is_of_firm(mail, case):
            _answer(case, mail, member, reply_by, by)
    return contribution


def _answer(case: Case, mail: Mail, member: Member, reply_by: dt.date, by: Actor) -> None:
    """What went out answers what waits; where nobody took the case, whoever works at its partner has it now."""
    adviser = case.adviser or _who_has_it(case, [one for one in (mail.member, member) if one])
    if mail.direction == Mail.Direction.OUT and case.state in WAITING_FOR_US and adviser:
        change(case=case, verb="answer", by=by, adviser=adviser)
        references = {"case": case.uuid, "contribution": mail.contribution.uuid} if mail.contribution else {}
        audit.record(Event.ANSWERED, by=by, subject=case, changed=["state"], references=references)
        if unseen.theirs(case).filter(recorded_at__gt=mail.recorded_at).exists():
            hear(case=case, reply_by=reply_by, by=by)


def _who_has_it(case: Case, members: Iterable[Member]) -> Member | None:
    """The first of `members` who may answer enquiries at its partner."""
    able = set(teams.can_inherit([case.partner.pk], clock.today()).values_list("pk", flat=True))
    return next((member for member in members if member.pk in able), None)


def _learn_address(case: Case, address: str, by: Actor) -> None:
    """Whom one of ours found to be the enquirer is written to there, where no address of theirs was known."""
    if address and not correspondence.address_known(case):
        case.email = address
        case.save(update_fields=["email"])
        audit.record(Event.LINKED, by=by, subject=case, changed=["email"])


def reject(*, mail: Mail, member: Member, by: Actor) -> Mail:
    """The copy was not meant for us: its words and files go, that it came stays."""
    with transaction.atomic():
        _lock(mail)
        if mail.state != Mail.State.DRAFT or mail.member_id != member.pk:
            raise DomainError("mail_settled", "It was confirmed or rejected before.")
        mail.state = Mail.State.REJECTED
        _forget(mail, "state", by=by)
        audit.record(Event.MAIL_REJECTED, by=by, subject=mail, changed=["state"])
    return mail


def settle(*, mail: Mail, by: Actor) -> Mail:
    """Somebody saw to what was set aside or could not be read. Doing so twice changes nothing.

    Its files stay as long as it may be presented again: `forget_files`.
    """
    with transaction.atomic():
        _lock(mail)
        if mail.state == Mail.State.DONE:
            return mail
        if not loose_mails.waiting().filter(pk=mail.pk).exists():
            raise DomainError("mail_settled", "It waits for nobody.")
        mail.state = Mail.State.DONE
        mail.save(update_fields=["state"])
        audit.record(Event.MAIL_SETTLED, by=by, subject=mail, changed=["state"])
    return mail


def present(*, mail: Mail, by: Actor) -> Mail:
    """What was ticked off waits again: it was ticked off by mistake. Raises mail_settled."""
    with transaction.atomic():
        _lock(mail)
        is_left = Mail.objects.filter(loose_mails.has_something_left(), pk=mail.pk).exists()
        if mail.state != Mail.State.DONE or not is_left:
            raise DomainError("mail_settled", "It waits already, or nothing of it is left.")
        mail.state = loose_mails.state_before(mail)
        mail.save(update_fields=["state"])
        audit.record(Event.MAIL_PRESENTED, by=by, subject=mail, changed=["state"])
    return mail


def settle_circulars(*, by: Actor) -> int:
    """What is left lying for two weeks of newsletters and the like is done. Gives how many.

    What somebody presented again lies for as long anew.
    """
    since = clock.now() - CIRCULARS_LIE
    presented = loose_mails.told_of(Event.MAIL_PRESENTED, since=since)
    old = Mail.objects.filter(state=Mail.State.ASIDE, reason="list", recorded_at__lt=since).exclude(uuid__in=presented)
    return sum(settle(mail=mail, by=by).state == Mail.State.DONE for mail in old.order_by("id"))


def forget_files(*, by: Actor) -> int:
    """The files of what machines sent go, once nobody is shown any more that it was done. Gives how many."""
    lately = loose_mails.told_of(Event.MAIL_SETTLED, since=clock.now() - loose_mails.SETTLED_SHOWN)
    done = Mail.objects.filter(state=Mail.State.DONE, automatic=True).exclude(uuid__in=lately)
    return uploads.remove_of(owners=list(loose_mails.with_files(done).values_list("uuid", flat=True)), by=by)


def mark_read(*, case: Case, seen: UUID | None, by: Actor) -> int:
    """Somebody has read what came in to `case` up to the entry `seen`; gives how many mails were new to them."""
    with transaction.atomic():
        unread = case.mails.filter(read_at=None, state=Mail.State.FILED)
        unread = unread.exclude(contribution__in=unseen.since(case, seen).values("pk"))
        rows = list(unread.select_for_update())
        for mail in rows:
            mail.read_at, mail.read_by = clock.now(), str(by)
            mail.save(update_fields=["read_at", "read_by"])
            audit.record(Event.MAIL_READ, by=by, subject=mail, changed=["read_at"])
    return len(rows)


def erase(*, mail: Mail, by: Actor) -> Mail:
    """Forget who wrote and what: words, names, files, also where they stand in a thread. That a mail came stays."""
    with transaction.atomic():
        _lock(mail)
        if mail.state == Mail.State.DRAFT:
            mail.state = Mail.State.REJECTED
        elif mail.state in WAITING:
            mail.state = Mail.State.DONE
        if mail.contribution:
            Contribution.objects.filter(pk=mail.contribution.pk).update(text="")
        mail.person = mail.company = None
        _forget(mail, "state", "person", "company", by=by)
        audit.record(Event.MAIL_ERASED, by=by, subject=mail, changed=SAID)
    return mail


def _day(mail: Mail) -> dt.date:
    """The day that the mail names, unless it cannot be: a clock may be wrong."""
    today = clock.today()
    day = clock.local(mail.sent_at).date() if mail.sent_at else today
    return day if today - OLDEST_COPY <= day <= today else today


def _forget(mail: Mail, *fields: str, by: Actor) -> None:
    for field in SAID:
        setattr(mail, field, "")
    mail.save(update_fields=[*SAID, *fields])
    uploads.remove_of(owners=[mail.uuid], by=by)


def _lock(mail: Mail) -> None:
    mail.refresh_from_db(from_queryset=Mail.objects.select_for_update())


def _lock_case(case: Case) -> None:
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())

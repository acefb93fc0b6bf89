"""How the installation is doing, for those who run it: the periodic work with what failed, and the mail that waits."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium import teams
from wegweiser.kernel import clock, jobs
from wegweiser.kernel.models import JobRun
from wegweiser.outbox import queries as outbox
from wegweiser.web.desk import letters
from wegweiser.web.ui import dates

STANDS_STILL = jobs.LEASE  # as long as one job may take; some are due every minute
WAITS_LONG = dt.timedelta(minutes=15)  # a mail goes within two minutes; one that was refused is tried again later

NAMES: dict[str, Promise] = {
    "accounts.clear_sessions": _("Beendete Logins löschen"),
    "accounts.clear_tokens": _("Abgelaufene Links und Codes löschen"),
    "catalogue.encode": _("Geänderte Texte für die Suche aufbereiten"),
    "catalogue.look_for_unused_pictures": _("Bilder finden, die niemand mehr zeigt"),
    "companies.forget_access_requests": _("Erledigte Bitten um einen Zugang löschen"),
    "companies.forget_consent_requests": _("Unbestätigte Einwilligungen löschen"),
    "companies.forget_lists": _("Liegen gebliebene Listen von Betrieben löschen"),
    "crossings.take_lists": _("Listen von Betrieben übernehmen"),
    "crossings.ask_for_calls": _("Um Anruf bitten, wo eine E-Mail nicht ankam"),
    "crossings.fetch_mails": _("E-Mails abholen"),
    "crossings.hold_letters": _("E-Mails anhalten, die ein Betrieb nicht mehr will"),
    "crossings.leave": _("Übergeben, was jemand am letzten Arbeitstag hatte"),
    "crossings.remind_of_plans": _("Betriebe an ihren Fahrplan erinnern"),
    "crossings.retain": _("Löschfristen einhalten"),
    "crossings.settle_attendance": _("Festhalten, wer zu Veranstaltungen kam"),
    "crossings.follow_attendance": _("Teilnahme in die Kontaktverläufe eintragen"),
    "crossings.show_people": _("Ansprechpersonen auf der Website nachführen"),
    "crossings.take_histories": _("Listen früherer Kontakte übernehmen"),
    "enquiries.remind": _("An fällige Antworten erinnern"),
    "enquiries.settle_circulars": _("Alte Rundmails erledigen"),
    "events.follow": _("Gästen andere Tage und Orte mitteilen"),
    "events.invite": _("Zu Veranstaltungen einladen"),
    "events.forget": _("Gäste vergessen, wo das angeordnet ist"),
    "events.lapse": _("Abgelaufene Plätze weitergeben"),
    "events.remind_and_thank": _("Gäste erinnern und ihnen danken"),
    "events.serve_wholes": _("Ganze Reihen vergeben, wo ein voller Termin vorbei oder abgesagt ist"),
    "events.tell": _("Vielen Gästen Änderungen mitteilen"),
    "files.clear": _("Dateien löschen, die zu nichts gehören"),
    "files.scan": _("Dateien auf Viren prüfen"),
    "journey.forget_lists": _("Liegen gebliebene Listen früherer Kontakte löschen"),
    "outbox.blank": _("Texte alter E-Mails und Briefe löschen"),
    "outbox.deliver": _("E-Mails senden"),
}


@dataclass(frozen=True)
class Work:
    """One periodic job in words; `failure` is empty once it ran well again."""

    name: str
    started: str
    finished: str
    failed: str
    failure: str


@dataclass(frozen=True)
class Health:
    """`works` has what fails first; `last` is when any of it last began."""

    works: list[Work]
    last: str
    stands_still: bool
    mail_waiting: int
    mail_since: str
    mail_late: bool
    sends_mail: bool
    stays_here: bool  # the demo: nothing waits for a mail server
    is_answered: bool  # somebody who may answer enquiries has a login

    @property
    def failing(self) -> list[Work]:
        return [work for work in self.works if work.failure]


def health() -> Health:
    """Three queries, whatever there is."""
    moment = clock.now()
    rows = list(JobRun.objects.all())
    post = outbox.overview()
    last = max((row.started_at for row in rows if row.started_at), default=None)
    works = [
        Work(
            name=str(NAMES.get(row.name, row.name)),
            started=_said(row.started_at),
            finished=_said(row.finished_at),
            failed=_said(row.failed_at),
            failure=row.failure,
        )
        for row in rows
    ]
    return Health(
        works=sorted(works, key=lambda work: (not work.failure, work.name)),
        last=_said(last),
        stands_still=last is None or moment - last > STANDS_STILL,
        mail_waiting=post.waiting,
        mail_since=_said(post.waiting_since),
        mail_late=post.waiting_since is not None and moment - post.waiting_since > WAITS_LONG,
        sends_mail=post.configured,
        stays_here=letters.stays_here(),
        is_answered=teams.able_to_answer(clock.today()).exists(),
    )


def _said(moment: dt.datetime | None) -> str:
    if moment is None:
        return now_in_words("noch nie")
    return dates.written(clock.local(moment), "d.m.Y H:i")

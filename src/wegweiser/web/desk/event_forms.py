"""The form of how one registers for an event: its settings, its places and its agenda."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wegweiser.events import agenda, arrangement, lengths
from wegweiser.events.actions.events import Places
from wegweiser.events.hosting import Counted
from wegweiser.events.models import Event, Listing, Pool, Way
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated, translated
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui import dates
from wegweiser.web.ui.days import DayField

MORE_POOLS, MORE_AGENDA = 1, 2
MOST_POOLS, MOST_AGENDA = 80, 30
MIDNIGHT = dt.time(0, 0)
LISTINGS = [(Listing.NAMES, _("jede Person mit Namen")), (Listing.HEADS, _("nur, wie viele kommen"))]
ORDERS = [
    ("", _("streng der Reihe nach: Eine Gruppe, die noch nicht passt, hält alle hinter ihr auf")),
    ("1", _("auffüllen: Wer hineinpasst, rückt vor. Das steht auch auf der Anmeldeseite")),
]


def _time(**attributes: str) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", **attributes})
    return forms.TimeField(required=False, widget=widget)


class SettingsForm(forms.Form):
    """How one registers for an event. Places and agenda are rows of the same form; one that stays empty is none."""

    optional_mark = ""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    listing = forms.ChoiceField(label=_("Wen tragen wir ein?"), choices=LISTINGS, widget=forms.RadioSelect)
    opens_day = DayField(label=_("Anmeldung ab"), required=False, help_text=_("Leer: ab sofort."))
    opens_time = _time()
    closes_day = DayField(label=_("Anmeldeschluss"), required=False, help_text=_("Leer: bis zum Beginn."))
    closes_time = _time()
    most_places = forms.IntegerField(
        label=_("Plätze je Anmeldung, höchstens"),
        min_value=1,
        max_value=1000,
        help_text=_("So viele kann jemand für sich und den Betrieb auf einmal anmelden."),
    )
    opt_in = forms.BooleanField(
        label=_("E-Mail-Adresse erst bestätigen lassen"),
        required=False,
        help_text=_("Der Platz bleibt bis zu 24 Stunden reserviert, bis jemand den Link in der E-Mail öffnet."),
    )
    waiting_list = forms.BooleanField(label=_("Warteliste führen, wenn alles voll ist"), required=False)
    fill = forms.ChoiceField(label=_("Wer rückt nach?"), choices=ORDERS, widget=forms.RadioSelect, required=False)
    offer_hours = forms.IntegerField(
        label=_("Frist zum Zusagen, in Stunden"),
        min_value=0,
        max_value=24 * 14,
        help_text=_("So lange ist ein frei gewordener Platz für die nächste Person reserviert. 0: Sie hat ihn gleich."),
    )
    room = forms.CharField(label=_("Raum"), required=False, max_length=120)
    join_link = forms.URLField(
        label=_("Link zum Mitmachen"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Bekommt nur, wer online angemeldet ist."),
    )
    access_de = forms.CharField(
        label=_("Zugang mit Rollstuhl, Deutsch"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "de"}),
        help_text=_("Zum Beispiel: Eingang ebenerdig, Aufzug, Parkplatz vor der Tür."),
    )
    access_en = forms.CharField(
        label=_("Zugang mit Rollstuhl, Englisch"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
    )
    certificate_hours = forms.DecimalField(
        label=_("Stunden auf der Teilnahmebescheinigung"),
        required=False,
        min_value=0,
        max_value=99,
        max_digits=4,
        decimal_places=2,
        localize=True,
        help_text=_("Leer: so lange, wie die Veranstaltung dauert, ohne die Nächte dazwischen."),
    )
    slots_from = _time()
    slots_until = _time()
    slots_minutes = forms.IntegerField(label=_("Minuten je Gespräch"), required=False, min_value=5, max_value=480)
    slots_pause = forms.IntegerField(label=_("Minuten Pause dazwischen"), required=False, min_value=0, max_value=240)

    WINDOW = ("opens_day", "opens_time", "closes_day", "closes_time")
    SLOTS = ("slots_from", "slots_until", "slots_minutes", "slots_pause")

    def __init__(
        self,
        data: Any = None,
        *,
        offer: Mapping[str, Any],
        event: Event | None,
        rooms: Sequence[Counted] = (),
        slots: Sequence[arrangement.Slot] | None = None,
    ) -> None:
        self.offer, self.event, self.rooms = offer, event, list(rooms)
        self.starts_at = dt.datetime.fromisoformat(offer["starts_at"]) if offer.get("starts_at") else None
        ends_at = dt.datetime.fromisoformat(offer["ends_at"]) if offer.get("ends_at") else None
        self.days = lengths.days(self.starts_at, ends_at)
        likely = arrangement.proposal(offer)
        super().__init__(data, initial=self._initial(event, likely))
        for name, label in (
            *(("opens_time", _("Uhrzeit")), ("closes_time", _("Uhrzeit"))),
            *(("slots_from", _("Von")), ("slots_until", _("Bis"))),
        ):
            self.fields[name].label = label
        self.drawn = self._drawn(event, likely, slots)
        self._add_pools()
        self._add_agenda(event)

    # What stands there to begin with

    def _initial(self, event: Event | None, likely: arrangement.Proposal) -> dict[str, Any]:
        details = self.offer.get("details") or {}
        ends = dt.datetime.fromisoformat(self.offer["ends_at"]) if self.offer.get("ends_at") else None
        times = {
            "slots_from": clock.local(self.starts_at).time() if self.starts_at else None,
            "slots_until": clock.local(ends).time() if ends else None,
            "slots_minutes": details.get("slot_minutes") or 30,
            "slots_pause": 0,
        }
        event = event or Event(closes_at=likely.closes_at, most_places=1 if likely.slots else 5)
        opens, closes = (clock.local(moment) if moment else None for moment in (event.opens_at, event.closes_at))
        return {
            **times,
            "seen": arrangement.stamp(event) if event.pk else "",
            **{name: getattr(event, name) for name in arrangement.SETTINGS if name not in {"fill", "access", "agenda"}},
            "fill": "1" if event.fill else "",
            "opens_day": opens.date() if opens else None,
            "opens_time": opens.time() if opens else None,
            "closes_day": closes.date() if closes else None,
            "closes_time": closes.time() if closes else None,
            "access_de": event.access.get("de", ""),
            "access_en": event.access.get("en", ""),
        }

    def _drawn(
        self, event: Event | None, likely: arrangement.Proposal, slots: Sequence[arrangement.Slot] | None
    ) -> list[dict[str, Any]]:
        """The rows of places as they are drawn: what is there, what is likely, or the times that were made."""
        known = [row.pool for row in self.rooms]
        if slots is None and known:
            return [_row_of(pool) for pool in known]
        made = slots if slots is not None else likely.slots
        if made:
            kept = {(pool.starts_at, pool.ends_at): _row_of(pool) for pool in known}
            times = [(slot.starts_at, slot.ends_at) for slot in made]
            in_use = [row.pool for row in self.rooms if row.taken or row.waiting]
            others = [_row_of(pool) for pool in in_use if (pool.starts_at, pool.ends_at) not in times]
            return [*others, *(kept.get(time) or _row_of_slot(slot) for time, slot in zip(times, made, strict=True))]
        # An offer says one number of places: where one takes part in two ways, only the first row proposes it.
        return [
            {"way": way, "chairs": None if number else likely.places, "beyond": 0}
            for number, way in enumerate(likely.ways)
        ]

    def _add_pools(self) -> None:
        count = min(len(self.drawn) + MORE_POOLS, MOST_POOLS)
        if self.is_bound and self.data.get("pools", "").isdecimal():
            count = min(int(self.data["pools"][:3]), MOST_POOLS)
        self.count = count
        for number in range(count):
            row = self.drawn[number] if number < len(self.drawn) else {"way": Way.ON_SITE}
            self._field(number, "pool", forms.CharField(required=False, widget=forms.HiddenInput), row.get("pool"))
            self._field(number, "way", forms.ChoiceField(choices=Way.choices), row.get("way"), _("Teilnahme"))
            chairs = forms.IntegerField(required=False, min_value=1, max_value=100_000)
            self._field(number, "chairs", chairs, row.get("chairs"), _("Plätze"))
            beyond = forms.IntegerField(required=False, min_value=0, max_value=10_000)
            self._field(number, "beyond", beyond, row.get("beyond", 0), _("darüber hinaus"))
            self._field(number, "starts", _time(), row.get("starts"), _("von"))
            self._field(number, "ends", _time(), row.get("ends"), _("bis"))
            label = forms.CharField(required=False, max_length=80)
            self._field(number, "label_de", label, row.get("label_de"), _("Bezeichnung"))
            english = forms.CharField(required=False, max_length=80)
            self._field(number, "label_en", english, row.get("label_en"), _("Bezeichnung, Englisch"))
            self._field(number, "gone", forms.BooleanField(required=False), False, _("entfällt"))

    def _field(self, number: int, name: str, made: forms.Field, initial: Any, label: Any = "") -> None:
        key = f"p{number}_{name}"
        made.label, made.initial = label, initial
        self.fields[key] = made

    def _add_agenda(self, event: Event | None) -> None:
        known = event.agenda if event else []
        if len(self.days) > 1 and self.starts_at:
            known = [row for _day, row in agenda.ordered(known, self.starts_at, len(self.days))]
        self.points = min(len(known) + MORE_AGENDA, MOST_AGENDA)
        if self.is_bound and self.data.get("points", "").isdecimal():
            self.points = min(int(self.data["points"][:3]), MOST_AGENDA)
        for number in range(self.points):
            row = known[number] if number < len(known) else {}
            if len(self.days) > 1 and self.starts_at:
                names = [(str(place), dates.written(day, "D, j.n.")) for place, day in enumerate(self.days, start=1)]
                day = forms.ChoiceField(choices=names, label=_("Tag"), required=False)
                day.initial = str(agenda.number(row, self.starts_at, len(self.days)))
                self.fields[f"a{number}_day"] = day
            at = _time()
            at.label, at.initial = _("Uhrzeit"), row.get("at", "")
            self.fields[f"a{number}_at"] = at
            for name, label in (
                ("de", _("Programmpunkt")),
                ("en", _("Programmpunkt, Englisch")),
                ("speaker", _("Wer spricht")),
            ):
                value = row.get("speaker", "") if name == "speaker" else row.get("title", {}).get(name, "")
                self.fields[f"a{number}_{name}"] = forms.CharField(
                    required=False, max_length=200, label=label, initial=value
                )

    # How the page shows them

    def window(self) -> list[forms.BoundField]:
        return [self[name] for name in self.WINDOW]

    def slot_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SLOTS]

    def pool_rows(self) -> list[dict[str, Any]]:
        """Each row of places with its fields; with a number of who is registered there."""
        taken = {str(room.pool.uuid): room for room in self.rooms}
        return [
            {
                "number": number + 1,
                "pool": self[f"p{number}_pool"],
                "fields": [self[f"p{number}_{part}"] for part in self._parts(number)],
                "gone": self[f"p{number}_gone"] if self[f"p{number}_pool"].value() else None,
                "room": taken.get(str(self[f"p{number}_pool"].value() or "")),
            }
            for number in range(self.count)
        ]

    def _parts(self, number: int) -> tuple[str, ...]:
        """The fields of a row of places. A talk has its time for a name, unless somebody gave it another one."""
        parts = ("way", "chairs", "beyond", "starts", "ends")
        named = self[f"p{number}_label_de"].value() or f"p{number}_label_de" in self.errors
        return parts if self[f"p{number}_starts"].value() and not named else (*parts, "label_de", "label_en")

    def agenda_rows(self) -> list[list[forms.BoundField]]:
        parts = (*(["day"] if len(self.days) > 1 else []), "at", "de", "en", "speaker")
        return [[self[f"a{number}_{part}"] for part in parts] for number in range(self.points)]

    # What was said

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("opens", "closes"):
            if said.get(f"{name}_time") and not said.get(f"{name}_day"):
                self.add_error(f"{name}_day", _("An welchem Tag?"))
        opens = _moment(said.get("opens_day"), said.get("opens_time") or MIDNIGHT)
        if opens and self.starts_at and opens >= self.starts_at:
            self.add_error("opens_day", _("Dann hat die Veranstaltung schon begonnen."))
        for number in range(self.count):
            self._clean_pool(said, number)
        if not self.errors and not self.pools():
            self.add_error("p0_chairs", _("Wie viele Plätze gibt es?"))
        for number in range(self.points):
            if said.get(f"a{number}_en") and not said.get(f"a{number}_de"):
                self.add_error(f"a{number}_de", SENTENCES["german_missing"])
        if said.get("access_en") and not said.get("access_de"):
            self.add_error("access_de", SENTENCES["german_missing"])
        return said

    def _clean_pool(self, said: dict[str, Any], number: int) -> None:
        part = {name: said.get(f"p{number}_{name}") for name in ("pool", "chairs", "starts", "ends", "gone")}
        if part["gone"]:
            return
        if (part["starts"] is None) != (part["ends"] is None):
            self.add_error(f"p{number}_{'ends' if part['ends'] is None else 'starts'}", _("Es fehlt eine Uhrzeit."))
        elif part["starts"] and part["starts"] >= part["ends"]:
            self.add_error(f"p{number}_ends", SENTENCES["end_before_start"])
        elif part["starts"] and self.starts_at is None:
            self.add_error(f"p{number}_starts", _("Tragen Sie zuerst im Angebot den Tag ein."))
        if said.get(f"p{number}_label_en") and not said.get(f"p{number}_label_de"):
            self.add_error(f"p{number}_label_de", SENTENCES["german_missing"])
        filled = part["pool"] or part["starts"] or said.get(f"p{number}_label_de")
        if filled and not part["chairs"] and f"p{number}_chairs" not in self.errors:
            self.add_error(f"p{number}_chairs", _("Wie viele Plätze gibt es?"))

    def settings(self) -> dict[str, Any]:
        """What was set, as the rules of the room name it."""
        said = self.cleaned_data
        plain = ("listing", "most_places", "opt_in", "waiting_list", "offer_hours", "room", "join_link")
        return {
            **{name: said[name] for name in (*plain, "certificate_hours")},
            "fill": bool(said["fill"]),
            "opens_at": _moment(said["opens_day"], said["opens_time"] or MIDNIGHT),
            "closes_at": _moment(said["closes_day"], said["closes_time"] or arrangement.LAST_MINUTE),
            "access": _sides(said["access_de"], said["access_en"]),
            "agenda": self._agenda(),
        }

    def _agenda(self) -> list[dict[str, Any]]:
        said, found = self.cleaned_data, []
        for number in range(self.points):
            at, title = said[f"a{number}_at"], _sides(said[f"a{number}_de"], said[f"a{number}_en"])
            if title:
                row = {"at": f"{at:%H:%M}" if at else "", "title": dict(title), "speaker": said[f"a{number}_speaker"]}
                day = said.get(f"a{number}_day")
                found.append(row | ({"day": int(day)} if day else {}))
        return sorted(found, key=lambda row: (row.get("day", 1), row["at"] or "99"))

    def pools(self) -> list[Places]:
        """The places as they shall be, in the order of their times."""
        said, found = self.cleaned_data, []
        known = {str(room.pool.uuid): room.pool for room in self.rooms}
        for number in range(self.count):
            part = {name: said.get(f"p{number}_{name}") for name in ("pool", "way", "chairs", "beyond", "gone")}
            if part["gone"] or not part["chairs"]:
                continue
            pool = known.get(part["pool"] or "")
            starts, ends = (self._slot(pool, said.get(f"p{number}_{name}")) for name in ("starts", "ends"))
            label = _sides(said.get(f"p{number}_label_de", ""), said.get(f"p{number}_label_en", ""))
            way = str(part["way"])
            row = Places(
                chairs=part["chairs"],
                beyond=part["beyond"] or 0,
                way=way,
                label=label or arrangement.label(way=way, starts_at=starts, ends_at=ends),
                starts_at=starts,
                ends_at=ends,
                pool=pool,
            )
            found.append(row)
        return sorted(found, key=lambda row: (row.starts_at is not None, row.starts_at or clock.now()))

    def _slot(self, pool: Pool | None, time: dt.time | None) -> dt.datetime | None:
        """The moment of a slot: on the day it has, else on the day of the event."""
        anchor = (pool.starts_at if pool else None) or self.starts_at
        return clock.at(clock.local(anchor).date(), time) if anchor and time else None

    def made_slots(self) -> tuple[arrangement.Slot, ...]:
        """The times asked for, also while other fields have mistakes; none where something for them is missing."""
        said = getattr(self, "cleaned_data", {})
        start, end, minutes = (said.get(f"slots_{name}") for name in ("from", "until", "minutes"))
        if self.starts_at is None or not (start and end and minutes):
            return ()
        day = clock.local(self.starts_at).date()
        return arrangement.slots(
            starts_at=clock.at(day, start),
            ends_at=clock.at(day, end),
            minutes=minutes,
            pause=said.get("slots_pause") or 0,
        )

    def refuse(self, error: DomainError) -> None:
        """Show what a rule said beside the field it is about."""
        known = {"chairs": "p0_chairs", "starts_at": "p0_starts", "closes_at": "closes_day"}
        field = known.get(error.field or "", error.field)
        self.add_error(field if field in self.fields else None, SENTENCES.get(error.code, error.code))


def _row_of(pool: Pool) -> dict[str, Any]:
    starts, ends = (clock.local(moment).time() if moment else None for moment in (pool.starts_at, pool.ends_at))
    own = pool.label != arrangement.label(way=pool.way, starts_at=pool.starts_at, ends_at=pool.ends_at)
    return {
        "pool": str(pool.uuid),
        "way": pool.way,
        "chairs": pool.chairs,
        "beyond": pool.beyond,
        "starts": starts,
        "ends": ends,
        "label_de": pool.label.get("de", "") if own else "",
        "label_en": pool.label.get("en", "") if own else "",
    }


def _row_of_slot(slot: arrangement.Slot) -> dict[str, Any]:
    starts, ends = clock.local(slot.starts_at).time(), clock.local(slot.ends_at).time()
    return {"way": Way.ON_SITE, "chairs": 1, "beyond": 0, "starts": starts, "ends": ends}


def _moment(day: dt.date | None, time: dt.time) -> dt.datetime | None:
    return clock.at(day, time) if day else None


def _sides(german: str, english: str) -> Translated:
    return translated(german, english) if german else Translated()

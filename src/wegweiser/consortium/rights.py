"""Who may do what: roles as a table of permissions, each with the reach it has. Nothing else grants a right."""

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.models import Membership, Partner, Role
from wegweiser.kernel import clock

if TYPE_CHECKING:
    from wegweiser.accounts.models import User


class Scope(IntEnum):
    """How far a permission reaches; a wider scope holds the narrower ones."""

    ASSIGNED = 1
    OWN_PARTNER = 2
    CENTRE = 3


class Permission(StrEnum):
    DESK_SEE = "desk.see"
    COMPANY_SEE = "company.see"
    COMPANY_EDIT = "company.edit"
    COMPANY_MERGE = "company.merge"
    COMPANY_IMPORT = "company.import"
    CASE_SEE = "case.see"
    CASE_CREATE = "case.create"
    CASE_TAKE = "case.take"
    CASE_ANSWER = "case.answer"
    CASE_HAND_OVER = "case.hand_over"
    QUALITY_SEE = "quality.see"
    TEXT_BLOCK_EDIT = "text_block.edit"
    STEP_RECORD = "step.record"
    STEP_CORRECT = "step.correct"
    ENTRY_EDIT = "entry.edit"
    PROFILE_EDIT = "profile.edit"
    PICTURE_SEE = "picture.see"
    EVENT_EDIT = "event.edit"
    EVENT_GUESTS_SEE = "event.guests_see"
    EVENT_CHECK_IN = "event.check_in"
    APPLICATION_REVIEW = "application.review"
    REPORT_SEE = "report.see"
    REPORT_FREEZE = "report.freeze"
    BUDGET_SEE = "budget.see"
    GRANT_EDIT = "grant.edit"
    MEMBER_EDIT = "member.edit"
    PERSON_ERASE = "person.erase"
    INSTALLATION_SEE = "installation.see"


DESCRIPTIONS: dict[Permission, Promise] = {
    Permission.DESK_SEE: _("Den Arbeitsplatz öffnen"),
    Permission.COMPANY_SEE: _("Name, Größe, Branche, Ansprechperson und Tage der Kontakte der Betriebe sehen"),
    Permission.COMPANY_EDIT: _("Betriebe und Personen anlegen und ändern"),
    Permission.COMPANY_MERGE: _("Doppelte Betriebe zusammenführen"),
    Permission.COMPANY_IMPORT: _("Listen von Betrieben einlesen"),
    Permission.CASE_SEE: _("Anliegen mit Nachrichten und Notizen lesen"),
    Permission.CASE_CREATE: _("Anliegen aufnehmen"),
    Permission.CASE_TAKE: _("Anliegen übernehmen"),
    Permission.CASE_ANSWER: _("Anliegen beantworten und abschließen"),
    Permission.CASE_HAND_OVER: _("Anliegen an einen anderen Partner weitergeben"),
    Permission.QUALITY_SEE: _("Sehen, wie gut Vorschläge treffen und wo Angebote fehlen"),
    Permission.TEXT_BLOCK_EDIT: _("Textbausteine für Antworten schreiben"),
    Permission.STEP_RECORD: _("Gespräche und Vor-Ort-Termine im Kontaktverlauf festhalten"),
    Permission.STEP_CORRECT: _("Einträge im Kontaktverlauf berichtigen"),
    Permission.ENTRY_EDIT: _("Angebote und Texte der Website ändern"),
    Permission.PROFILE_EDIT: _("Partner, Themen und Netzwerke auf der Website beschreiben"),
    Permission.PICTURE_SEE: _("Bilder sehen, die noch nicht veröffentlicht sind"),
    Permission.EVENT_EDIT: _("Anmeldung zu Veranstaltungen einrichten und Termine absagen"),
    Permission.EVENT_GUESTS_SEE: _("Gäste von Veranstaltungen sehen, für sie anmelden und absagen"),
    Permission.EVENT_CHECK_IN: _("Teilnehmende am Einlass abhaken"),
    Permission.APPLICATION_REVIEW: _("Bewerbungen für Leuchtturmprojekte begutachten"),
    Permission.REPORT_SEE: _("Berichte und ihre Belege ohne Personendaten lesen"),
    Permission.REPORT_FREEZE: _("Berichte festschreiben"),
    Permission.BUDGET_SEE: _("Mittel und Fristen sehen"),
    Permission.GRANT_EDIT: _("Zielwerte und eigene Fristen festlegen"),
    Permission.MEMBER_EDIT: _("Mitarbeitende, Rollen und Zuständigkeiten pflegen"),
    Permission.PERSON_ERASE: _("Auskunft geben und Personen löschen"),
    Permission.INSTALLATION_SEE: _("Zustand von Installation, Aufgaben und Postausgang sehen"),
}

_ADVISER = {
    Permission.DESK_SEE: Scope.CENTRE,
    Permission.COMPANY_SEE: Scope.CENTRE,
    Permission.COMPANY_EDIT: Scope.CENTRE,
    Permission.CASE_SEE: Scope.OWN_PARTNER,
    Permission.CASE_CREATE: Scope.CENTRE,
    Permission.CASE_TAKE: Scope.OWN_PARTNER,
    Permission.CASE_ANSWER: Scope.OWN_PARTNER,
    Permission.CASE_HAND_OVER: Scope.OWN_PARTNER,
    Permission.TEXT_BLOCK_EDIT: Scope.OWN_PARTNER,
    Permission.STEP_RECORD: Scope.OWN_PARTNER,
    Permission.STEP_CORRECT: Scope.OWN_PARTNER,
    Permission.ENTRY_EDIT: Scope.ASSIGNED,
    Permission.PICTURE_SEE: Scope.ASSIGNED,
    Permission.EVENT_EDIT: Scope.OWN_PARTNER,
    Permission.EVENT_GUESTS_SEE: Scope.OWN_PARTNER,
    Permission.EVENT_CHECK_IN: Scope.OWN_PARTNER,
    Permission.REPORT_SEE: Scope.CENTRE,
}

# What the management does for its own partner only.
_OF_THE_HOUSE = frozenset({Permission.MEMBER_EDIT, Permission.ENTRY_EDIT})

TABLE: dict[Role, dict[Permission, Scope]] = {
    Role.ADVISER: _ADVISER,
    Role.MANAGEMENT: {
        permission: Scope.OWN_PARTNER if permission in _OF_THE_HOUSE else Scope.CENTRE
        for permission in Permission
        if permission not in {Permission.APPLICATION_REVIEW, Permission.INSTALLATION_SEE}
    },
    Role.EDITOR: {
        Permission.DESK_SEE: Scope.CENTRE,
        Permission.ENTRY_EDIT: Scope.OWN_PARTNER,
        Permission.PROFILE_EDIT: Scope.OWN_PARTNER,
        Permission.EVENT_EDIT: Scope.OWN_PARTNER,
        Permission.TEXT_BLOCK_EDIT: Scope.OWN_PARTNER,
        Permission.PICTURE_SEE: Scope.OWN_PARTNER,
    },
    Role.CHECK_IN: {
        Permission.DESK_SEE: Scope.CENTRE,
        Permission.EVENT_CHECK_IN: Scope.ASSIGNED,
    },
    Role.REVIEWER: {
        Permission.DESK_SEE: Scope.CENTRE,
        Permission.APPLICATION_REVIEW: Scope.ASSIGNED,
    },
    Role.FUNDER: {
        Permission.DESK_SEE: Scope.CENTRE,
        Permission.REPORT_SEE: Scope.CENTRE,
    },
    Role.ADMINISTRATOR: {
        Permission.DESK_SEE: Scope.CENTRE,
        Permission.COMPANY_IMPORT: Scope.CENTRE,
        Permission.ENTRY_EDIT: Scope.CENTRE,
        Permission.PROFILE_EDIT: Scope.CENTRE,
        Permission.PICTURE_SEE: Scope.CENTRE,
        Permission.MEMBER_EDIT: Scope.CENTRE,
        Permission.INSTALLATION_SEE: Scope.CENTRE,
    },
}

ROLE_DESCRIPTIONS: dict[Role, Promise] = {
    Role.ADVISER: _("Bearbeitet Anliegen des eigenen Partners und hält Kontakte fest"),
    Role.MANAGEMENT: _("Leitet das Zentrum: sieht alle Anliegen, Ziele, Mittel und Fristen"),
    Role.EDITOR: _("Pflegt Angebote und Texte der Website"),
    Role.CHECK_IN: _("Hakt Teilnehmende am Einlass zugewiesener Veranstaltungen ab"),
    Role.REVIEWER: _("Begutachtet zugewiesene Bewerbungen"),
    Role.FUNDER: _("Liest Berichte und ihre Belege, ohne Personendaten"),
    Role.ADMINISTRATOR: _("Betreibt die Installation, sieht keine Anliegen"),
}


@dataclass(frozen=True)
class Held:
    """A role somebody holds on a day; `partner_id` is empty for the funder and the administrator."""

    role: Role
    partner_id: int | None


@dataclass(frozen=True)
class Extent:
    """How far a permission reaches in a list: everywhere, at some partners, or where one is assigned."""

    everywhere: bool
    partners: frozenset[int]
    assigned: bool


@dataclass(frozen=True)
class Rights:
    """What the roles that somebody holds on a day let them do. Read once (`of`), it answers without another query."""

    held: tuple[Held, ...]

    def reach(self, permission: Permission) -> Scope | None:
        """How far `permission` reaches over all roles; None: not at all."""
        scopes = [TABLE[held.role][permission] for held in self.held if permission in TABLE[held.role]]
        return max(scopes, default=None)

    def permissions(self) -> frozenset[Permission]:
        """Everything they may do somewhere."""
        return frozenset(permission for held in self.held for permission in TABLE[held.role])

    def partners(self) -> list[Partner]:
        """The partners they work for."""
        return list(Partner.objects.filter(pk__in={held.partner_id for held in self.held if held.partner_id}))

    def extent(self, permission: Permission) -> Extent:
        """What `allow` says of every single thing, as a condition for a list."""
        scopes = [(held.partner_id, TABLE[held.role].get(permission)) for held in self.held]
        return Extent(
            everywhere=any(scope == Scope.CENTRE for _, scope in scopes),
            partners=frozenset(partner for partner, scope in scopes if scope == Scope.OWN_PARTNER and partner),
            assigned=any(scope is not None for _, scope in scopes),
        )

    def allow(self, permission: Permission, *, partner: Partner | None = None, assigned: bool = False) -> bool:
        """Whether they may do it with something of `partner`; without a partner: whether they may at all.

        `assigned` says that the thing at hand is assigned to them.
        """
        for held in self.held:
            scope = TABLE[held.role].get(permission)
            if scope is None:
                continue
            if scope == Scope.CENTRE or partner is None or assigned:
                return True
            if scope == Scope.OWN_PARTNER and held.partner_id == partner.pk:
                return True
        return False


def of(user: "User | Any", *, on: dt.date | None = None) -> Rights:
    """The rights of a login on a day, by its memberships; none for who is not logged in or no longer active."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Rights(())
    rows = Membership.objects.filter(Membership.on(on or clock.today()), member__user=user).order_by("id")
    return Rights(tuple(Held(Role(role), partner) for role, partner in rows.values_list("role", "partner_id")))

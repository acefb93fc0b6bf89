"""Whoever works here gets mails in the language of their login; they choose it, or the management does."""

import datetime as dt
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

import wegweiser.consortium
from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.accounts.actions import logins
from wegweiser.accounts.models import User
from wegweiser.companies.models import Channel, Person
from wegweiser.consortium.models import Member, Role
from wegweiser.crossings import enquiries, invitations, leaving
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import FollowUp
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.models import AuditEvent
from wegweiser.outbox.models import Letter

YESTERDAY = contact_point.MONDAY.date() - dt.timedelta(days=1)
TO_STAFF = {"password_link", "inherited"}
WORDS = {
    ("password_link", "de"): "Guten Tag",
    ("password_link", "en"): "Dear Cleo",
    ("inherited", "de"): "Sie übernehmen Aufgaben von Ben",
    ("inherited", "en"): "You take over work from Ben",
}


@pytest.fixture
def world(db, settings):
    settings.BASE_URL = "https://zentrum.example"
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


def test_no_mail_to_staff_is_left_out_here():
    folder = Path(wegweiser.consortium.__file__).parent / "templates" / "consortium" / "mails"
    assert {path.stem for path in folder.glob("*.txt") if "." not in path.stem} == TO_STAFF


def sent(world, name: str, cleo: Member) -> Letter:
    if name == "password_link":
        invitations.invite(member=cleo, by_mail=True, by=BY)
    else:
        leaving.plan(member=world.ben, last_day=YESTERDAY, heir=cleo, by=BY)
    return Letter.objects.get(recipient_mail=cleo.email)


@pytest.mark.parametrize("asking", ["de", "en"])
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", sorted(TO_STAFF))
def test_a_mail_is_in_the_language_of_its_reader_whoever_causes_it(world, name, language, asking):
    cleo = contact_point.member("Cleo", world.other)
    logins.choose_language(user=staff.login(cleo), language=language, by=BY)
    cleo.refresh_from_db()
    with translation.override(asking):
        letter = sent(world, name, cleo)
    assert letter.language == language
    assert WORDS[name, language] in f"{letter.subject}\n{letter.text}"
    links = [word for word in letter.text.split() if word.startswith("https://")]
    assert links
    assert all(("/en/" in link) == (language == "en") for link in links), "the link leads on in the same language"


def test_a_new_login_writes_in_a_language_its_owner_speaks(world):
    for languages, expected in ((["en", "pl"], "en"), (["en", "de"], "de"), ([], "de"), (["fr"], "de")):
        member = contact_point.member(f"Neu{len(languages)}{expected}{languages[:1]}", world.other)
        member.languages = languages
        member.email = f"{User.objects.count()}@centre.example"
        member.save()
        invitations.invite(member=member, by_mail=False, by=BY)
        member.refresh_from_db()
        assert member.user.language == expected


def test_one_chooses_at_the_own_login(client, world):
    user = staff.login(world.ben)
    client.force_login(user)
    assert 'name="language"' in client.get(reverse("mfa_index")).text
    client.post(reverse("account_language"), {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"
    refused = client.post(reverse("account_language"), {"language": "xx"}, follow=True)
    assert "Diese Auswahl gibt es nicht mehr" in refused.text
    user.refresh_from_db()
    assert user.language == "en"
    assert AuditEvent.objects.get(event="user:changed").changed == ["language"]


def test_whoever_looks_after_somebody_chooses_for_them(client, world):
    user = staff.login(world.ben)
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    client.post(reverse("desk:team_person", kwargs={"uuid": world.ben.uuid}), {"do": "language", "language": "en"})
    user.refresh_from_db()
    assert user.language == "en"


def test_an_unknown_language_is_refused(world):
    with pytest.raises(DomainError, match="language_unknown"):
        logins.choose_language(user=staff.login(world.ben), language="", by=BY)


def test_what_all_staff_read_is_in_the_language_of_the_centre(world):
    person = Person.objects.create(name="Jana", email="jana@firma.example", channel=Channel.PHONE)
    case = cases.take(case=contact_point.case(world.other, person=person), member=world.ben, by=BY)
    with translation.override("en"):
        enquiries.answer(case=case, member=world.ben, text="Gern.", by=BY)
    assert FollowUp.objects.get(case=case).note == "Die Antwort durfte nicht als E-Mail hinausgehen. Bitte anrufen."

"""The team's pages: people, roles with dates, invitations, and who may look after whom."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BEGIN, BY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.accounts.models import Token
from wegweiser.consortium import teams
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import Departure, Member, Membership, Role
from wegweiser.crossings import invitations, leaving
from wegweiser.enquiries.actions import cases
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter
from wegweiser.web.desk.team_forms import RoleForm

TODAY = contact_point.MONDAY.date()
PASSWORD = "vier ganz lange woerter"


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


@pytest.fixture
def admin(client, world):
    user = staff.hire(Role.ADMINISTRATOR, None)
    client.force_login(user)
    return user


def page(member: Member) -> str:
    return reverse("desk:team_person", kwargs={"uuid": member.uuid})


def contact(**changes) -> dict:
    return {"name": "Eva Größe", "email": "eva@centre.example", "languages": ["de", "en"], **changes}


def test_somebody_new_gets_a_role_and_a_page_of_their_own(client, world, admin):
    role = {"role": "adviser", "partner": world.other.pk, "since": "2026-04-01", "until": "2026-12-31"}
    data = contact(topics=[world.topic.pk], position="Projektleitung", position_en="Project lead", **role)
    response = client.post(reverse("desk:team_new"), data)
    eva = Member.objects.get(email="eva@centre.example")
    assert response["Location"] == page(eva)
    assert (eva.slug, eva.languages, eva.position["en"]) == ("eva-groesse", ["de", "en"], "Project lead")
    assert list(eva.topics.all()) == [world.topic]
    row = eva.memberships.get()
    assert (row.valid_from, row.valid_to) == (dt.date(2026, 4, 1), dt.date(2026, 12, 31))
    assert "beginnt noch" in client.get(page(eva)).text


def test_what_is_written_at_the_team_is_what_visitors_find(client, world, admin):
    data = contact(topics=[world.topic.pk], expertise="Schweißroboter", role="adviser", partner=world.other.pk)
    client.post(reverse("desk:team_new"), data | {"since": "2026-03-01", "is_public": "on"})
    eva = Member.objects.get(email="eva@centre.example")
    assert "Eva Größe" in client.get("/angebote/?q=Schweißroboter").text
    client.post(page(eva), {"do": "change", **contact(name="Eva Klein", expertise="Greifer"), "is_public": "on"})
    assert "Eva Klein" in client.get("/angebote/?q=Greifer").text
    client.post(page(eva), {"do": "end", "membership": eva.memberships.get().uuid, "on": "2026-03-01"})
    assert "Eva Klein" not in client.get("/angebote/?q=Greifer").text
    client.post(page(eva), {"do": "grant", "role": "management", "partner": world.lead.pk, "since": "2026-03-02"})
    assert "Eva Klein" in client.get("/angebote/?q=Greifer&partner=lead").text


def test_a_role_that_does_not_fit_keeps_what_was_typed_and_makes_nobody(client, world, admin):
    response = client.post(reverse("desk:team_new"), contact(role="adviser", partner="", since="2026-04-01"))
    assert "jede andere Rolle braucht einen" in response.text
    assert "Eva Größe" in response.text
    assert not Member.objects.filter(email="eva@centre.example").exists()


def test_an_invitation_carries_a_link_and_no_password_and_is_used_once(client, world, admin):
    client.post(page(world.ben), {"do": "invite"})
    letter = Letter.objects.get(recipient_mail=world.ben.email)
    address = next(line for line in letter.text.splitlines() if line.startswith("http"))
    path = address[address.index("/konto/") :]
    client.logout()
    assert client.get(path).status_code == 200
    assert client.get(path).status_code == 200, "looking uses nothing up"
    weak = client.post(path, {"password": "passwort", "again": "passwort"})
    assert weak.status_code == 200
    assert not Member.objects.get(pk=world.ben.pk).user.has_usable_password()
    assert client.post(path, {"password": PASSWORD, "again": PASSWORD})["Location"] == reverse("account_login")
    assert Member.objects.get(pk=world.ben.pk).user.check_password(PASSWORD)
    assert client.post(path, {"password": PASSWORD, "again": PASSWORD}).status_code == 410
    assert client.get(path).status_code == 410


@pytest.mark.parametrize("what", ["late", "revoked", "replaced", "closed"])
def test_a_link_that_is_over_opens_nothing(client, world, what):
    address = invitations.invite(member=world.ben, by_mail=False, by=BY)
    member = Member.objects.get(pk=world.ben.pk)
    moment = clock.now()
    match what:
        case "late":
            moment += dt.timedelta(days=7)
        case "revoked":
            assert invitations.revoke(member=member, by=BY) == 1
        case "replaced":
            invitations.invite(member=member, by_mail=False, by=BY)
        case "closed":
            member.user.is_active = False
            member.user.save()
    with clock.stopped_at(moment):
        response = client.post(address[address.index("/konto/") :], {"password": PASSWORD, "again": PASSWORD})
    assert response.status_code == 410
    assert not Member.objects.get(pk=world.ben.pk).user.has_usable_password()


def test_a_link_can_be_shown_once_without_a_mail_server(client, world, admin):
    shown = client.post(page(world.ben), {"do": "show_link"})
    assert "/konto/passwort/" in shown.text
    assert shown["Cache-Control"] == "no-store"
    assert "/konto/passwort/" not in client.get(page(world.ben)).text
    assert not Letter.objects.exists()
    secret = shown.text.split("/konto/passwort/")[1].split("/")[0]
    assert not Token.objects.filter(secret_hash=secret).exists()


def test_a_changed_mail_address_is_the_login_and_ends_open_links(client, world, admin):
    user = staff.login(world.ben)
    address = invitations.invite(member=Member.objects.get(pk=world.ben.pk), by_mail=False, by=BY)
    client.post(page(world.ben), {"do": "change", **contact(name="Ben", email="neu@centre.example")})
    user.refresh_from_db()
    assert user.email == "neu@centre.example"
    assert client.get(address[address.index("/konto/") :]).status_code == 410
    taken = client.post(page(world.ben), {"do": "change", **contact(name="Ben", email=world.anna.email)})
    assert "gibt es schon jemanden" in taken.text


def test_roles_have_a_history_and_never_overlap(client, world, admin):
    row = world.ben.memberships.get()
    client.post(page(world.ben), {"do": "end", "membership": row.uuid, "on": "2026-03-31"})
    role = {"do": "grant", "role": "adviser", "partner": world.other.pk}
    assert "in dieser Zeit schon" in client.post(page(world.ben), {**role, "since": "2026-03-31"}).text
    client.post(page(world.ben), {**role, "since": "2026-04-01"})
    dates = list(world.ben.memberships.order_by("valid_from").values_list("valid_from", "valid_to"))
    assert dates == [(BEGIN, dt.date(2026, 3, 31)), (dt.date(2026, 4, 1), None)]
    later = world.ben.memberships.get(valid_to=None)
    client.post(page(world.ben), {"do": "end", "membership": later.uuid, "on": "2026-03-02"})
    assert not Membership.objects.filter(pk=later.pk).exists(), "what never began is taken back"


def test_what_is_over_stays_as_it_was(world):
    row = world.ben.memberships.get()
    row.valid_to = TODAY - dt.timedelta(days=1)
    row.save()
    with pytest.raises(DomainError) as error:
        members.end(membership=row, on=TODAY, by=BY)
    assert error.value.code == "role_over"


def test_a_lost_telephone_is_reset(client, world, admin):
    user = staff.login(world.ben)
    assert "Zweiter Faktor eingerichtet" in client.get(page(world.ben)).text
    client.post(page(world.ben), {"do": "second_factor"})
    assert not user.authenticator_set.exists()
    assert "Zweiter Faktor fehlt" in client.get(page(world.ben)).text


@pytest.mark.parametrize(("when", "names"), [("now", {"Anna", "Ben"}), ("before", {"Gone"}), ("later", {"Soon"})])
def test_the_list_knows_who_was_is_and_will_be_here(client, world, admin, when, names):
    for name, begin, end in [("Gone", BEGIN, TODAY - dt.timedelta(days=1)), ("Soon", dt.date(2027, 1, 1), None)]:
        member = contact_point.member(name, world.lead)
        member.memberships.update(valid_from=begin, valid_to=end)
    found = teams.team(Member.objects.exclude(user=admin), when=when)
    assert {row.name for row in found} == names
    text = client.get(reverse("desk:team") + f"?wann={when}").text
    assert all(name in text for name in names)
    assert "Niemand gefunden" in client.get(reverse("desk:team") + "?q=xyz").text


def test_management_looks_after_its_own_people_only(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    listed = client.get(reverse("desk:team") + "?wann=all").text
    assert world.anna.email in listed
    assert world.ben.email not in listed
    assert client.get(page(world.anna)).status_code == 200
    assert client.get(page(world.ben)).status_code == 404
    members.grant(member=world.anna, role=Role.ADMINISTRATOR, partner=None, since=BEGIN, by=BY)
    for verb in ("show_link", "invite", "second_factor"):
        assert client.post(page(world.anna), {"do": verb}).status_code == 404, "nobody takes over an administrator"


@pytest.mark.parametrize("role", ["administrator", "funder"])
def test_management_cannot_give_more_than_its_own_partner(client, world, role):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    for given in ({"role": role}, {"role": "adviser", "partner": world.other.pk}):
        client.post(page(world.anna), {"do": "grant", "since": "2026-03-02", **given})
    assert world.anna.memberships.count() == 1


def test_leaving_is_shown_before_it_is_done(client, world, admin):
    cleo = contact_point.member("Cleo", world.other)
    contact_point.let_in(cleo)
    address = reverse("desk:team_leave", kwargs={"uuid": world.ben.uuid})
    shown = client.get(address + "?tag=2026-03-01")
    heirs = {name: field.initial for name, field in shown.context["form"].fields.items() if name != "submission"}
    assert {value for name, value in heirs.items() if not name.startswith("item:")} == {str(cleo.uuid)}
    preview = client.post(address, {"tag": "2026-03-01", "do": "preview", **heirs})
    assert "Das wird geschehen" in preview.text
    assert world.ben.memberships.get().valid_to is None
    client.post(address, {"tag": "2026-03-01", "do": "leave", **heirs})
    assert world.ben.memberships.get().valid_to == dt.date(2026, 3, 1)


def test_the_page_names_who_cannot_take_over_for_want_of_a_login(client, world, admin):
    dora = contact_point.member("Dora", world.other)
    cases.take(case=contact_point.case(world.other), member=world.ben, by=BY)
    address = reverse("desk:team_leave", kwargs={"uuid": world.ben.uuid})
    shown = client.get(address + "?tag=2026-03-01").text
    assert "Übernehmen kann nur, wer einloggen kann" in shown
    assert f'<a href="{page(dora)}">Dora</a>' in shown
    assert "Laden Sie zuerst jemanden ein." in shown
    assert f'value="{dora.uuid}"' not in shown
    contact_point.let_in(dora)
    shown = client.get(address + "?tag=2026-03-01").text
    assert "wer einloggen kann" not in shown
    assert f'value="{dora.uuid}"' in shown


@pytest.mark.parametrize("day", ["2026-99-99", "9999-12-31", "0001-01-01", "0026-03-01"])
def test_a_last_day_that_nobody_means_is_asked_for_again(client, world, admin, day):
    address = reverse("desk:team_leave", kwargs={"uuid": world.ben.uuid})
    for response in (client.get(f"{address}?tag={day}"), client.post(address, {"tag": day, "do": "leave"})):
        assert response.status_code == 200
        assert "Diesen Tag gibt es nicht." in response.content.decode()
    assert not Departure.objects.exists()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "0026-03-01"])
def test_a_role_begins_on_a_day_that_somebody_means(client, world, admin, day):
    form = RoleForm({"role": Role.EDITOR, "since": day}, partners=[world.other], everywhere=True)
    assert "since" in form.errors


def test_one_thing_is_given_to_somebody_else_on_the_same_page(client, world, admin):
    cleo, dora = contact_point.member("Cleo", world.other), contact_point.member("Dora", world.other)
    contact_point.let_in(cleo, dora)
    one, two = (cases.take(case=contact_point.case(world.other), member=world.ben, by=BY) for _ in range(2))
    address = reverse("desk:team_leave", kwargs={"uuid": world.ben.uuid})
    shown = client.get(address + "?tag=2026-03-01")
    assert '<details class="ww-fold"><summary>' in shown.text, "folded: the page stays short"
    given = {name: field.initial for name, field in shown.context["form"].fields.items() if name != "submission"}
    for name in given:
        given[name] = "" if name.startswith("item:") else str(cleo.uuid)
    given[leaving.item_key(two)] = str(dora.uuid)
    preview = client.post(address, {"tag": "2026-03-01", "do": "preview", **given})
    assert "davon 1 an Cleo." in preview.text
    assert f"{two.reference}, noch kein Thema, in Arbeit: geht an Dora." in preview.text
    again = client.post(address, {"tag": "2026-03-01", "do": "edit", **given})
    assert '<details class="ww-fold" open><summary>' in again.text
    client.post(address, {"tag": "2026-03-01", "do": "leave", **given})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.adviser, two.adviser) == (cleo, dora)

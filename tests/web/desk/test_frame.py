"""The frame of the desk: its own footer, its menu also over the pages of one's own login, and links back."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse

from tests import contact_point
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.consortium.models import Role
from wegweiser.kernel import clock


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


@pytest.fixture
def anna(client, world):
    user = staff.login(world.anna)
    RecoveryCodes.activate(user)
    client.post(reverse("account_login"), {"login": user.email, "password": staff.PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": staff.code()})
    return client


def footer(html):
    return html[html.index("<footer") :]


def test_the_footer_of_the_desk_is_short_and_leads_to_the_website(anna):
    said = footer(anna.get(reverse("desk:today")).content.decode())
    assert "Zur Website" in said
    assert "Impressum" in said
    assert "Themen" not in said


@pytest.mark.parametrize(
    ("name", "back"),
    [
        ("mfa_index", "desk:today"),
        ("account_change_password", "mfa_index"),
        ("mfa_view_recovery_codes", "mfa_index"),
        ("mfa_generate_recovery_codes", "mfa_index"),
        ("mfa_deactivate_totp", "mfa_index"),
    ],
)
def test_the_pages_of_ones_own_login_are_part_of_the_desk_and_lead_back(anna, name, back):
    html = anna.get(reverse(name)).content.decode()
    assert 'aria-label="Arbeitsplatz"' in html
    assert 'aria-label="Hauptmenü"' not in html
    assert f'<p class="ww-crumb"><a href="{reverse(back)}">' in html


def test_before_the_second_factor_is_set_up_no_menu_leads_anywhere(client, world):
    user = staff.login(world.anna, second_factor=False)
    client.post(reverse("account_login"), {"login": user.email, "password": staff.PASSWORD})
    html = client.get(reverse("mfa_activate_totp")).content.decode()
    assert 'aria-label="Arbeitsplatz"' not in html


def test_the_page_to_log_in_is_a_public_one(client, world):
    assert 'aria-label="Hauptmenü"' in client.get(reverse("account_login")).content.decode()


def test_backup_codes_can_be_printed_and_taken_along_as_a_file(anna):
    html = anna.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert "hidden data-ww-print" in html
    assert reverse("mfa_download_recovery_codes") in html
    assert anna.get(reverse("mfa_download_recovery_codes")).status_code == 200


@pytest.mark.parametrize(("host", "mails"), [("mail.example", True), ("", False)])
def test_without_a_mail_server_an_invitation_is_a_link(client, world, settings, host, mails):
    settings.EMAIL_HOST = host
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    page = reverse("desk:team_person", kwargs={"uuid": world.ben.uuid})
    html = client.get(page).content.decode()
    assert ('value="invite"' in html) == mails
    assert 'value="show_link"' in html


def test_a_shown_link_can_be_copied_and_says_how_long_it_is_valid(client, world):
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    page = reverse("desk:team_person", kwargs={"uuid": world.ben.uuid})
    html = client.post(page, {"do": "show_link"}).content.decode()
    assert 'data-ww-copy="link"' in html
    assert "Er gilt bis " in html
    assert f'<p class="ww-crumb"><a href="{reverse("desk:team")}">' in html

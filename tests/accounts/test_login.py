"""Staff get in by mail, password and a second factor. Nobody signs up, nobody gets around a step."""

import copy
import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.translation import override

from tests import contact_point
from tests.contact_point import BY
from tests.web.desk import staff
from wegweiser.accounts.actions import logins
from wegweiser.accounts.models import User
from wegweiser.web.desk.urls import urlpatterns as desk

SOME_UUID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def world(db):
    cache.clear()  # the limits of failed logins and the codes used are kept there
    yield contact_point.world()
    cache.clear()


def send(client, email, password=staff.PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def logged_in(client):
    return "_auth_user_id" in client.session


def wants(response, name):
    return response.status_code == 302 and response["Location"].split("?")[0] == reverse(name)


def address(pattern):
    return reverse(f"desk:{pattern.name}", kwargs=dict.fromkeys(pattern.pattern.converters, SOME_UUID))


# --- Mail and password --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["anna@centre.example", "Anna@Centre.EXAMPLE", " ANNA@centre.example "])
def test_the_mail_address_may_be_written_in_any_case(client, world, settings, email):
    settings.DEMO = True
    staff.login(world.anna, demo=True)
    assert wants(send(client, email), "desk:today")
    assert logged_in(client)


@pytest.mark.parametrize("stored", ["ben@müller.example", "ben@xn--mller-kva.example"])
@pytest.mark.parametrize("typed", ["Ben@Müller.example", "ben@xn--mller-kva.example"])
def test_umlauts_in_the_domain_are_one_login_in_all_its_spellings(client, world, stored, typed):
    world.ben.email = stored
    user = staff.login(world.ben)
    assert user.email == stored
    assert send(client, typed)["Location"] == reverse("mfa_authenticate")


@pytest.mark.parametrize(
    ("email", "password"),
    [("anna@centre.example", "falsch"), ("niemand@centre.example", staff.PASSWORD), ("anna@centre.example", "")],
)
def test_a_wrong_password_or_mail_is_refused_and_says_not_which(client, world, email, password):
    staff.login(world.anna)
    response = send(client, email, password)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not logged_in(client)


def test_an_unknown_mail_reads_like_a_wrong_password(client, world):
    staff.login(world.anna)
    errors = [
        send(client, email, "falsch-falsch").context["form"].errors
        for email in ("anna@centre.example", "niemand@centre.example")
    ]
    assert errors[0] == errors[1]


def test_who_was_locked_out_does_not_get_in(client, world):
    user = staff.login(world.anna)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert wants(send(client, user.email), "account_inactive")
    assert not logged_in(client)


def test_a_login_leads_to_the_page_one_asked_for_but_never_to_another_site(client, world, settings):
    settings.DEMO = True
    staff.login(world.anna, demo=True)
    given = {"login": "anna@centre.example", "password": staff.PASSWORD}
    for wanted, reached in [("/desk/neu/", "/desk/neu/"), ("https://evil.example/", "/desk/")]:
        response = client.post(reverse("account_login"), given | {"next": wanted})
        assert response["Location"] == reached
        client.logout()


# --- Nobody signs up ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "mfa_signup_webauthn"])
def test_there_is_no_address_to_sign_up(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_no_pattern_mentions_signing_up():
    assert "signup" not in str(sorted(str(name) for name in get_resolver().reverse_dict))


def test_an_unknown_mail_makes_no_user(client, world):
    send(client, "neu@centre.example")
    assert not User.objects.exists()


# --- The second factor --------------------------------------------------------------------------------------------


@pytest.mark.one_database  # who is let in is the middleware's to say, whatever holds the logins
@pytest.mark.parametrize("language", ["de", "en"])
def test_without_a_second_factor_every_page_of_the_desk_leads_to_setting_one_up(client, world, language):
    client.force_login(staff.login(world.anna, second_factor=False))
    session, answers = copy.copy(client.cookies), {}
    with override(language):
        pages, setting_up = [address(pattern) for pattern in desk], reverse("mfa_activate_totp")
    for page in pages:
        client.cookies = copy.copy(session)
        for method in (client.get, client.post):
            response = method(page)
            answers[page, method.__name__] = (response.status_code, response.get("Location"))
    assert len(answers) == 2 * len({*pages}) > 200
    assert {asked: told for asked, told in answers.items() if told != (302, setting_up)} == {}


def test_without_a_second_factor_a_preview_leads_to_setting_one_up_too(client, world):
    client.force_login(staff.login(world.anna, second_factor=False))
    response = client.get(reverse("public:preview", args=[SOME_UUID]))
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_activate_totp"))
    assert client.get(reverse("public:imprint")).status_code == 200


def test_who_lost_the_second_factor_is_out_everywhere_at_once(world):
    user, other = staff.login(world.anna), staff.login(world.ben)
    phone, desk = Client(), Client()
    phone.force_login(user)
    desk.force_login(other)
    logins.reset_second_factor(user=user, by=BY)
    assert not logged_in(phone)
    assert logged_in(desk)


def test_setting_a_second_factor_up_opens_the_desk(client, world):
    staff.login(world.anna, second_factor=False)
    send(client, "anna@centre.example")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert client.get(reverse("desk:today")).status_code == 302
    response = client.post(reverse("mfa_activate_totp"), {"code": staff.code(client.session["mfa.totp.secret"])})
    assert response.status_code == 302
    assert client.get(reverse("desk:today")).status_code == 200


@pytest.mark.parametrize(("minutes", "asked"), [(4, False), (6, True)])
def test_the_password_is_asked_again_only_where_the_login_was_a_while_ago(client, world, monkeypatch, minutes, asked):
    staff.login(world.anna, second_factor=False)
    send(client, "anna@centre.example")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 60 * minutes)
    assert wants(client.get(reverse("mfa_activate_totp")), "account_reauthenticate") == asked


def test_a_session_without_a_password_said_is_asked_for_it(client, world):
    client.force_login(staff.login(world.anna, second_factor=False))
    assert wants(client.get(reverse("mfa_activate_totp")), "account_reauthenticate")
    client.post(reverse("account_reauthenticate"), {"password": staff.PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_a_login_asks_for_the_code(client, world):
    staff.login(world.anna)
    assert wants(send(client, "anna@centre.example"), "mfa_authenticate")
    assert not logged_in(client)
    assert wants(client.get(reverse("desk:today")), "account_login")
    assert wants(client.post(reverse("mfa_authenticate"), {"code": staff.code()}), "desk:today")
    assert client.get(reverse("desk:today")).status_code == 200


def test_a_wrong_code_is_refused(client, world):
    staff.login(world.anna)
    send(client, "anna@centre.example")
    wrong = f"{(int(staff.code()) + 1) % 1_000_000:06}"
    assert client.post(reverse("mfa_authenticate"), {"code": wrong}).status_code == 200
    assert not logged_in(client)


def test_a_code_works_once(client, world):
    staff.login(world.anna)
    used = staff.code()
    for works in (True, False):
        send(client, "anna@centre.example")
        client.post(reverse("mfa_authenticate"), {"code": used})
        assert logged_in(client) == works
        client.logout()


def test_the_logins_of_the_demo_do_without(client, world, settings):
    settings.DEMO = True
    staff.login(world.anna, demo=True)
    send(client, "anna@centre.example")
    assert client.get(reverse("desk:today")).status_code == 200


@pytest.mark.parametrize(("demo_runs", "demo_login"), [(True, False), (False, True)])
def test_a_login_of_ones_own_needs_it_in_the_demo_and_one_of_the_demo_elsewhere(
    client, world, settings, demo_runs, demo_login
):
    settings.DEMO = demo_runs
    client.force_login(staff.login(world.anna, second_factor=False, demo=demo_login))
    assert wants(client.get(reverse("desk:today")), "mfa_activate_totp")


# --- Out again ----------------------------------------------------------------------------------------------------


def test_only_a_button_logs_out(client, world):
    client.force_login(staff.login(world.anna))
    assert client.get(reverse("account_logout")).status_code == 200
    assert logged_in(client)
    assert wants(client.post(reverse("account_logout")), "public:home")
    assert not logged_in(client)

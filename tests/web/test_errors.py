"""What stands there when something went wrong: what it was, how to go on, whom to call; in both languages."""

import re

import pytest
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests import contact_point
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.catalogue.actions import entries
from wegweiser.config import check, maintenance
from wegweiser.config.commands import migrate
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock
from wegweiser.web import context, errors
from wegweiser.web.public import limits, reads

TEL = 'href="tel:+493915550199"'


def text_of(response) -> str:
    html = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]).split())


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


@pytest.fixture
def broken(world, client, monkeypatch):
    """`broken(error)`: from now on the list of offers raises it. The process has answered before."""
    client.get("/")
    client.raise_request_exception = False

    def broke(error):
        def fail(*_args, **_kwargs):
            raise error

        monkeypatch.setattr(reads, "next_dates", fail)
        monkeypatch.setattr("wegweiser.web.public.views.pages.centres.of", fail)
        return client

    return broke


@pytest.mark.parametrize(
    ("path", "status", "title", "english"),
    [
        ("gibt-es-nicht/", 404, "Diese Seite gibt es nicht", "This page does not exist"),
        ("anliegen/stand/falsch/", 404, "Dieser Link gilt nicht mehr", "This link is no longer valid"),
        ("impressum/", 405, "Diese Seite gibt es so nicht", "This page cannot be opened like this"),
    ],
)
def test_what_is_not_there_says_so_and_names_the_number(client, world, path, status, title, english):
    for prefix, expected in (("/", title), ("/en/", english)):
        response = client.post(prefix + path) if status == 405 else client.get(prefix + path)
        assert response.status_code == status
        assert expected in text_of(response)
        assert TEL in response.content.decode()


@pytest.mark.parametrize(
    ("prefix", "title"), [("/", "Dieses Angebot gibt es nicht mehr"), ("/en/", "This offer no longer exists")]
)
def test_an_offer_that_was_withdrawn_says_so_and_names_the_number(client, world, prefix, title):
    entries.withdraw(kind="demonstrator", slug="scanner", by=contact_point.BY)
    response = client.get(f"{prefix}demonstratoren/scanner/")
    assert response.status_code == 410
    assert title in text_of(response)
    assert TEL in response.content.decode()


def test_who_looks_for_a_page_can_search_and_ask(client, world):
    html = client.get("/en/gibt-es-nicht/").content.decode()
    assert 'action="/en/angebote/" method="get"' in html
    assert 'action="/en/anliegen/"' in html


def test_what_takes_no_form_says_which_page_to_open(client, world):
    response = client.post("/impressum/", {"x": "y"})
    assert response["Allow"] == "GET, HEAD"
    assert 'href="/impressum/"' in response.content.decode()
    client.force_login(staff.login(world.anna))
    assert "ist keine Seite" in text_of(client.get("/desk/neu/vorschlag/"))


def test_a_machine_that_asks_the_wrong_way_gets_its_status(client, world):
    response = client.post("/healthz")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_what_could_not_be_read_names_the_number_without_asking_the_database(broken):
    client = broken(SuspiciousOperation("x"))
    for path, title in (("/", "Diese Anfrage konnten wir nicht lesen"), ("/en/", "We could not read this request")):
        response = client.get(path)
        assert response.status_code == 400
        assert title in text_of(response)
        assert TEL in response.content.decode()


def test_a_host_that_is_not_ours_is_refused_with_a_page(client, world):
    client.get("/")
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_who_may_not_see_something_at_the_desk_is_told_who_decides(client, world):
    client.force_login(staff.login(world.anna))
    response = client.get("/desk/berichte/planung/")
    assert response.status_code == 403
    assert "Wer Aufgaben vergibt" in text_of(response)
    assert 'href="/desk/"' in response.content.decode()
    assert "a role that you do not have" in text_of(client.get("/en/desk/berichte/planung/"))


def test_too_many_logins_are_told_when_it_goes_on(client, world):
    cache.clear()
    address, password = reverse("account_login"), "x" * 12
    answers = [client.post(address, {"login": f"a{n}@b.example", "password": password}) for n in range(31)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "60"
    assert "Nach 1 Minute geht es weiter" in text_of(answers[-1])
    english = client.post(f"/en{address}", {"login": "a@b.example", "password": password})
    assert "It goes on after 1 minute" in text_of(english)
    cache.clear()


@pytest.mark.parametrize(("path", "sentence"), [("/", "Ab 10:01 Uhr geht es weiter"), ("/en/", "It goes on at 10:01")])
def test_too_many_questions_are_told_when_it_goes_on_and_keep_their_words(client, world, monkeypatch, path, sentence):
    monkeypatch.setattr(limits, "ASK", (0, 60))
    client.post(f"{path}anliegen/", {"text": "x"})
    response = client.post(f"{path}anliegen/", {"text": "Wir tippen alles dreimal ab."})
    assert (response.status_code, response["Retry-After"]) == (429, "61")
    html = response.content.decode()
    assert sentence in html
    assert "Wir tippen alles dreimal ab.</textarea>" in html
    assert TEL in html


# --- Our own failures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "title"), [("/", "Da ist bei uns etwas"), ("/en/", "Something went wrong")])
def test_our_own_failure_names_the_number_without_asking_the_database(broken, path, title, django_assert_num_queries):
    client = broken(RuntimeError("x"))
    with django_assert_num_queries(0):
        response = client.get(path)
    assert response.status_code == 500
    assert title in text_of(response)
    assert TEL in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_process_that_knows_no_centre_still_answers(broken, monkeypatch):
    client = broken(RuntimeError("x"))
    monkeypatch.setattr(context, "_last", {"phone": "", "name": ""})
    response = client.get("/")
    assert response.status_code == 500
    assert "tel:" not in response.content.decode()


def _postgres(sqlstate: str) -> ProgrammingError:
    error = ProgrammingError("x")
    error.__cause__ = type("Cause", (Exception,), {"sqlstate": sqlstate})()
    return error


@pytest.mark.parametrize(
    "error", [OperationalError("database is locked"), InterfaceError("closed"), _postgres("42P01"), _postgres("42703")]
)
def test_a_database_that_is_away_or_of_another_version_comes_back(broken, error):
    client = broken(error)
    for path, title in (("/", "Wir arbeiten gerade"), ("/en/", "We are working on this website")):
        response = client.get(path)
        assert (response.status_code, response["Retry-After"]) == (503, "120")
        assert title in text_of(response)
        assert TEL in response.content.decode()


def test_a_mistake_in_a_query_is_our_failure_and_no_maintenance(broken):
    assert broken(_postgres("42601")).get("/").status_code == 500


# --- A form whose token does not fit ------------------------------------------------------------------------------

TYPED = {"text": "Wir tippen <alles> dreimal ab.", "name": "Petra", "phone": "0391 4090123", "enquirer": "company"}


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def test_a_public_form_that_was_open_too_long_is_sent_again_with_one_button(world):
    client = strict()
    response = client.post("/anliegen/senden/", {**TYPED, "stamp": "x"}, headers={"Origin": "http://testserver"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "Wir tippen &lt;alles&gt; dreimal ab." in html
    assert "no-store" in response["Cache-Control"]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
    assert fields["phone"] == "0391 4090123"
    token = fields["csrfmiddlewaretoken"]
    again = client.post("/anliegen/senden/", {**TYPED, "csrfmiddlewaretoken": token})  # without stamp: once more
    assert again.status_code == 200
    hidden = {name: again.context["form"].data[name] for name in ("stamp", "submission")}
    sent = client.post("/anliegen/senden/", {**TYPED, "csrfmiddlewaretoken": token, **hidden})
    assert sent.status_code == 302
    assert Case.objects.get().text == TYPED["text"]


@pytest.mark.parametrize("origin", ["https://evil.example", "http://testserver.evil.example", ""])
def test_a_forged_form_is_not_offered_again(world, origin):
    headers = {"Origin": origin} if origin else {}
    html = strict().post("/anliegen/senden/", TYPED, headers=headers).content.decode()
    assert "Petra" not in html
    assert "Noch einmal senden" not in html
    assert "Gehen Sie zurück" in html


def test_at_the_desk_the_text_is_there_to_copy_and_nothing_is_sent_by_a_click(world):
    client = strict()
    client.force_login(staff.login(world.anna))
    typed = {"text": "Anruf von Petra", "password": "geheim-geheim"}
    html = client.post("/desk/neu/", typed, headers={"Origin": "http://testserver"}).content.decode()
    assert "Anruf von Petra</textarea>" in html
    assert "Noch einmal senden" not in html
    assert "geheim-geheim" not in html


def test_it_speaks_english(world):
    html = strict().post("/en/anliegen/senden/", TYPED, headers={"Origin": "http://testserver"}).content.decode()
    assert "Please send that again" in html
    assert "Send once more" in html


# --- The closed door ----------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    return tmp_path


def test_a_closed_site_answers_machines_only(client, world, home):
    client.get("/")
    (home / errors.CLOSED).touch()
    for path, title in (("/", "Wir arbeiten gerade"), ("/en/desk/", "We are working on this website")):
        response = client.get(path)
        assert (response.status_code, response["Retry-After"]) == (503, "120")
        assert title in text_of(response)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    (home / errors.CLOSED).unlink()
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("options", "expected"), [([], False), (["--closed"], True)])
def test_migrate_closes_the_site_only_when_told_and_opens_it_again(world, home, monkeypatch, options, expected):
    import argparse

    from wegweiser.config import installation

    seen = []
    monkeypatch.setattr(installation, "require", lambda: None)
    monkeypatch.setattr(installation, "migrate", lambda: seen.append(errors.closed_by().exists()))
    parser = argparse.ArgumentParser()
    migrate.COMMAND.configure(parser)
    assert migrate.COMMAND.run(parser.parse_args(options)) == 0
    assert (seen, errors.closed_by().exists()) == ([expected], False)


def test_a_migration_that_fails_opens_the_site_again_but_not_one_closed_before(home):
    with pytest.raises(ZeroDivisionError), maintenance.closed():
        raise ZeroDivisionError
    assert not errors.closed_by().exists()
    errors.closed_by().touch()
    with maintenance.closed():
        pass
    assert errors.closed_by().exists()


def test_check_says_that_the_site_is_closed(world, home, monkeypatch):
    from wegweiser.config import installation

    monkeypatch.setattr(installation, "require", lambda: world.centre)
    assert "closed" not in {finding.code for finding in check.findings()}
    errors.closed_by().touch()
    assert "closed" in {finding.code for finding in check.findings()}


def test_the_page_for_a_server_in_front_needs_nothing_of_ours_but_style_sheets(world, home):
    html = maintenance.write_page().read_text(encoding="utf-8")
    assert "Zentrum" in html
    assert html.count(TEL) == 2
    assert '<section lang="en"' in html
    needed = set(re.findall(r'(?:src|href)="(?!tel:)([^"]+)"', html))
    assert needed == {"/static/ui/vendor/kern.css", "/static/ui/ui.css"}
    assert "<script" not in html


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "405", "500", "503"])
def test_an_error_page_needs_no_request(code):
    assert "Zur Startseite" in render_to_string(f"{code}.html")

"""The pages that only show: home, emergency, law, health."""

import datetime as dt

import pytest
from django.db import DatabaseError
from django.urls import reverse

from tests import contact_point
from wegweiser.kernel import clock
from wegweiser.kernel.models import JobRun

PAGES = ["home", "ask", "emergency", "providers", "networks", "impact", "imprint", "privacy", "accessibility"]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_answers_in_both_languages(client, world, name, language):
    assert client.get(language + reverse(f"public:{name}")).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_pages_answer_before_anything_is_installed(client, db, name):
    assert client.get(reverse(f"public:{name}")).status_code == 200


def test_home_says_who_asks_and_whom_to_call(client, world):
    html = client.get("/").content.decode()
    for text in (
        "Wir helfen Betrieben in der Region: kostenfrei und neutral.",
        "Wo hakt es im Betrieb?",
        "Passende Hilfe finden",
        "Wir tippen jeden Auftrag dreimal ab.",
        'href="tel:+493915550199"',
        "Jetzt erreichbar, bis 16:30 Uhr",
        "Aufträge ohne Abtippen",
        "Gefördert durch den Bund",
        reverse("public:emergency"),
    ):
        assert text in html


@pytest.mark.parametrize(
    ("hours", "german", "english"),
    [
        (8, "Wieder erreichbar: morgen ab 8:30 Uhr", "Available again tomorrow from 8:30"),
        (-3, "Wieder erreichbar: heute ab 8:30 Uhr", "Available again today from 8:30"),
        (-9, "Wieder erreichbar: heute ab 8:30 Uhr", "Available again today from 8:30"),
        (4 * 24 + 8, "Wieder erreichbar: Montag ab 8:30 Uhr", "Available again Monday from 8:30"),
    ],
)
def test_home_says_when_somebody_is_there_again(client, world, hours, german, english):
    with clock.stopped_at(contact_point.MONDAY + dt.timedelta(hours=hours)):
        assert german in client.get("/").content.decode()
        assert english in client.get("/en/").content.decode()


def test_emergency_names_steps_and_helpers_with_the_day_they_were_checked(client, world):
    html = client.get("/notfall/").content.decode()
    assert [html.index(f"Schritt {number}") for number in range(1, 6)] == sorted(
        html.index(f"Schritt {number}") for number in range(1, 6)
    )
    assert 'href="tel:+493023125901"' in html
    assert "Zuletzt geprüft am 1. Februar 2026" in html
    assert "Ihre Versicherung" in html


def test_law_pages_name_the_operator(client, world):
    assert "Institut Lead" in client.get("/impressum/").content.decode()
    html = client.get("/datenschutz/").content.decode()
    assert "Die Aufsicht" in html
    assert "2 Jahre nach dem Abschluss Ihres Anliegens" in html


def test_healthz_needs_no_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_readyz_tells_worker_and_mail(client, db):
    with clock.stopped_at(contact_point.MONDAY):
        JobRun.objects.create(name="outbox.deliver", started_at=clock.now(), failure="no route")
        found = client.get("/readyz").json()
    assert found == {
        "status": "ok",
        "database": True,
        "worker_last_run": "2026-03-02T09:00:00+00:00",
        "failing_jobs": ["outbox.deliver"],
        "oldest_queued_mail": None,
        "oldest_queued_mail_seconds": None,
        "fetches_mail": False,
        "last_fetch": None,
        "last_fetch_seconds": None,
    }


def test_readyz_says_503_without_a_database(client, db, monkeypatch):
    def gone(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr(JobRun.objects, "aggregate", gone)
    assert client.get("/readyz").status_code == 503

"""What the frameworks say in German is said as people speak, and formally."""

import io
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.urls import reverse
from django.utils.translation import gettext, override

import wegweiser

FOLDER = Path(wegweiser.__file__).parent / "locale" / "de" / "LC_MESSAGES"


def told(file):
    return [(row.id, row.string) for row in read_mo(file) if row.id]


def test_the_compiled_catalogue_is_the_written_one():
    with (FOLDER / "django.po").open("rb") as file:
        written = read_po(file)
    fresh = io.BytesIO()
    write_mo(fresh, written)
    fresh.seek(0)
    with (FOLDER / "django.mo").open("rb") as file:
        assert told(file) == told(fresh)


def test_a_text_of_our_own_stays_as_it_is_and_english_is_not_touched():
    with override("de"):
        assert gettext("Ersatzcodes") == "Ersatzcodes"
        assert gettext("This field is required.") == "Bitte füllen Sie dieses Feld aus."
    with override("en"):
        assert gettext("This field is required.") == "This field is required."


@pytest.mark.django_db
def test_a_wrong_password_is_told_in_our_words(client):
    said = client.post(reverse("account_login"), {"login": "niemand@centre.example", "password": "falsch"})
    assert "E-Mail-Adresse oder Passwort stimmen nicht." in said.content.decode()

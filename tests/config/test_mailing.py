"""`receive` takes a mail from standard input; `check` and /readyz tell how the way in is doing."""

import io
import json
from types import SimpleNamespace

import pytest

from tests import contact_point
from tests.contact_point import MONDAY
from tests.mailing import written
from tests.services.mail import USER
from wegweiser.config import cli, installation, mailing
from wegweiser.config.commands import receive
from wegweiser.consortium.models import Centre
from wegweiser.crossings import mails
from wegweiser.enquiries import reply_addresses
from wegweiser.enquiries.models import Mail
from wegweiser.kernel import clock
from wegweiser.kernel.models import JobRun


@pytest.fixture
def world(db, monkeypatch, settings):
    monkeypatch.setattr(installation, "exists", Centre.objects.exists)
    settings.MAIL_REPLY = "antwort@centre.example"
    with clock.stopped_at(MONDAY):
        yield contact_point.world()


def piped(monkeypatch, raw, *arguments):
    monkeypatch.setattr(receive.sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    return cli.main(["receive", *arguments])


def test_a_piped_mail_is_filed_and_says_where(world, monkeypatch, capsys):
    case = contact_point.case(world.lead)
    raw = written(to=reply_addresses.of(case)).as_bytes()
    assert piped(monkeypatch, raw, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["became"], told["case"], told["fresh"]) == ("filed", case.reference, True)
    assert piped(monkeypatch, raw) == 0
    assert capsys.readouterr().out == f"filed {case.reference} (known)\n"


def test_what_cannot_be_read_is_kept_and_no_failure(world, monkeypatch, capsys):
    assert piped(monkeypatch, b"kein Kopf") == 0
    assert capsys.readouterr().out == "unreadable\n"


def test_one_that_we_stumble_over_is_kept(world, monkeypatch, capsys):
    monkeypatch.setattr(mails, "_put", lambda *given: 1 / 0)
    assert piped(monkeypatch, written().as_bytes()) == 0
    assert capsys.readouterr().out == "unreadable\n"
    assert Mail.objects.get().reason == "not_filed"


@pytest.mark.parametrize(("raw", "said"), [(b" \n", "no mail"), (b"x" * 101, "larger")])
def test_nothing_or_too_much_exits_with_1_and_keeps_nothing(world, monkeypatch, settings, capsys, raw, said):
    settings.MAIL_MOST_BYTES = 100
    assert piped(monkeypatch, raw) == 1
    assert said in capsys.readouterr().err
    assert not Mail.objects.exists()


IMAP = {"host": "imap.centre.example", "user": "antwort", "password": "x", "tls": True}


@pytest.mark.parametrize(
    ("reply", "imap", "clamd", "codes"),
    [
        ("", {}, "", set()),
        ("antwort", {}, "", {"reply_address_invalid"}),
        ("antwort+1@centre.example", {}, "", {"reply_address_invalid"}),
        ("a" * 45 + "@centre.example", {}, "", {"reply_address_invalid"}),
        ("", {"password": "x"}, "", {"no_mailbox"}),
        ("a@b.example", IMAP | {"user": ""}, "", {"mailbox_user"}),
        ("a@b.example", IMAP | {"password": ""}, "", {"mailbox_secret"}),
        ("a@b.example", IMAP | {"token_url": "https://x.example"}, "", {"mailbox_secret"}),
        ("a@b.example", IMAP | {"token_file": "/nirgends"}, "", {"mailbox_secret"}),
        ("a@b.example", IMAP | {"tls": False}, "", {"mailbox_not_encrypted"}),
        ("a@b.example", IMAP | {"port": "imap"}, "", {"mailbox_port"}),
        ("", IMAP | {"host": "127.0.0.1", "port": "1"}, "", {"no_reply_address", "mailbox_unreachable"}),
        ("", {}, "localhost", {"scanner_address"}),
        ("", {}, "tcp://127.0.0.1:1", {"scanner_unreachable"}),
    ],
)
def test_check_says_what_is_wrong(settings, reply, imap, clamd, codes):
    settings.MAIL_REPLY, settings.IMAP, settings.CLAMD = reply, {**settings.IMAP, **imap}, clamd
    assert {finding.code for finding in mailing.findings()} == codes


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"EMAIL_HOST_USER": ""}, ["mail_token"]),
        ({"EMAIL_HOST": "smtp.centre.example", "EMAIL_USE_TLS": False}, ["mail_token"]),
        ({"EMAIL_PORT": 1}, ["mail_server_unreachable"]),
        ({"EMAIL_HOST": ""}, []),
        ({"EMAIL_TOKEN": False}, ["no_mailbox"]),
    ],
)
def test_check_tries_the_token_that_mails_are_sent_with(settings, smtp, tmp_path, changed, codes):
    smtp.token = "frisch"
    token = tmp_path / "token"
    token.write_text("frisch")
    settings.IMAP = {**settings.IMAP, "token_file": str(token)}
    settings.EMAIL_TOKEN, settings.EMAIL_HOST_USER = True, USER
    for name, value in changed.items():
        setattr(settings, name, value)
    assert [finding.code for finding in mailing.findings()] == codes
    token.write_text("abgelaufen")
    assert [finding.code for finding in mailing.findings()] == (codes or ["mail_login"] * bool(settings.EMAIL_HOST))


def test_check_says_that_there_is_no_token(settings, smtp):
    settings.EMAIL_TOKEN, settings.EMAIL_HOST_USER = True, USER
    assert [finding.code for finding in mailing.findings()] == ["mail_token"]


def test_check_is_content_with_what_answers(settings, imap, clamd):
    settings.MAIL_REPLY = "antwort@centre.example"
    assert mailing.findings() == []


def test_readyz_tells_how_long_ago_mails_were_fetched(client, world, settings):
    assert client.get("/readyz").json()["fetches_mail"] is False
    settings.IMAP = {**settings.IMAP, "host": "imap.centre.example"}
    JobRun.objects.create(name="crossings.fetch_mails", leased_until=MONDAY, finished_at=MONDAY)
    with clock.stopped_at(MONDAY.replace(minute=2)):
        told = client.get("/readyz").json()
    assert (told["last_fetch"], told["last_fetch_seconds"]) == (MONDAY.isoformat(), 120)


@pytest.mark.parametrize(("port", "codes"), [(None, []), (1, ["mail_server_unreachable"])])
def test_check_tries_the_mail_server_also_without_a_token(settings, smtp, port, codes):
    settings.EMAIL_PORT = port or settings.EMAIL_PORT
    assert [finding.code for finding in mailing.findings()] == codes

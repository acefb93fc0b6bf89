"""Answers are fetched from a real mailbox, and marked there once they are safe here."""

import datetime as dt
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests import contact_point
from tests.contact_point import MONDAY
from tests.mailing import BY, written
from tests.services import imap as servers
from wegweiser.crossings import fetching, mails
from wegweiser.enquiries import mailbox, reply_addresses
from wegweiser.enquiries.models import Fetching, Mail
from wegweiser.files import storage
from wegweiser.files.models import Upload
from wegweiser.kernel import clock
from wegweiser.outbox import tokens

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "tests.crossings.urls"
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def case(world):
    return contact_point.case(world.lead)


def test_what_is_unread_is_filed_and_marked_as_read(case, imap):
    imap.deliver(written(to=reply_addresses.of(case)).as_bytes())
    imap.deliver(written("Noch etwas.", to=reply_addresses.of(case)).as_bytes())
    assert fetching.fetch(by=BY) == 2
    assert [row.text for row in case.thread.all()] == ["Ja, Montag passt.", "Noch etwas."]
    assert imap.flags() == [{"\\Seen"}, {"\\Seen"}]
    assert fetching.fetch(by=BY) == 0


@pytest.mark.parametrize("without_move", [False, True])
def test_with_an_archive_everything_goes_there(case, imap, settings, without_move):
    imap.arguments.without_move = without_move
    settings.IMAP["archive"] = "Abgelegt für Wegweiser"
    imap.deliver(written(to=reply_addresses.of(case)).as_bytes())
    assert fetching.fetch(by=BY) == 1
    assert (imap.mails(), imap.mails("Abgelegt für Wegweiser")) == (0, 1)
    assert fetching.fetch(by=BY) == 0


def test_a_mail_that_is_too_large_is_listed_and_stays_in_the_mailbox(world, imap, settings):
    settings.MAIL_MOST_BYTES = 50_000
    imap.deliver(written("lang " * 20_000, subject="Die große").as_bytes())
    assert fetching.fetch(by=BY) == 1
    mail = Mail.objects.get()
    assert (mail.state, mail.reason, mail.subject) == ("unreadable", "too_large", "Die große")
    assert len(storage.read(Upload.objects.get().digest)) <= 20_000
    assert imap.mails() == 1


def test_of_one_that_is_too_large_the_archive_is_named(world, imap, settings):
    settings.MAIL_MOST_BYTES = 50_000
    settings.IMAP["archive"] = "Abgelegt"
    imap.deliver(written("lang " * 20_000).as_bytes())
    fetching.fetch(by=BY)
    assert Mail.objects.get().reason == "too_large_archived"
    assert imap.mails() == 0


def broken(put):
    def fails_once(digest, reading, *rest):
        if reading.text.startswith("Kaputt"):
            raise RuntimeError("a mistake of ours")
        return put(digest, reading, *rest)

    return fails_once


def test_one_that_fails_holds_up_no_other(case, imap, monkeypatch):
    monkeypatch.setattr(mails, "_put", broken(mails._put))
    imap.deliver(written("Kaputt", to=reply_addresses.of(case)).as_bytes())
    imap.deliver(written("Heil", to=reply_addresses.of(case)).as_bytes())
    assert fetching.fetch(by=BY) == 2
    assert [mail.state for mail in Mail.objects.all()] == ["unreadable", "filed"]
    assert b"Kaputt" in storage.read(Upload.objects.get().digest)


def test_one_that_cannot_even_be_kept_stays_and_holds_up_no_other(case, imap, monkeypatch):
    keep = mails._keep

    def no_room(digest, raw, *rest):
        if b"Kaputt" in raw:
            raise OSError("no space left on device")
        return keep(digest, raw, *rest)

    imap.deliver(written("Kaputt", to=reply_addresses.of(case)).as_bytes())
    imap.deliver(written("Heil", to=reply_addresses.of(case)).as_bytes())
    with monkeypatch.context() as full:
        full.setattr(mails, "_put", broken(mails._put))
        full.setattr(mails, "_keep", no_room)
        with pytest.raises(fetching.LeftBehindError, match="1 of 2 mails"):
            fetching.fetch(by=BY)
    assert [row.text for row in case.thread.all()] == ["Heil"]
    assert imap.flags() == [set(), {"\\Seen"}]
    assert fetching.fetch(by=BY) == 1
    assert [row.text for row in case.thread.all()] == ["Heil", "Kaputt"]


def test_one_that_the_server_cannot_give_holds_up_no_other(case, imap, monkeypatch):
    take = mailbox.Mailbox.take

    def refuses_the_first(box, number, **most):
        return box._ask("FETCH", "no-number", "(FLAGS)") if number == box.waiting()[0] else take(box, number, **most)

    monkeypatch.setattr(mailbox.Mailbox, "take", refuses_the_first)
    imap.deliver(written("Kaputt", to=reply_addresses.of(case)).as_bytes())
    imap.deliver(written("Heil", to=reply_addresses.of(case)).as_bytes())
    with pytest.raises(fetching.LeftBehindError):
        fetching.fetch(by=BY)
    assert [row.text for row in case.thread.all()] == ["Heil"]


class Killed(BaseException):
    """As if the process had ended: nothing that is written for exceptions hears of it."""


def test_one_that_stops_its_readers_is_kept_for_a_person_and_holds_up_no_other(case, imap, monkeypatch):
    def stops(*, raw, by):
        if b"Kaputt" in raw:
            raise Killed
        return take_in(raw=raw, by=by)

    take_in = mails.take_in
    monkeypatch.setattr(mails, "take_in", stops)
    imap.deliver(written("Kaputt", to=reply_addresses.of(case)).as_bytes())
    imap.deliver(written("Heil", to=reply_addresses.of(case)).as_bytes())
    with pytest.raises(Killed):
        fetching.fetch(by=BY)
    with pytest.raises(Killed):
        fetching.fetch(by=BY)
    assert [row.text for row in case.thread.all()] == ["Heil"], "what is fresh goes first"
    assert fetching.fetch(by=BY) == 1
    assert (Mail.objects.last().state, Mail.objects.last().reason) == ("unreadable", "not_filed")
    assert imap.flags() == [{"\\Seen"}, {"\\Seen"}]
    assert not Fetching.objects.exists()


def test_with_a_full_archive_what_comes_is_taken_in_all_the_same(case, imap, settings, monkeypatch):
    def full(box, number):
        raise mailbox.RefusedError("MOVE: NO")

    settings.IMAP["archive"] = "Abgelegt"
    monkeypatch.setattr(mailbox, "BATCH", 2)
    monkeypatch.setattr(fetching, "AGAIN", 1)
    texts = ["eins", "zwei", "drei", "vier"]
    for text in texts:
        imap.deliver(written(text, to=reply_addresses.of(case)).as_bytes())
    with monkeypatch.context() as archive:
        archive.setattr(mailbox.Mailbox, "mark_taken", full)
        for _run in range(3):
            with pytest.raises(fetching.LeftBehindError):
                fetching.fetch(by=BY)
    assert [row.text for row in case.thread.all()] == texts
    read = []
    monkeypatch.setattr(mails, "receive", lambda *, raw, by: read.append(raw))
    monkeypatch.setattr(fetching, "AGAIN", 9)
    assert fetching.fetch(by=BY) == 0, "they are only marked now"
    assert (read, imap.mails(), imap.mails("Abgelegt")) == ([], 0, 4)
    assert not Fetching.objects.exists()


def test_what_is_gone_from_the_mailbox_is_noted_no_more(case, imap, monkeypatch):
    def refuses(box, number):
        raise mailbox.RefusedError("STORE: NO")

    imap.deliver(written("eins", to=reply_addresses.of(case)).as_bytes())
    with monkeypatch.context() as marking:
        marking.setattr(mailbox.Mailbox, "mark_taken", refuses)
        with pytest.raises(fetching.LeftBehindError):
            fetching.fetch(by=BY)
    assert Fetching.objects.get().taken
    monkeypatch.setattr(mailbox.Mailbox, "waiting", lambda box: [])
    assert fetching.fetch(by=BY) == 0
    assert not Fetching.objects.exists()


def test_a_line_that_breaks_ends_the_run(case, imap, monkeypatch):
    def gone(box, number):
        box._line.shutdown()
        return box._ask("NOOP")

    monkeypatch.setattr(mailbox.Mailbox, "size", gone)
    imap.deliver(written("Heil", to=reply_addresses.of(case)).as_bytes())
    with pytest.raises(mailbox.MailboxError):
        fetching.fetch(by=BY)


@pytest.mark.parametrize("without_uidplus", [False, True])
def test_what_others_marked_as_deleted_is_neither_taken_nor_removed(case, imap, settings, without_uidplus):
    imap.arguments.without_move, imap.arguments.without_uidplus = True, without_uidplus
    settings.IMAP["archive"] = "Abgelegt"
    imap.deliver(written("Weg damit").as_bytes(), flags={b"\\Deleted"})
    imap.deliver(written(to=reply_addresses.of(case)).as_bytes())
    assert fetching.fetch(by=BY) == 1
    assert {"\\Deleted"} in imap.flags()
    assert (imap.mails(), imap.mails("Abgelegt")) == (1 + without_uidplus, 1)
    assert fetching.fetch(by=BY) == 0


# --- Ways in --------------------------------------------------------------------------------------------------------


def test_a_wrong_password_is_said_without_the_password(world, imap, settings):
    settings.IMAP["password"] = "falsch-und-geheim"
    with pytest.raises(mailbox.MailboxError) as refused:
        fetching.fetch(by=BY)
    assert "antwort@centre.example" in str(refused.value)
    assert "geheim" not in str(refused.value)


def test_nobody_there_is_said(world, settings):
    settings.IMAP = {**settings.IMAP, "host": "127.0.0.1", "port": "1", "tls": False}
    with pytest.raises(mailbox.MailboxError, match="Connection"):
        fetching.fetch(by=BY)


def test_a_folder_that_is_not_there_is_said(world, imap, settings):
    settings.IMAP["folder"] = "Anderswo"
    with pytest.raises(mailbox.MailboxError, match="Anderswo"):
        fetching.fetch(by=BY)


def test_a_token_from_a_file_opens_where_passwords_do_not(case, imap, settings, tmp_path):
    token = tmp_path / "token"
    token.write_text(f"{servers.PASSWORD}\n")
    settings.IMAP |= {"password": "", "token_file": str(token)}
    imap.deliver(written(to=reply_addresses.of(case)).as_bytes())
    assert fetching.fetch(by=BY) == 1
    token.write_text("abgelaufen")
    with pytest.raises(mailbox.MailboxError, match="refused"):
        fetching.fetch(by=BY)


class _Provider(BaseHTTPRequestHandler):
    """Gives a token to who names the right secret."""

    asked: dict[str, str]
    times = 0
    gives: dict[str, object] = {"access_token": servers.PASSWORD}

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        type(self).asked = dict(pair.split("=") for pair in body.split("&"))
        type(self).times += 1
        good = self.asked["client_secret"] == "richtig"
        self.send_response(200 if good else 401)
        self.end_headers()
        self.wfile.write(json.dumps(self.gives if good else {}).encode())

    def log_message(self, *arguments):
        pass


@pytest.fixture
def provider():
    server = HTTPServer(("127.0.0.1", 0), _Provider)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/token"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_token_by_client_credentials(case, imap, settings, provider):
    settings.IMAP |= {"password": "", "token_url": provider, "client_id": "wegweiser", "client_secret": "richtig"}
    imap.deliver(written(to=reply_addresses.of(case)).as_bytes())
    assert fetching.fetch(by=BY) == 1
    assert _Provider.asked["grant_type"] == "client_credentials"
    settings.IMAP["client_secret"] = "falsch"
    with pytest.raises(mailbox.MailboxError, match="gave no token"):
        fetching.fetch(by=BY)


@pytest.mark.parametrize(("said", "minutes", "times"), [({"expires_in": 3600}, 50, 1), ({}, 0, 2)])
def test_a_token_is_kept_until_shortly_before_it_ends(world, settings, provider, monkeypatch, said, minutes, times):
    monkeypatch.setattr(_Provider, "gives", {"access_token": "x", **said})
    monkeypatch.setattr(_Provider, "times", 0)
    settings.IMAP = {**settings.IMAP, "token_url": provider, "client_id": "wegweiser", "client_secret": "richtig"}
    for minute, asked in [(0, 1), (minutes, times), (59.5, times + 1)]:
        with clock.stopped_at(MONDAY + dt.timedelta(minutes=minute)):
            assert mailbox.access_token() == "x"
        assert _Provider.times == asked


def test_no_token_is_told_in_clear_to_another_machine(case, imap, settings, tmp_path, monkeypatch):
    token = tmp_path / "token"
    token.write_text(servers.PASSWORD)
    settings.IMAP |= {"password": "", "token_file": str(token), "tls": False}
    monkeypatch.setattr(tokens, "LOCAL", frozenset())  # as if the mailbox were on one
    with pytest.raises(mailbox.MailboxError, match="IMAP_TLS"):
        fetching.fetch(by=BY)


def test_a_token_that_was_refused_is_not_kept(case, imap, settings, provider, monkeypatch):
    monkeypatch.setattr(_Provider, "gives", {"access_token": "widerrufen", "expires_in": 3600})
    settings.IMAP |= {"password": "", "token_url": provider, "client_id": "wegweiser", "client_secret": "richtig"}
    with pytest.raises(mailbox.MailboxError, match="refused"):
        fetching.fetch(by=BY)
    monkeypatch.setattr(_Provider, "gives", {"access_token": servers.PASSWORD, "expires_in": 3600})
    imap.deliver(written(to=reply_addresses.of(case)).as_bytes())
    assert fetching.fetch(by=BY) == 1


def test_a_secret_is_sent_over_https_only(world, settings):
    settings.IMAP = {**settings.IMAP, "token_url": "http://login.example/token", "client_secret": "x"}
    with pytest.raises(mailbox.MailboxError, match="https"):
        mailbox.access_token()

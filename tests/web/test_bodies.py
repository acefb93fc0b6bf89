"""No request brings more than its page takes: what says so is refused unread, what lies about it when it has come."""

import datetime as dt
import inspect
import io
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import contact_point
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.accounts.actions import tokens
from wegweiser.enquiries.queries import STATUS_LINK
from wegweiser.kernel import clock
from wegweiser.web import bodies

MEGABYTE = 2**20
PAGE = "Das ist zu groß"
LISTS = "/desk/betriebe/listen/"


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


class Untouched(io.BytesIO):
    """A body that nobody may read."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("The body was read.")

    readline = read


def send(client, path: str, said: int, body: io.BytesIO | None = None, **more: str):
    told = {"CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": str(said), "wsgi.input": body or Untouched()}
    return client.generic("POST", path, **{**told, **more})


def form(size: int) -> bytes:
    return encode_multipart(BOUNDARY, {"do": "x", "attached": SimpleUploadedFile("foto.jpg", b"x" * size)})


@pytest.mark.parametrize("path", ["/", "/anliegen/", "/anmeldung/falsch/", "/einladungen/", "/desk/", "/en/anliegen/"])
def test_a_page_without_files_refuses_a_large_form_unread(client, world, path):
    answer = send(client, path, bodies.ordinary() + 1)
    assert answer.status_code == 413
    assert ("This is too large" if path.startswith("/en/") else PAGE) in answer.text
    assert "2,5" in answer.text or "2.5" in answer.text
    assert "tel:" in answer.text


def test_a_page_with_files_takes_what_its_form_says_and_no_more(client, world):
    case = contact_point.case(world.lead)
    until = clock.now() + dt.timedelta(days=1)
    secret = tokens.issue(purpose=STATUS_LINK, subject=case.uuid, expires=until, by=contact_point.BY)
    path = f"/anliegen/stand/{secret}/"
    assert send(client, path, bodies.with_files() + 1).status_code == 413
    body = form(3 * MEGABYTE)
    assert send(client, path, len(body), io.BytesIO(body)).status_code == 302


@pytest.mark.parametrize("kind", ["enquiry", "firm"])
def test_outside_the_desk_nothing_is_read_of_files_from_who_may_not_be_there(client, world, kind):
    case = contact_point.case(world.lead)
    path, code = {
        "enquiry": ("/anliegen/stand/falsch/", 404),
        "firm": (reverse("company:case", kwargs={"uuid": case.uuid}), 302),
    }[kind]
    assert send(client, path, 3 * MEGABYTE).status_code == code
    assert send(client, path, bodies.with_files() + 1).status_code == 413


def test_at_the_desk_only_who_is_logged_in_sends_files(client, world):
    answer = send(client, LISTS, 3 * MEGABYTE)
    assert (answer.status_code, "next=/desk" in answer["Location"]) == (302, True)
    client.force_login(staff.hire("management", world.lead))
    body = form(3 * MEGABYTE)
    assert send(client, LISTS, len(body), io.BytesIO(body)).status_code == 422
    assert send(client, LISTS, bodies.with_files() + 1).status_code == 413


@pytest.mark.parametrize("said", ["100", "", "-5", "viele", "٣"])
def test_of_a_body_that_is_longer_than_it_says_nothing_more_is_read(client, world, said):
    class Counting(io.BytesIO):
        read_bytes = 0

        def read(self, *size: int) -> bytes:
            found = super().read(*size)
            Counting.read_bytes += len(found)
            return found

    answer = send(client, "/anliegen/", 0, Counting(form(5 * MEGABYTE)), CONTENT_LENGTH=said)
    assert answer.status_code in {200, 400, 422}
    assert Counting.read_bytes <= 100


def test_what_comes_is_counted_where_a_server_lets_more_through_than_was_said(client, world, monkeypatch, tmp_path):
    monkeypatch.setattr(bodies, "_length", lambda request: 100)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    body = form(5 * MEGABYTE)
    answer = send(client, "/anliegen/", len(body), io.BytesIO(body))
    assert (answer.status_code, PAGE in answer.text) == (413, True)
    assert not list(tmp_path.iterdir()), "what was stored of it is gone"


def test_the_text_of_a_form_that_is_too_long_is_refused_in_words(client, world):
    answer = client.generic("POST", "/anliegen/", b"text=x", content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {200, 422}
    answer = send(client, "/anliegen/", 9 * MEGABYTE, CONTENT_TYPE="application/x-www-form-urlencoded")
    assert (answer.status_code, PAGE in answer.text) == (413, True)


def views(patterns):
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns)
        elif isinstance(one, URLPattern):
            yield one.callback


def test_each_view_that_takes_files_says_so():
    found = {inspect.unwrap(view): getattr(view, "takes_files", False) for view in views(get_resolver().url_patterns)}
    ours = {view: marked for view, marked in found.items() if view.__module__.startswith("wegweiser.web")}
    reads = {view for view in ours if "request.FILES" in inspect.getsource(view)}
    assert len(reads) >= 12
    assert reads == {view for view, marked in ours.items() if marked}

"""Every form of every page, sent as a browser without scripts sends it: the answer is a whole page or leads to one.

The forms are read from the pages themselves, the pages from the table of rights, so new ones are covered by themselves.
Each form is sent once for each of its buttons with what stands in it; half of what it asks is then missing, and that
has to be said on a whole page, too.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.web.desk import staff
from tests.web.test_rights import QUERY, ROWS, samples, world  # noqa: F401 - fixtures
from wegweiser.consortium.models import Role
from wegweiser.web.public import forms

# What the page or a redirect may answer; 422 is a page that says what is missing, 409 and 429 say to wait or look.
ANSWERS = {200, 302, 303, 409, 422, 429}
# Shown by no link or to nobody; the list of contacts has a row here that no action made, so it cannot be dropped.
APART = {"account_inactive", "ui:gallery", "desk:history"}


@dataclass
class Form:
    """A form with what a browser sends of it."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)  # names and values; ("", "") for one without

    @property
    def key(self) -> tuple[object, ...]:
        """The same form of the frame around all pages is sent once."""
        own = [(name, value) for name, value in self.fields if name not in {"csrfmiddlewaretoken", "next"}]
        return (self.action, self.method, tuple(own), tuple(self.buttons))


class Page(HTMLParser):
    """The forms of a page and what belongs to each, also by `form="id"`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._later: list[tuple[str, str, dict[str, str]]] = []
        self._select: tuple[Form, str] | None = None
        self._options: list[tuple[str, bool]] = []
        self._area: tuple[Form, str, list[str]] | None = None
        self.feed(text)
        for form, tag, given in self._later:
            self._take(self._by_id[form], tag, given)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
            if "id" in given:
                self._by_id[given["id"]] = self._open
        elif tag == "option" and self._select:
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag in {"input", "button", "select", "textarea"} and "disabled" not in given:
            if "form" in given:
                self._later.append((given["form"], tag, given))
            elif self._open is not None:
                self._take(self._open, tag, given)

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[2].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select" and self._select:
            form, name = self._select
            chosen = [value for value, selected in self._options if selected] or [v for v, _ in self._options[:1]]
            form.fields += [(name, value) for value in chosen]
            self._select = None
        elif tag == "textarea" and self._area:
            form, name, parts = self._area
            form.fields.append((name, "".join(parts)))
            self._area = None

    def _take(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "submit" if tag == "button" else "text")
        if kind in {"submit", "image"}:
            form.buttons.append((name, given.get("value", "")))
        elif tag == "select":
            self._select, self._options = (form, name), []
        elif tag == "textarea":
            self._area = (form, name, [])
        elif kind == "file":
            form.files.append(name)
        elif name and kind not in {"button", "reset"} and (kind not in {"checkbox", "radio"} or "checked" in given):
            form.fields.append((name, given.get("value", "on" if kind == "checkbox" else "")))


def pages(role: str, *, inside: bool = False) -> Iterator[str]:
    for method, name, statuses in ROWS:
        mine = statuses[role] == (302 if inside else 200) and name.startswith("company:") == inside
        if method == "GET" and mine and name not in APART:
            yield name


def send(client: Client, path: str, form: Form, button: tuple[str, str]) -> HttpResponse:
    address = urljoin(path, form.action)
    told = [*form.fields, *([button] if button[0] else [])]
    if form.method == "get":
        return client.get(f"{address.partition('?')[0]}?{urlencode(told)}")
    values: dict[str, list[object]] = {}
    for name, value in told:
        values.setdefault(name, []).append(value)
    for name in form.files:
        values.setdefault(name, []).append(SimpleUploadedFile("leer.txt", b"", content_type="text/plain"))
    return client.post(address, values)


def faults(client: Client, names: Iterator[str], samples: dict[str, dict[str, object]]) -> tuple[int, list[str]]:  # noqa: F811
    """How many forms were sent, and what was wrong with an answer."""
    seen: set[object] = set()
    wrong = []
    for name in names:
        path = reverse(name, kwargs=samples.get(name)) + QUERY.get(name, "")
        page = client.get(path)
        if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
            continue
        for form in Page(page.content.decode()).forms:
            if (form.key, name.partition(":")[0]) in seen:
                continue
            seen.add((form.key, name.partition(":")[0]))
            if not form.buttons:
                wrong.append(f"{name}: {form.action or path} has no button")
            for button in dict.fromkeys(form.buttons):
                cookies = copy(client.cookies)
                with transaction.atomic():
                    answer = send(client, path, form, button)
                    transaction.set_rollback(True)  # what one form does is not there for the next
                client.cookies = cookies
                if told := _fault(answer):
                    wrong.append(f"{name}: {form.method} {form.action or path} by {button}: {told}")
    return len(seen), wrong


def _fault(answer: HttpResponse) -> str:
    if answer.status_code not in ANSWERS:
        return f"status {answer.status_code}"
    if answer.status_code in {302, 303} or not answer.get("Content-Type", "").startswith("text/html"):
        return ""  # a page of its own, or a file
    text = answer.content.decode()
    missing = [part for part in ("<html", "<h1", 'id="inhalt"') if part not in text]
    return f"no whole page, without {missing}" if missing else ""


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch, settings):
    monkeypatch.setattr(forms, "FASTEST", 0)


def test_every_form_of_the_desk_is_answered_by_a_page(client, world, samples):  # noqa: F811
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    sent, wrong = faults(client, pages(Role.MANAGEMENT), samples)
    assert sent > 60
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    more = set(pages(Role.ADMINISTRATOR)) - set(pages(Role.MANAGEMENT))
    sent, further = faults(client, iter(sorted(more)), samples)
    assert sent > 4
    assert [*wrong, *further] == [], "\n".join([*wrong, *further])


def test_every_form_of_the_public_pages_is_answered_by_a_page(client, world, samples):  # noqa: F811
    sent, wrong = faults(client, pages("visitor"), samples)
    assert sent > 8
    assert wrong == [], "\n".join(wrong)


def test_every_form_of_the_workspace_is_answered_by_a_page(client, world, samples):  # noqa: F811
    outside = [name for name in dict(samples) if name.startswith("company:")]
    outside = [name for method, name, all_ in ROWS if method == "GET" and name in outside and all_["visitor"] == 200]
    sent, wrong = faults(client, iter(outside), samples)
    assert sent > 3
    client.post(reverse("company:entrance", kwargs=samples["company:entrance"]))
    inside = ["company:home", *pages("visitor", inside=True)]
    assert client.get(reverse("company:people")).status_code == 200
    sent, further = faults(client, iter(inside), samples)
    assert sent > 6
    assert [*wrong, *further] == [], "\n".join([*wrong, *further])


def test_a_fragment_is_seen_and_so_is_a_form_without_a_button():
    assert "no whole page" in _fault(HttpResponse("<div>Ja</div>"))
    assert _fault(HttpResponse("", status=404)) == "status 404"
    (form,) = Page(
        '<form id=f method="post"><input name=a value=1></form><button form=f name=do value=x>X</button>'
    ).forms
    assert (form.fields, form.buttons) == ([("a", "1")], [("do", "x")])

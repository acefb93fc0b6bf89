"""A guest's browser, as far as registering needs one: cookies, hidden fields, one try after the other."""

import http.client
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

PATIENCE = 60.0  # seconds until somebody gives up
TOLD_BEFORE = "Sie waren schon angemeldet"
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    page: str
    location: str = ""


class _Fields(HTMLParser):
    """What the form with a `submission` in it would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and self.forms and told.get("name") and _is_sent(told):
            self.forms[-1][told["name"]] = told.get("value", "")


def _is_sent(told: dict[str, str]) -> bool:
    return told.get("type") not in {"radio", "checkbox"} or "checked" in told


def form_in(page: str) -> dict[str, str]:
    parser = _Fields()
    parser.feed(page)
    return next(form for form in parser.forms if "submission" in form)


class Browser:
    """One connection per request, as over a bad line; each browser has an address of its own behind our proxy."""

    def __init__(self, port: int, address: str) -> None:
        self.port, self.address, self.cookies = port, address, SimpleCookie()
        self.answers: Counter[int] = Counter()  # 0: none came

    @property
    def errors(self) -> int:
        return sum(count for status, count in self.answers.items() if not status or status >= 500)

    def get(self, path: str) -> Answer | None:
        return self._ask("GET", path)

    def post(self, path: str, form: dict[str, str]) -> Answer | None:
        return self._ask("POST", path, form)

    def send_and_hang_up(self, path: str, form: dict[str, str], *, after: Callable[[], object]) -> None:
        """The form goes out, and once `after` comes back the line breaks: nobody reads the answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as line:
            line.request("POST", path, urlencode(form), self._headers(FORM_TYPE))
            after()

    def until_answered(self, ask: Callable[[], Answer | None]) -> Answer:
        """Try again as long as nothing or an error of the house comes back."""
        end = time.monotonic() + PATIENCE
        while (answer := ask()) is None or answer.status >= 500:
            if time.monotonic() > end:
                raise TimeoutError(f"No answer within {PATIENCE:.0f} s; so far {dict(self.answers)}.")
            time.sleep(0.1)
        return answer

    def _headers(self, kind: str = "") -> dict[str, str]:
        sent = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        told = {"X-Forwarded-For": self.address, "Connection": "close", "Cookie": sent, "Content-Type": kind}
        return {name: value for name, value in told.items() if value}

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer | None:
        body, kind = (urlencode(form), FORM_TYPE) if form is not None else (None, "")
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as line:
                line.request(method, path, body, self._headers(kind))
                reply = line.getresponse()
                page = reply.read().decode()
        except (OSError, http.client.HTTPException):
            self.answers[0] += 1
            return None
        self.answers[reply.status] += 1
        for given in reply.headers.get_all("Set-Cookie") or []:
            self.cookies.load(given)
        return Answer(reply.status, page, urlsplit(reply.headers.get("Location", "")).path)


def token(browser: Browser, path: str) -> dict[str, str]:
    """The token of a fresh page: everything else of a form can be sent again from another browser."""
    page = browser.until_answered(lambda: browser.get(path)).page
    return {"csrfmiddlewaretoken": form_in(page)["csrfmiddlewaretoken"]}


@dataclass(frozen=True)
class Seen:
    """A registration whose confirmation a guest saw. `form` is what they sent; `erred`: an answer failed to come."""

    submission: uuid.UUID
    name: str
    email: str
    places: int
    form: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    erred: bool = False


def seen(form: dict[str, str], *, erred: bool = False) -> Seen:
    places = int(form.get("places") or 1)
    return Seen(uuid.UUID(form["submission"]), form["name"], form["email"], places, form, erred)


def register(browser: Browser, path: str, *, name: str, email: str, places: int) -> Seen:
    """Fill in the form at `path` and press the button until a page says how it stands."""
    page = browser.until_answered(lambda: browser.get(path)).page
    form = {**form_in(page), "name": name, "email": email, "places": str(places)}
    before = browser.errors
    told = press(browser, path, form)
    erred = browser.errors > before
    if name not in told.page:
        raise AssertionError("The page does not say who is registered.")
    return seen(form, erred=erred)


def press(browser: Browser, path: str, form: dict[str, str]) -> Answer:
    """Send this very form, which is whole, until its own page answers; again where it was too fast for a person."""
    answer = browser.until_answered(lambda: browser.post(path, form))
    while answer.status == 422:
        again = form_in(answer.page)
        if again["submission"] != form["submission"]:
            raise AssertionError("The form that came back is another one.")
        form.update(again)
        answer = browser.until_answered(lambda: browser.post(path, form))
    if answer.status != 302:
        raise AssertionError(f"{answer.status} for a form that is whole:\n{answer.page[:2000]}")
    told = browser.until_answered(lambda: browser.get(answer.location))
    if told.status != 200:
        raise AssertionError(f"{told.status} for the guest's own page.")
    return told


class Crowd:
    """Guests at several browsers at once, one after the other, until somebody says that it is enough."""

    def __init__(self, port: int, path: str, *, first: int, clients: int = 4) -> None:
        self.port, self.path, self.clients = port, path, clients
        self.seen: list[Seen] = []
        self.answers: Counter[int] = Counter()
        self.failures: list[BaseException] = []
        self._next, self._lock, self._enough = first, threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(clients)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> list[Seen]:
        """Everybody finishes what they began. Gives who saw their confirmation."""
        self._enough.set()
        for thread in self._threads:
            thread.join(4 * PATIENCE)
        if self.failures:
            raise self.failures[0]
        return self.seen

    @property
    def last(self) -> int:
        """The number of the guest who came last."""
        return self._next

    def _number(self) -> int:
        with self._lock:
            self._next += 1
            return self._next

    def _run(self) -> None:
        try:
            while not self._enough.is_set():
                number = self._number()
                browser = Browser(self.port, f"10.1.{number // 250}.{number % 250 + 1}")
                places = 2 if number % 7 == 0 else 1
                seen = register(
                    browser, self.path, name=f"Gast {number:05}", email=f"gast{number}@firma.example", places=places
                )
                with self._lock:
                    self.seen.append(seen)
                    self.answers += browser.answers
        except BaseException as error:
            self.failures.append(error)

"""The layer that keeps pages: what it may answer, how old, to whom, and how much it holds. No server, no Django."""

import gzip
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.web import page_cache
from wegweiser.web.page_cache import FRESH_COOKIE, MARK, NOTHING_CHANGED, PAGE, PageCache

KEPT = [("Content-Type", "text/html; charset=utf-8"), (MARK, PAGE)]


class Site:
    """An application that counts how often it renders, with a clock that is set by hand."""

    def __init__(self, headers=KEPT, status="200 OK", text="Seite"):
        self.headers, self.status, self.text = headers, status, text
        self.rendered = 0
        self.time = 100.0
        self.layer = PageCache(self, personal=("sessionid", "messages"), now=lambda: self.time)

    def __call__(self, environ, start_response):
        self.rendered += 1
        start_response(self.status, list(self.headers))
        return [f"{self.text} {self.rendered} ".encode(), b"x" * 2_000]

    def ask(self, path="/", *, method="GET", query="", **headers):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        told = []
        chunks = self.layer(environ, lambda status, found, *_rest: told.extend([status, found]))
        return told[0], dict(told[1]), b"".join(chunks)

    def number(self, *args, **kwargs):
        """Which rendering was shown."""
        return int(self.ask(*args, **kwargs)[2].split()[1])


def test_a_kept_page_is_rendered_once_and_never_shown_two_seconds_later():
    site = Site()
    assert [site.number(), site.number()] == [1, 1]
    site.time += page_cache.MOST_SECONDS
    assert site.number() == 2


@given(steps=st.lists(st.floats(min_value=0, max_value=3), max_size=30))
def test_no_answer_is_older_than_two_seconds(steps):
    site = Site()
    born = {}
    for step in steps:
        site.time += step
        before = site.rendered
        shown = site.number()
        if site.rendered > before:
            born[shown] = site.time
        assert site.time - born[shown] < page_cache.MOST_SECONDS


def test_the_age_counts_from_before_the_rendering():
    site = Site()
    render = site.__call__

    def slow(environ, start_response):
        site.time += 1.9  # reads the database at once and then takes its time
        return render(environ, start_response)

    site.layer.application = slow
    site.number()
    site.time += 0.2
    assert site.number() == 2


@pytest.mark.parametrize("cookie", ["sessionid=a", "a=b; messages=c", f"{FRESH_COOKIE}=1"])
def test_who_is_known_or_has_just_sent_something_sees_the_present_page(cookie):
    site = Site()
    site.number()
    assert site.number(cookie=cookie) == 2
    assert site.number() == 1
    assert site.ask(cookie=cookie)[1]["Cache-Control"] == "private, max-age=0, must-revalidate"


def test_other_cookies_are_answered_from_memory_but_fill_nothing():
    site = Site()
    assert [site.number(cookie="csrftoken=a"), site.number(cookie="csrftoken=a")] == [1, 2]
    assert site.number() == 3
    assert site.number(cookie="csrftoken=a") == 3


def test_who_sent_something_gets_the_cookie_and_who_only_asked_does_not():
    site = Site(headers=[])
    assert FRESH_COOKIE in site.ask(method="POST")[1]["Set-Cookie"]
    site.headers = [(MARK, NOTHING_CHANGED)]
    _status, headers, _body = site.ask(method="POST")
    assert "Set-Cookie" not in headers
    assert MARK not in headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([("Content-Type", "text/html")], "200 OK"),
        ([*KEPT, ("Set-Cookie", "csrftoken=secret")], "200 OK"),
        (KEPT, "404 Not Found"),
        (KEPT, "500 Internal Server Error"),
        (KEPT, "302 Found"),
    ],
)
def test_what_is_not_marked_sets_a_cookie_or_is_no_success_is_never_kept(headers, status):
    site = Site(headers=headers, status=status)
    assert [site.number(), site.number()] == [1, 2]
    assert MARK not in site.ask()[1]


def test_a_page_that_ceases_to_be_kept_is_forgotten():
    site = Site()
    site.number()
    site.time += 1.5
    site.status = "410 Gone"
    assert [site.number(), site.number()] == [2, 3]


def test_address_query_host_and_htmx_are_told_apart():
    site = Site()
    variants = [{}, {"path": "/en/"}, {"query": "a=1"}, {"query": "a=2"}, {"host": "other"}, {"hx_request": "true"}]
    assert [site.number(**given) for given in variants] == [1, 2, 3, 4, 5, 6]
    assert [site.number(**given) for given in variants] == [1, 2, 3, 4, 5, 6]


def test_an_unchanged_page_is_not_sent_again_even_after_it_was_rendered_anew():
    site = Site()
    tag = site.ask()[1]["ETag"]
    status, headers, body = site.ask(if_none_match=f'"other", W/{tag}')
    assert (status, body) == ("304 Not Modified", b"")
    assert headers["Vary"] == "Accept-Encoding, Cookie, HX-Request"
    site.time += 5
    assert site.ask(if_none_match=tag)[0] == "200 OK"  # the text has another number


@pytest.mark.parametrize(
    ("header", "zipped"),
    [("gzip, br", True), ("br;q=1, GZIP;q=0.5", True), ("gzip;q=0", False), ("gzip; q=0.0", False), ("", False)],
)
def test_gzip_goes_to_those_who_take_it_under_a_tag_of_its_own(header, zipped):
    site = Site()
    plain = site.ask()
    _status, headers, body = site.ask(accept_encoding=header)
    assert (headers.get("Content-Encoding") == "gzip") is zipped
    assert (headers["ETag"] != plain[1]["ETag"]) is zipped
    assert headers["Content-Length"] == str(len(body))
    assert (gzip.decompress(body) if zipped else body) == plain[2]


def test_what_a_view_says_of_browsers_stays():
    site = Site(headers=[*KEPT, ("Cache-Control", "public, max-age=31536000, immutable")])
    assert site.ask()[1]["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Site().ask()[1]["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_head_says_of_caching_what_get_says():
    assert Site().ask(method="HEAD")[1]["Cache-Control"] == Site().ask()[1]["Cache-Control"]


def test_head_tells_the_length_without_the_text():
    site = Site()
    length = site.ask()[1]["Content-Length"]
    _status, headers, body = site.ask(method="HEAD")
    assert (headers["Content-Length"], body, site.rendered) == (length, b"", 1)


def test_made_up_addresses_neither_grow_the_memory_nor_displace_real_pages(monkeypatch):
    site = Site()
    site.number("/real/")
    site.layer.queried.most = 50_000
    for number in range(500):
        site.ask("/real/", query=f"x={number}")
    assert site.layer.queried.size <= 50_000
    assert site.layer.queried.size == sum(page.size for page in site.layer.queried.pages.values())
    assert site.number("/real/") == 1
    before = len(site.layer.queried.pages)
    site.ask("/real/", query="x" * (page_cache.LONGEST_QUERY + 1))
    assert len(site.layer.queried.pages) == before


def test_a_very_large_page_is_sent_but_not_kept():
    site = Site(text="y" * page_cache.LARGEST_PAGE)
    assert [site.number(), site.number()] == [1, 2]


def test_the_least_recently_read_page_goes_first():
    site = Site()
    site.ask("/a/")
    site.layer.plain.most = 2 * site.layer.plain.size + 100
    site.ask("/b/")
    site.ask("/a/")
    site.ask("/c/")
    assert {key[3] for key in site.layer.plain.pages} == {"/a/", "/c/"}


class Slow(Site):
    """Stops in its rendering until it is let go."""

    def __init__(self):
        super().__init__()
        self.number()
        self.began, self.go = threading.Semaphore(0), threading.Semaphore(0)
        self.layer.application = self.wait

    def wait(self, environ, start_response):
        self.began.release()
        assert self.go.acquire(timeout=10)
        return self(environ, start_response)


def crowd(site, count):
    shown, threads = [], []
    for _ in range(count):
        threads.append(threading.Thread(target=lambda: shown.append(site.number())))
        threads[-1].start()
    return shown, threads


def test_one_renews_an_ageing_page_while_the_others_still_get_it():
    site = Slow()
    site.time += 1.5
    shown, threads = crowd(site, 1)
    assert site.began.acquire(timeout=10)
    assert [site.number() for _ in range(5)] == [1] * 5
    site.go.release()
    threads[0].join(10)
    assert shown == [2]
    assert site.number() == 2


def test_a_crowd_that_finds_a_page_too_old_waits_for_one_rendering():
    site = Slow()
    site.time += 5
    shown, threads = crowd(site, 8)
    assert site.began.acquire(timeout=10)
    site.go.release()
    for thread in threads:
        thread.join(10)
    assert shown == [2] * 8
    assert site.rendered == 2


def test_a_rendering_that_fails_leaves_nobody_waiting():
    site = Site()
    site.number()
    site.time += 5

    def broken(_environ, _start_response):
        raise RuntimeError

    site.layer.application = broken
    with pytest.raises(RuntimeError):
        site.ask()
    site.layer.application = site
    assert site.number() == 2

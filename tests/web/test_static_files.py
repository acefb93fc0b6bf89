"""Static files from memory: compressed for those who take it, for a year where the name holds the hash."""

import gzip

import pytest

from wegweiser.web.static_files import REVALIDATE, YEAR, StaticFiles


@pytest.fixture
def ask(tmp_path):
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "page.0123456789ab.css").write_text("a {}\n" * 500)
    (tmp_path / "ui" / "page.css").write_text("a {}\n" * 500)
    (tmp_path / "font.woff2").write_bytes(bytes(100))

    def django(_environ, start_response):
        start_response("404 Not Found", [])
        return [b"Django"]

    application = StaticFiles(django, prefix="/static/", root=tmp_path)

    def ask(path, method="GET", encoding="gzip"):
        told = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_ACCEPT_ENCODING": encoding}
        body = b"".join(application(environ, lambda status, headers: told.extend([status, dict(headers)])))
        return told[0], told[1], body

    return ask


def test_a_text_is_sent_compressed_and_keeps_for_a_year_under_its_hash(ask):
    _status, headers, body = ask("/static/ui/page.0123456789ab.css")
    assert gzip.decompress(body) == b"a {}\n" * 500
    assert headers["Cache-Control"] == YEAR
    assert headers["Content-Length"] == str(len(body))
    assert ask("/static/ui/page.css")[1]["Cache-Control"] == REVALIDATE


def test_who_takes_no_gzip_gets_the_text_as_it_is(ask):
    _status, headers, body = ask("/static/ui/page.css", encoding="")
    assert body == b"a {}\n" * 500
    assert "Content-Encoding" not in headers
    assert headers["Vary"] == "Accept-Encoding"


def test_a_font_is_not_compressed_again(ask):
    _status, headers, body = ask("/static/font.woff2")
    assert (headers["Content-Type"], body) == ("font/woff2", bytes(100))
    assert "Content-Encoding" not in headers


def test_head_sends_no_body(ask):
    assert ask("/static/ui/page.css", method="HEAD")[2] == b""


@pytest.mark.parametrize(
    ("path", "method"),
    [("/", "GET"), ("/static/../secret", "GET"), ("/static/none.css", "GET"), ("/static/ui/page.css", "POST")],
)
def test_everything_else_is_left_to_django(ask, path, method):
    assert ask(path, method)[2] == b"Django"

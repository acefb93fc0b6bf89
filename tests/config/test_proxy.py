"""Behind a proxy: who asked, and that it was encrypted, is believed of the proxy that was named and of nobody else."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.one_database
ASK = """
import json, sys
from wegweiser.config.wsgi import application
told = []
for sender in ("10.0.0.7", "10.9.9.9"):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz", "QUERY_STRING": "", "SERVER_NAME": "centre.example",
        "SERVER_PORT": "80", "HTTP_HOST": "centre.example", "wsgi.url_scheme": "http", "wsgi.input": sys.stdin.buffer,
        "REMOTE_ADDR": sender, "HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.5", "HTTP_X_FORWARDED_PROTO": "https"}
    list(application(environ, lambda status, headers, *_: told.append("Strict-Transport-Security" in dict(headers))))
    told.append(environ["REMOTE_ADDR"])
print(json.dumps(told))
"""


@pytest.mark.parametrize(
    ("trusted", "told"),
    [
        ("10.0.0.7", [True, "203.0.113.5", False, "10.9.9.9"]),
        ("", [False, "10.0.0.7", False, "10.9.9.9"]),
    ],
)
def test_only_the_proxy_that_was_named_is_believed(tmp_path, trusted, told):
    environment = {**os.environ, "WEGWEISER_HOME": str(tmp_path), "BASE_URL": "https://centre.example"}
    environment |= {"ALLOWED_HOSTS": "centre.example", "TRUSTED_PROXIES": trusted, "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert json.loads(done.stdout.splitlines()[-1]) == told, done.stderr

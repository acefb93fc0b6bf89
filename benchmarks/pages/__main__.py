"""`python -m benchmarks.pages [SECONDS]`: needs wrk and nginx; takes thirty times SECONDS (default 3) and longer."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

from benchmarks.pages.processes import Server, free_port, running, watching

SOURCE = Path(__file__).resolve().parents[2] / "src"
NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log;
events {{ worker_connections 512; }}
http {{ access_log off; client_body_temp_path {folder}/nb; proxy_temp_path {folder}/np; fastcgi_temp_path {folder}/nf;
  uwsgi_temp_path {folder}/nu; scgi_temp_path {folder}/ns;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}
"""
KINDS = {"kept": (), "rendered": ("-H", "Cookie: sessionid=benchmark")}  # a session makes Django answer
QUESTIONS = Path(__file__).resolve().parents[1] / "matching" / "questions.jsonl"
ASKED = 40
FIXED = {"home": "/", "imprint": "/impressum/", "emergency": "/notfall/"}


def load(server: Server, path: str, seconds: int, *headers: str) -> dict[str, float]:
    """Requests per second by wrk, and CPU of the server per request by the accounts of its processes."""
    address = f"http://127.0.0.1:{server.port}{path}"
    command = [shutil.which("wrk") or "wrk", "-t1", "-c16", f"-d{seconds}s", *headers, address]
    subprocess.run([*command[:3], "-d1s", *headers, address], check=True, capture_output=True)
    before = server.cpu_seconds()
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = server.cpu_seconds() - before
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(f"{address} failed under load:\n{told}")
    count = int(re.search(r"(\d+) requests in", told)[1])  # type: ignore[index]
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])  # type: ignore[index]
    return {"requests_per_second": round(rate), "cpu_ms_per_request": round(1000 * used / count, 3)}


def offers(home: Path) -> dict[str, str]:
    """The address of the first offer of each kind that has a page."""
    code = (
        "from wegweiser.catalogue.models import Entry\nfrom wegweiser.web.public import offers\n"
        "found = {}\n"
        "for row in Entry.objects.filter(withdrawn_at=None).order_by('id'):\n"
        "    href = offers.href(row)\n"
        "    if href.startswith('/') and '#' not in href: found.setdefault(row.kind, href)\n"
        "print(json.dumps(found))"
    )
    return dict(json.loads(inside(home, code)))


def publish(home: Path) -> None:
    """Publish an entry and wait until the worker has encoded it; give it time to end what it began for that."""
    code = (
        "from wegweiser.catalogue.actions import entries\nfrom wegweiser.catalogue.models import EntryVector\n"
        "from wegweiser.catalogue.offers import Offer\nfrom wegweiser.kernel.actor import Actor\n"
        "from wegweiser.kernel.translated import translated\n"
        "offer = Offer(kind='tool', slug='benchmark', title=translated('Lager im Griff'))\n"
        "entry = entries.publish(offer=offer, by=Actor.system('benchmark'))\n"
        "end = time.monotonic() + 180\n"
        "while time.monotonic() < end and EntryVector.objects.filter(entry=entry).count() < 2: time.sleep(0.5)\n"
        "print(EntryVector.objects.filter(entry=entry).count())"
    )
    if inside(home, code).strip() != "2":
        raise SystemExit("The worker did not encode the entry within three minutes.")
    time.sleep(5)


def ask(server: Server) -> None:
    """Questions of many topics, one after the other."""
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines()[:ASKED]:
        text = urllib.parse.urlencode({"text": json.loads(line)["text"]}).encode()
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/anliegen/", data=text, timeout=30).close()


def inside(home: Path, code: str) -> str:
    """What a piece of code prints that knows this installation."""
    environment = {**os.environ, **ours(home, 0), "DJANGO_SETTINGS_MODULE": "wegweiser.config.settings"}
    command = [sys.executable, "-c", f"import django, json, time; django.setup()\n{code}"]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def ours(home: Path, port: int) -> dict[str, str]:
    return {"WEGWEISER_HOME": str(home), "WEGWEISER_DEMO": "1", "PORT": str(port), "PYTHONPATH": str(SOURCE)}


def measure(seconds: int) -> dict[str, object]:
    found: dict[str, object] = {"load_before": os.getloadavg()[0], "seconds": seconds}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx reads as another user
        (folder / "www").mkdir()
        (folder / "www" / "index.html").write_bytes(b"x" * 9_000)
        port = free_port()
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
        nginx = [shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx", "-c", f"{folder}/nginx.conf"]
        with running(nginx, port=port, environment={}, folder=folder) as server:
            found["nginx, a file"] = load(server, "/", seconds)
        port = free_port()
        bare = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        bare += ["--workers", "2", "--blocking-threads", "4", "--no-access-log", "benchmarks.pages.bare:application"]
        with running(bare, port=port, environment={}, folder=folder) as server:
            found["bare Django, a text"] = load(server, "/", seconds)
        home = folder / "home"
        wegweiser = [sys.executable, "-m", "wegweiser.config.cli", "demo"]
        subprocess.run(wegweiser, env={**os.environ, **ours(home, 0)}, check=True, capture_output=True)
        port = free_port()
        with running([*wegweiser, "--serve"], port=port, environment=ours(home, port), folder=folder) as server:
            found["start to first page, s"] = round(server.first_page_seconds, 2)
            for page, path in {**FIXED, **offers(home)}.items():
                for kind, headers in KINDS.items():
                    found[f"{page}, {kind}"] = load(server, path, seconds, *headers)
            found["memory in all, MiB"] = round(server.memory_mib())
            with watching(server) as memory:
                publish(home)
            found["memory at most while an entry was published, MiB"] = round(memory[-1])
            found["memory after an entry was published, MiB"] = round(server.memory_mib())
            ask(server)
            found[f"memory after {ASKED} questions, MiB"] = round(server.memory_mib())
    found["load_after"] = os.getloadavg()[0]
    return found


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3), indent=1))

"""The system's Chromium, installed where that is possible."""

from pathlib import Path

from tests.services import system

NAMES = ["chromium", "chromium-browser", "google-chrome"]
MISSING = "No Chromium on this machine, and no right to install one (root and apt-get): install `chromium`."
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def program() -> Path | None:
    return system.find(NAMES) or (system.find(NAMES) if system.install("chromium") else None)

"""The system's Chromium, installed where that is possible."""

from pathlib import Path

from tests.services import system

# Without the window around the page, which costs twice as much as the page does. Debian puts a script into PATH that
# stays in front of the program.
LIGHT = "chromium-headless-shell"
FOLDERS = [Path("/usr/lib/chromium")]
NAMES = ["chromium", "chromium-browser", "google-chrome"]
MISSING = "No Chromium on this machine, and no right to install one (root and apt-get): install `chromium`."
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--font-render-hinting=none",  # as with a window: letters keep their widths, so lines break in the same places
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def program() -> Path | None:
    """The light one where it is there, otherwise any."""
    return _look() or (_look() if system.install("chromium") else None)


def brought() -> Path | None:
    """The same, after an attempt to get the light one."""
    if not _light():
        system.install(LIGHT)
    return program()


def _light() -> Path | None:
    return system.find([LIGHT], FOLDERS)


def _look() -> Path | None:
    return _light() or system.find(NAMES)

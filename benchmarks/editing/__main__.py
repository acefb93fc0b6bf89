"""`python -m benchmarks.editing`: how long an editor takes to publish a date with a picture and English words.

A browser does all of it in the running demo. People are slower than a browser, so each action is counted with the time
of the keystroke-level model (Card, Moran and Newell 1980), and the words that a person reads on the way to it at the
speed of reading silently (Brysbaert 2019). What the program itself needs is measured.
"""

import io
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright
from tests.services import browser as chromium

from benchmarks.pages.processes import free_port, running

SOURCE = Path(__file__).resolve().parents[2] / "src"
EDITOR, PASSWORD = "demo-editor@example.org", "wegweiser-demo"

# Seconds. Keystroke-level model: K for 40 words a minute, P, H and M as published. Reading: 238 words a minute.
KEY, POINT, HAND, THINK = 0.28, 1.1, 0.4, 1.35
WORD = 60 / 238
FILE_DIALOG = 3 * POINT + 2 * THINK  # folder, file, open

TITLE = "Zettel ade: Aufträge digital erfassen"
SUMMARY = "An einem Nachmittag sehen Sie, wie ein Auftrag nur noch einmal aufgeschrieben wird."
TEXT = (
    "Wir gehen mit Ihnen den Weg eines Auftrags durch, vom ersten Anruf bis zur Rechnung. Danach probieren Sie am "
    "Tablet aus, wie er ohne Papier läuft. Bringen Sie gern einen Ihrer Zettel mit."
)
TITLE_EN = "Goodbye paper: take orders digitally"
SUMMARY_EN = "In one afternoon you see how an order is written down only once."
TEXT_EN = (
    "We follow an order from the first call to the invoice. Then you try on a tablet how it works without paper. Feel "
    "free to bring one of your own slips."
)


class Person:
    """Does what a person does, and keeps the account of it."""

    def __init__(self, page: Page, *, pastes: bool) -> None:
        self.page, self.pastes = page, pastes
        self.clicks = self.fields = self.keys = 0
        self.seconds = {"deciding": 0.0, "reading": 0.0, "pointing": 0.0, "typing": 0.0, "waiting": 0.0}

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Measures the program."""
        began = time.monotonic()
        yield
        self.page.wait_for_load_state("load")
        self.seconds["waiting"] += time.monotonic() - began

    def look(self, text: str) -> None:
        """Finds the place and decides: reads the words that stand there, then thinks."""
        self.seconds["reading"] += WORD * len(text.split())
        self.seconds["deciding"] += THINK

    def point(self) -> None:
        self.clicks += 1
        self.seconds["pointing"] += POINT + 2 * KEY / 2

    def press(self, where: Locator) -> None:
        self.look(where.inner_text())
        self.point()
        with self.waiting():
            where.click()

    def _field(self, label: str) -> Locator:
        exact = self.page.get_by_label(label, exact=True)
        return exact if exact.count() else self.page.get_by_label(label, exact=False).first

    def write(self, label: str, text: str, *, long: bool = False) -> None:
        """Long texts lie ready in another window when this person pastes: switch, select, copy, switch, paste."""
        field = self._field(label)
        self._read_around(field)
        self.point()
        self.fields += 1
        keys = 10 if long and self.pastes else len(text)
        self.keys += keys
        self.seconds["typing"] += 2 * HAND + KEY * keys + (2 * (POINT + THINK) if long and self.pastes else 0)
        field.fill(text)

    def date(self, label: str, value: str) -> None:
        field = self._field(label)
        self._read_around(field)
        self.point()
        self.fields += 1
        self.keys += 8 if len(value) > 5 else 4
        self.seconds["typing"] += 2 * HAND + KEY * (8 if len(value) > 5 else 4)
        field.fill(value)

    def choose(self, label: str, index: int) -> None:
        """Opens the list, reads it down to the choice, takes it."""
        field = self._field(label)
        self._read_around(field)
        for option in field.locator("option").all()[: index + 1]:
            self.seconds["reading"] += WORD * len((option.inner_text() or "").split())
        self.point()
        self.point()
        self.seconds["deciding"] += THINK
        self.fields += 1
        field.select_option(index=index)

    def picture(self, label: str, content: bytes) -> None:
        field = self._field(label)
        self._read_around(field)
        self.point()
        self.fields += 1
        self.seconds["pointing"] += FILE_DIALOG
        field.set_input_files({"name": "halle.jpg", "mimeType": "image/jpeg", "buffer": content})

    def _read_around(self, field: Locator) -> None:
        """Label and help of a field, as who sees the form for the first time reads them."""
        words = field.evaluate(
            """field => {
              const ids = (field.getAttribute('aria-describedby') || '').split(' ').filter(Boolean);
              const told = [...(field.labels || []), ...ids.map(id => document.getElementById(id)).filter(Boolean)];
              return told.map(each => each.innerText).join(' ');
            }"""
        )
        self.look(words)


def photograph() -> bytes:
    """Four megapixels with some detail, as a telephone makes them."""
    small = Image.effect_noise((240, 180), 60).convert("RGB")
    kept = io.BytesIO()
    small.resize((2400, 1800), Image.Resampling.BICUBIC).save(kept, "JPEG", quality=88)
    return kept.getvalue()


def publish(page: Page, address: str, *, pastes: bool) -> Person:
    """From the first page after logging in to the public page with English beside it."""
    page.goto(f"{address}/desk/")
    page.get_by_label("E-Mail", exact=False).first.fill(EDITOR)
    page.get_by_label("Passwort", exact=False).first.fill(PASSWORD)
    page.locator("form [type=submit]").last.click()
    page.wait_for_url("**/desk/**")
    who = Person(page, pastes=pastes)
    day = page.evaluate("new Date(Date.now() + 30 * 864e5).toISOString().slice(0, 10)")

    def button(name: str) -> Locator:
        return page.get_by_role("button", name=name, exact=True)

    who.press(page.get_by_role("link", name="Neues Angebot").first)
    who.press(page.get_by_role("link", name="Veranstaltung", exact=True))
    who.write("Titel, Deutsch", TITLE)
    who.write("Titel, Englisch", TITLE_EN)
    who.write("Kurz gesagt, Deutsch", SUMMARY, long=True)
    who.write("Kurz gesagt, Englisch", SUMMARY_EN, long=True)
    who.write("Text, Deutsch", TEXT, long=True)
    who.write("Text, Englisch", TEXT_EN, long=True)
    who.date("Tag (nötig)", day)
    who.date("Beginn (nötig)", "14:00")
    who.date("Ende", "16:30")
    who.write("Ort", "Gründerzentrum, Stendal")
    who.choose("Hauptthema (nötig)", 1)
    who.choose("Ansprechperson (nötig)", 1)
    who.press(button("Speichern und Bild hinzufügen"))
    who.picture("Bilddatei", photograph())
    who.write("Was ist zu sehen? (deutsch)", "Eine Meisterin zeigt einem Lehrling ein Tablet")
    who.press(button("Bild speichern"))
    who.press(page.get_by_role("link", name="Zurück zum Angebot").first)
    who.press(button("Speichern und veröffentlichen"))
    page.get_by_text("Veröffentlicht.").wait_for()
    with who.waiting():
        page.get_by_role("link", name="Öffentliche Seite").click()
    page.get_by_role("heading", name=TITLE).wait_for()
    return who


def main() -> None:
    program = chromium.program()
    if program is None:
        raise SystemExit(chromium.MISSING)
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        ours = {"WEGWEISER_HOME": folder, "WEGWEISER_DEMO": "1", "PORT": str(port), "PYTHONPATH": str(SOURCE)}
        command = [sys.executable, "-m", "wegweiser.config.cli", "demo", "--serve"]
        with running(command, port=port, environment=ours, folder=Path(folder)), sync_playwright() as playwright:
            chrome = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
            print("| | clicks | fields | keys | " + " | ".join(Person(None, pastes=True).seconds) + " | in all |")  # type: ignore[arg-type]
            print("| --- " * 10 + "|")
            for pastes in (True, False):
                context = chrome.new_context(locale="de-DE", timezone_id="Europe/Berlin")
                who = publish(context.new_page(), f"http://127.0.0.1:{port}", pastes=pastes)
                spent = who.seconds.values()
                name = "longer texts pasted" if pastes else "every letter typed"
                parts = " | ".join(f"{seconds:.0f} s" for seconds in spent)
                total = sum(spent)
                print(
                    f"| {name} | {who.clicks} | {who.fields} | {who.keys} | {parts} | {total / 60:.1f} min |",
                    flush=True,
                )
                context.close()
            chrome.close()


if __name__ == "__main__":
    main()

"""One installation: its home folder, its database, its centre. What `init` and `demo` set up and all others need."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from wegweiser.catalogue import matches, questions
from wegweiser.catalogue.actions import learned, offers, vectors
from wegweiser.catalogue.matching import Shipped, shipped
from wegweiser.consortium import centre_file, loaded
from wegweiser.consortium.actions import centres, rows
from wegweiser.consortium.centre_file import CentreFile, text
from wegweiser.consortium.models import Centre
from wegweiser.enquiries import text_blocks
from wegweiser.enquiries.actions import text_blocks as blocks
from wegweiser.events import template_file
from wegweiser.events.actions import templates
from wegweiser.funding.actions import grants
from wegweiser.funding.models import Grant, Target
from wegweiser.kernel import clock, money
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

NONE_YET = "no_installation"


@dataclass(frozen=True)
class Installed:
    """What an installation did: the centre, and how many rows were created, updated, unchanged or kept as they were
    changed at the desk."""

    centre: Centre
    counts: Counter[str]
    encoded: int
    remarks: tuple[str, ...] = ()  # on the files, where nothing has to be refused


def exists() -> bool:
    """Whether there is a database with a centre in it. Makes nothing, not even an empty file."""
    database = settings.DATABASES["default"]
    if str(database["ENGINE"]).endswith("sqlite3") and not Path(str(database["NAME"])).exists():
        return False
    try:
        return Centre.objects.exists()
    except DatabaseError:
        return False


def require() -> Centre:
    """The centre of this installation. Raises DomainError("no_installation") that names the command that makes one."""
    if not exists():
        raise DomainError(
            NONE_YET,
            f"There is no installation in {settings.HOME}. "
            "Make one with `wegweiser init CENTRE.toml`, or try the model centre with `wegweiser demo`.",
        )
    return Centre.objects.get()


def pending_migrations() -> list[str]:
    """Changes of the database's shape that are still to be made."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> None:
    """Bring the database's shape up to date; in an empty home folder this makes the database."""
    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    if pending_migrations():  # the command looks at all models before it finds that there is nothing to do
        call_command("migrate", verbosity=0, interactive=False)


def install(
    *,
    path: Path,
    shift: bool = False,
    quick: bool = False,
    tell: Callable[[str], None] = lambda _stage: None,
    by: Actor,
) -> Installed:
    """Make this installation the centre that `path` describes, or bring it up to date with the file.

    The file is read and checked before anything is written. `shift` moves dates that nobody touched by the whole
    weeks since the first load, and off public holidays. Vectors that ship with the file are taken over. Of the others,
    `quick` leaves those of the slow encoders to the worker, which makes them within a minute or two; answers are a
    little less good until then. `tell` hears what comes next, because some of it takes minutes.
    """
    file = centre_file.read(path)
    made = _shipped(file)
    topics = {row["slug"] for row in file.catalogue["topics"]}
    asked = questions.read(file.questions, topics=topics) if file.questions else None
    written = text_blocks.read(file.text_blocks) if file.text_blocks else []
    patterns = template_file.read(file.event_templates) if file.event_templates else []
    tell("Database")
    migrate()
    tell("The centre and its offers")
    with transaction.atomic():
        result = centres.load(file=file, by=by)
        base = result.centre.loaded_on
        if shift:
            base += dt.timedelta(days=(clock.today() - base).days // 7 * 7)
        counts = result.counts + offers.load(file=file, centre=result.centre, base=base, working_days=shift, by=by)
        counts += blocks.load(blocks=written, by=by)
        counts += templates.load(templates=patterns, by=by)
        _grants(file, result.centre, by)
    tell("What the matching learns from")
    vectors.take(shipped=made, encoders=matches.encoders(), by=by)
    learned.learn(asked=asked, made=file.learned, encoders=matches.encoders(), by=by)
    encoders = matches.encoders()[:1] if quick else matches.encoders()
    encoded = vectors.encode(encoders=encoders, by=by)
    strange = questions.unknown_offers(asked) if asked else []
    told = tuple(f"{file.questions}, line {line}: the offer {slug!r} is not known." for line, slug in strange)
    return Installed(result.centre, counts, encoded, told)


def _shipped(file: CentreFile) -> Shipped:
    """The vectors that ship with the file. Raises DomainError("centre_file_missing") or ("centre_file_invalid")."""
    if file.vectors is None:
        return Shipped()
    try:
        return shipped.read(file.vectors)
    except OSError as error:
        raise DomainError("centre_file_missing", f"{file.vectors}: {error.strerror}.") from error
    except ValueError as error:
        raise DomainError("centre_file_invalid", str(error)) from error


def _grants(file: CentreFile, centre: Centre, by: Actor) -> None:
    """The grants of the file and their targets; what the management changed since stays."""
    for row in file.catalogue.get("grant", []):
        before = loaded.known("funding.grant", row["slug"])
        if before != _grant_as_stored(row["slug"]):
            continue
        grants.define(
            slug=row["slug"],
            title=text(row, "title"),
            funder=text(row, "funder"),
            amount=money.euros(str(row["amount_eur"])),
            starts_on=_day(row, "start", centre),
            ends_on=_day(row, "end", centre),
            logo_line=text(row, "logo_line"),
            note=row.get("note", ""),
            targets={target["key"]: Decimal(str(target["target"])) for target in row.get("targets", [])},
            by=by,
        )
        stored = _grant_as_stored(row["slug"]) or ""
        rows.remember(kind="funding.grant", key=row["slug"], content_hash=stored, by=by)


def _grant_as_stored(slug: str) -> str | None:
    """The fingerprint of a grant with its targets, or None where there is no such grant."""
    columns = Grant.objects.filter(slug=slug).values(
        "title", "funder", "amount", "starts_on", "ends_on", "logo_line", "note"
    )
    if not columns:
        return None
    targets = Target.objects.filter(grant__slug=slug).order_by("indicator").values_list("indicator", "value")
    return loaded.fingerprint([*columns, *targets])


def _day(row: dict[str, Any], which: str, centre: Centre) -> dt.date:
    if given := row.get(f"{which}_date"):
        return dt.date.fromisoformat(given)
    return centre.loaded_on + dt.timedelta(days=row[f"{which}_offset_days"])

"""What an installation is told from outside: environment variables, the home folder, its secret."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

PREPARED_AFTER = 2  # times that a connection was asked the same: what is rare is not worth keeping


class EnvironmentMistake(ValueError):
    """A variable of the environment has a value nobody can work with."""


@dataclass(frozen=True)
class Environment:
    """The variables of one process, read once. `home` holds the embedded database, uploads and the secret."""

    values: dict[str, str]

    @classmethod
    def current(cls) -> "Environment":
        return cls(dict(os.environ))

    @property
    def home(self) -> Path:
        return Path(self.values.get("WEGWEISER_HOME", "var")).absolute()

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, default).strip()

    def flag(self, name: str) -> bool:
        value = self.text(name).lower()
        if value not in {"", "0", "1", "true", "false", "yes", "no"}:
            raise EnvironmentMistake(f"{name} must be 1 or 0, not {value!r}.")
        return value in {"1", "true", "yes"}

    def words(self, name: str, default: str = "") -> list[str]:
        return [word for word in self.text(name, default).replace(",", " ").split() if word]

    def secret(self) -> str:
        """`SECRET_KEY`, or one that is made once and kept in the home folder, readable to its owner only."""
        if given := self.text("SECRET_KEY"):
            return given
        path = self.home / "secret"
        try:
            return path.read_text().strip()
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        fresh = secrets.token_urlsafe(50)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(fresh)
        except FileExistsError:  # another process was faster: its secret is the one that stays
            return path.read_text().strip()
        return fresh


def _prepares(options: dict[str, object]) -> bool:
    """Whether statements may be prepared: a pooler that gives each transaction another connection may lose them."""
    told = str(options.pop("prepare", "yes"))
    if told not in {"yes", "no"}:
        raise EnvironmentMistake(f"prepare in DATABASE_URL must be yes or no, not {told!r}.")
    return told == "yes"


def database(url: str, home: Path) -> dict[str, object]:
    """The settings of one database: `postgres://user:password@host:port/name?option=…`, or SQLite in `home` when empty.

    SQLite ignores row locks, so each of its transactions takes the write lock at once (IMMEDIATE).
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "wegweiser.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise EnvironmentMistake("DATABASE_URL must look like postgres://user:password@host:5432/name.")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = unquote(parts.hostname or "") or str(options.pop("host", ""))
    if _prepares(options):
        options["prepare_threshold"] = PREPARED_AFTER
    return {
        "ENGINE": "wegweiser.kernel.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }

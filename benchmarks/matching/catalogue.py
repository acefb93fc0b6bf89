"""The model centre's catalogue as documents, in German and English."""

import json
from pathlib import Path
from typing import Any

from wegweiser.catalogue.matching import Document

PATH = Path(__file__).parents[2] / "src/wegweiser/centres/magdeburg/catalogue.json"
LEARNED = PATH.with_name("questions.npz")
LISTS = {
    "events": "event",
    "demonstrators": "demonstrator",
    "lighthouse_projects": "lighthouse_project",
    "checks": "check",
}
CONTENT = {"guides": "guide", "videos": "video", "programmes": "programme"}
LONG = ("description", "shows", "initial_situation", "goal", "solution", "procedure", "target_group")
POINTS = ("takeaways", "technologies", "lessons_learned")


def load(path: Path = PATH) -> list[Document]:
    """All topics, contacts and offers; each with one document per language it has."""
    data = json.loads(path.read_text(encoding="utf-8"))
    slugs = {topic["key"]: topic["slug"] for topic in data["topics"]}
    documents = []
    for topic in data["topics"]:
        documents += _pair(topic, "topic", (topic["slug"],), "")
    for person in data["contacts"]:
        topics = tuple(slugs[key] for key in person["topics"])
        expertise = ", ".join(person["expertise"])
        common = {"key": person["slug"], "kind": "contact", "topics": topics, "partner": person["partner"]}
        documents += [
            Document(**common, title=person["role"], text=expertise, everyday_words=person["everyday_words"]),
            Document(**common, title=person["role_en"], everyday_words=person["everyday_words_en"], lang="en"),
        ]
    for name, kind in LISTS.items():
        for offer in data[name]:
            text = [offer.get(field) or "" for field in LONG]
            text += ["; ".join(offer.get(field) or []) for field in POINTS]
            documents += _pair(offer, kind, tuple(slugs[key] for key in offer["topics"]), " ".join(filter(None, text)))
    content = json.loads(path.with_name("content.json").read_text(encoding="utf-8"))
    for name, kind in CONTENT.items():
        for offer in content[name]:
            documents += _pair(offer, kind, tuple(slugs[key] for key in offer["topics"]), offer["text"])
    return documents


def _pair(entry: dict[str, Any], kind: str, topics: tuple[str, ...], text: str) -> list[Document]:
    sectors = tuple(entry.get("sectors") or ())
    common = {"key": entry["slug"], "kind": kind, "topics": topics, "partner": entry["partner"], "sectors": sectors}
    return [
        Document(
            **common,
            title=entry["title"],
            summary=entry["summary"],
            text=text,
            everyday_words=entry.get("everyday_words", ""),
        ),
        Document(
            **common,
            title=entry["title_en"],
            summary=entry["summary_en"],
            text=entry.get("target_group_en", ""),
            everyday_words=entry.get("everyday_words_en", ""),
            lang="en",
        ),
    ]

"""Links from everyday words to the words offers use; the data lie in `lexicon.toml`."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .text import stems

DATA = Path(__file__).with_name("lexicon.toml")
SHORTEST_LONE = 4  # letters of a stem that may stand for a phrase of stop words
WINDOW = 5  # words between the first and the last word of a phrase


@dataclass(frozen=True, slots=True)
class Link:
    """One theme found in a question: the words that showed it and the stems it stands for."""

    theme: str
    said: tuple[str, ...]
    means: tuple[str, ...]
    strength: float


@dataclass(slots=True)
class Lexicon:
    """Themes of one language, found by stems; phrases need all their stems near each other."""

    lang: str
    singles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: set[str] = field(default_factory=set)  # those that were written alone: they name the theme by themselves
    phrases: list[tuple[frozenset[str], str]] = field(default_factory=list)
    means: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def links(self, question: list[tuple[str, str]], parts: dict[str, tuple[str, ...]]) -> list[Link]:
        """Themes in a question given as (stem, word) pairs; `parts` are the parts of its compounds."""
        said: dict[str, dict[str, None]] = defaultdict(dict)
        strength: dict[str, float] = defaultdict(float)
        for root, word in question:
            for known, weight in ((root, 1.0), *((part, 0.6) for part in parts.get(root, ()))):
                for theme in self.singles.get(known, ()):
                    said[theme][word] = None
                    strength[theme] += weight
        for needed, theme in self.phrases:
            at = [(i, word) for i, (root, word) in enumerate(question) if root in needed]
            if {question[i][0] for i, _ in at} == needed and at[-1][0] - at[0][0] <= WINDOW:
                said[theme].update(dict.fromkeys(word for _, word in at))
                strength[theme] += 1.5
        found = [Link(t, tuple(said[t]), self.means[t], min(strength[t], 2.0)) for t in said]
        return sorted(found, key=lambda link: (-link.strength, link.theme))


@cache
def load(lang: str, path: Path = DATA) -> Lexicon:
    """The lexicon with the stems of `lang`; each theme serves both languages."""
    lexicon = Lexicon(lang)
    for theme in tomllib.loads(path.read_text(encoding="utf-8"))["theme"]:
        name = theme["name"]
        for phrase in theme["says"]:
            needed = frozenset(root for root, _ in stems(phrase, lang))
            if " " not in phrase and needed:
                lexicon.named.add(stems(phrase, lang)[0][0])
                lexicon.singles[stems(phrase, lang)[0][0]].add(name)
            elif len(needed) == 1 and len(min(needed)) >= SHORTEST_LONE:
                lexicon.singles[min(needed)].add(name)
            elif len(needed) > 1:
                lexicon.phrases.append((needed, name))
        means = (root for word in theme["means"] for root, _ in stems(word, lang))
        lexicon.means[name] = tuple(dict.fromkeys(means))
        lexicon.words += [*theme["says"], *theme["means"]]
    return lexicon

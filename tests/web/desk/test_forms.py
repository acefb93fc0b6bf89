"""What a rule refuses reaches the desk as a sentence."""

import re
from pathlib import Path

import wegweiser
from wegweiser.web.desk.sentences import SENTENCES

CODE = re.compile(r'DomainError\(\s*"(\w+)"')


def test_every_refusal_of_the_contact_point_has_a_sentence():
    root = Path(wegweiser.__file__).parent
    modules = [path for app in ("enquiries", "crossings") for path in (root / app).rglob("*.py")]
    modules += [root / "journey" / "actions" / f"{name}.py" for name in ("corrections", "steps")]
    codes = {code for path in modules for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert len(codes) > 10
    assert codes <= SENTENCES.keys()

"""What a rule refuses reaches the desk as a sentence."""

import re
from pathlib import Path

import wegweiser
from wegweiser.web.company.sentences import SENTENCES as OF_THE_FIRM
from wegweiser.web.desk import door_words
from wegweiser.web.desk.sentences import SENTENCES

CODE = re.compile(r'DomainError\(\s*"(\w+)"')
ONLY_COMMANDS = {"centre_file_invalid", "centre_file_missing", "output_not_writable", "person_unknown"}
AT_THE_DOOR = {"seat_unknown"}  # `door_words` has its sentence
ONLY_THE_FIRM = {
    "not_your_turn",
    "plan_proved",
    "upload_known",
    "upload_no_room",
}  # raised where a firm ticks off its plan and sends


def test_every_refusal_of_the_contact_point_has_a_sentence():
    root = Path(wegweiser.__file__).parent
    modules = [path for app in ("enquiries", "crossings") for path in (root / app).rglob("*.py")]
    modules += [root / "journey" / "actions" / f"{name}.py" for name in ("corrections", "steps")]
    codes = {code for path in modules for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert len(codes) > 10
    assert codes - SENTENCES.keys() == ONLY_COMMANDS | ONLY_THE_FIRM | AT_THE_DOOR
    assert OF_THE_FIRM.keys() >= ONLY_THE_FIRM
    assert door_words.PROBLEMS.keys() >= AT_THE_DOOR

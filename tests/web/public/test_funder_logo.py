"""The funder's logo stands in the foot of every page of a centre that has one, with words for who cannot see it."""

from pathlib import Path

import pytest

from tests.files.paint import painted
from wegweiser.consortium import centre_file
from wegweiser.consortium.actions import centres
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

BY = Actor.system("test")
SMALL = Path(__file__).parents[2] / "centres" / "klein.toml"
LOGO = '[texts.funder_logo]\nfile = "bilder/land.png"\nalt = { de = "Land Küste", en = "Coastal Land" }\n'


def a_centre(folder, picture, logo=LOGO):
    """The second centre with a picture beside its file."""
    (folder / "bilder").mkdir()
    (folder / "klein.json").write_bytes(SMALL.with_suffix(".json").read_bytes())
    if picture is not None:
        (folder / "bilder" / "land.png").write_bytes(picture)
    path = folder / "klein.toml"
    path.write_text(SMALL.read_text() + "\n" + logo)
    return path


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("", "Land Küste"), ("en/", "Coastal Land")])
def test_it_stands_in_the_foot_with_its_words(client, tmp_path, language, words):
    picture = painted(200, 80, form="PNG")
    centres.load(file=centre_file.read(a_centre(tmp_path, picture)), by=BY)
    foot = client.get(f"/{language}").text.partition("ww-funder")[2][:400]
    assert f'alt="{words}"' in foot
    address = foot.partition('src="')[2].partition('"')[0]
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "image/png", picture)


@pytest.mark.django_db
def test_another_picture_has_another_address(client, tmp_path):
    path = a_centre(tmp_path, painted(200, 80, form="PNG"))
    addresses = set()
    for width in (200, 210):
        (tmp_path / "bilder" / "land.png").write_bytes(painted(width, 80, form="PNG"))
        centres.load(file=centre_file.read(path), by=BY)
        addresses.add(client.get("/impressum/").text.partition("/zeichen/foerderung/?")[2][:16])
    assert len(addresses) == 2


@pytest.mark.django_db
def test_the_model_centre_has_none_and_shows_its_line(client):
    centres.load(file=centre_file.read(centre_file.model_centre()), by=BY)
    page = client.get("/").text
    assert "ww-funder" in page
    assert "/zeichen/foerderung/" not in page
    assert client.get("/zeichen/foerderung/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("picture", "logo", "code"),
    [
        (None, LOGO, "centre_file_missing"),
        (b"<svg onload=alert(1)>", LOGO, "centre_file_invalid"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 70_000, LOGO, "centre_file_invalid"),
        (b"", '[texts.funder_logo]\nfile = "bilder/land.png"\n', "centre_file_invalid"),
        (b"", '[texts.funder_logo]\nfile = "../land.png"\nalt = { de = "Land" }\n', "centre_file_invalid"),
    ],
)
def test_what_is_no_picture_with_words_is_refused(tmp_path, picture, logo, code):
    with pytest.raises(DomainError) as refusal:
        centres.load(file=centre_file.read(a_centre(tmp_path, picture, logo)), by=BY)
    assert refusal.value.code == code

"""What comes in is not trusted; what goes out is pixels alone, cut where somebody said."""

import contextlib
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from tests.files.paint import noise, painted, photograph
from wegweiser.files import images
from wegweiser.files.models import Focus, Ratio
from wegweiser.kernel.errors import DomainError

SIDES = st.integers(1, 5000)


@given(SIDES, SIDES, st.sampled_from(Ratio), st.sampled_from(Focus))
def test_a_cut_lies_inside_the_picture_and_touches_two_sides(width, height, ratio, focus):
    left, top, right, bottom = images.box(width, height, ratio, focus)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert right - left == width or bottom - top == height


@given(st.integers(500, 5000), st.integers(500, 5000), st.sampled_from(Ratio), st.sampled_from(Focus))
def test_a_cut_has_the_shape_that_was_chosen(width, height, ratio, focus):
    left, top, right, bottom = images.box(width, height, ratio, focus)
    across, down = ratio.sides
    assert abs((right - left) * down - (bottom - top) * across) <= max(across, down)


@pytest.mark.parametrize(
    ("focus", "box"),
    [
        (Focus.TOP, (0, 0, 1600, 900)),
        (Focus.CENTRE, (0, 350, 1600, 1250)),
        (Focus.BOTTOM_LEFT, (0, 700, 1600, 1600)),
    ],
)
def test_the_focus_says_what_stays(focus, box):
    assert images.box(1600, 1600, Ratio.WIDE, focus) == box


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_each_format_is_read(form):
    assert images.whole(painted(form=form)).size == (640, 480)


def test_a_picture_of_a_telephone_with_a_second_one_in_it_is_read():
    first, second = (Image.open(io.BytesIO(painted(side, side))) for side in (800, 640))
    both = io.BytesIO()
    first.save(both, "MPO", save_all=True, append_images=[second])
    assert Image.open(io.BytesIO(both.getvalue())).format == "MPO"
    assert images.whole(both.getvalue()).size == (800, 800)


def colour(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    return picture.getpixel((int(picture.width * x), int(picture.height * y)))


def test_a_turned_picture_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees clockwise to see it upright
    upright = images.whole(painted(exif=exif.tobytes()))
    assert upright.size == (480, 640)
    red, green, blue = colour(upright, 0.75, 0.25)
    assert red > 200 > 60 > green
    assert blue < 60


@pytest.mark.parametrize("orientation", range(10))
def test_each_orientation_is_what_pillow_understands_by_it(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = painted(form="PNG", exif=exif.tobytes())
    with Image.open(io.BytesIO(data)) as found:
        assert images.whole(data).tobytes() == ImageOps.exif_transpose(found).convert("RGB").tobytes()


def tag(number: int, shape: int, value: bytes) -> bytes:
    """One entry of an EXIF directory, of one value."""
    return struct.pack(">HHI", number, shape, 1) + value.ljust(4, b"\0")


def exif_of(*tags: bytes) -> bytes:
    return b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", len(tags)) + b"".join(tags) + b"\0" * 4


SIX = tag(0x0112, 3, b"\0\6")


@pytest.mark.parametrize(
    ("exif", "size"),
    [
        (exif_of(SIX), (480, 640)),
        (exif_of(tag(0x0100, 2, b"x\0"), SIX), (480, 640)),  # a width in words
        (exif_of(tag(0x0112, 2, b"x\0")), (640, 480)),
        (exif_of(tag(0x0112, 5, b"\xff\xff\xff\xff")), (640, 480)),
        (exif_of(SIX)[:11], (640, 480)),
        (b"Exif\0\0MM", (640, 480)),
        (b"Exif\0\0", (640, 480)),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nonsense_beside_sound_pixels_keeps_nobody_from_showing_them(exif, size, form):
    assert images.whole(painted(form=form, exif=exif)).size == size


@given(st.binary(max_size=80), st.sampled_from(["JPEG", "PNG"]))
def test_whatever_the_camera_wrote_the_pixels_are_read(noise, form):
    assert sorted(images.whole(painted(480, 270, form=form, exif=b"Exif\0\0" + noise)).size) == [270, 480]


def test_nothing_of_what_the_camera_wrote_is_kept():
    exif = Image.Exif()
    exif[0x010F] = "Geheime Kamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 7.0, 30.0)
    data = painted(exif=exif.tobytes(), comment=b"Jana war hier")
    assert b"Geheime" in data
    sent = [images.encoded(images.whole(data)), images.to_choose(images.whole(data)).data]
    for out in sent:
        assert b"Geheime" not in out
        assert b"Jana" not in out
        with Image.open(io.BytesIO(out)) as found:
            assert dict(found.getexif()) == {}
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(found.info)


def test_what_is_transparent_becomes_white():
    picture = Image.new("RGBA", (640, 480), (0, 0, 0, 0))
    out = io.BytesIO()
    picture.save(out, "PNG")
    assert images.whole(out.getvalue()).getpixel((10, 10)) == (255, 255, 255)


def test_a_palette_with_a_transparent_colour_becomes_white():
    picture = Image.new("P", (640, 480), 0)
    picture.putpalette([9, 9, 9, 255, 0, 0])
    out = io.BytesIO()
    picture.save(out, "PNG", transparency=0)
    assert images.whole(out.getvalue()).getpixel((10, 10)) == (255, 255, 255)


def test_a_large_picture_is_kept_smaller():
    assert max(images.whole(painted(5000, 3000, form="PNG")).size) == images.WHOLE


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture_unreadable"),
        (b"GIF89a" + b"\0" * 100, "picture_unreadable"),
        (painted()[:400], "picture_unreadable"),
        (painted(form="GIF"), "picture_unreadable"),
        (painted(form="PNG")[:-60], "picture_unreadable"),
        (bomb(640, 480), "picture_unreadable"),
        (bomb(20_000, 20_000), "picture_too_large"),
        (bomb(400_000, 400_000), "picture_too_large"),
        (painted(400, 300), "picture_too_small"),
        (painted(5000, 200), "picture_too_small"),
        (b"\xff" * (images.MOST_BYTES + 1), "picture_too_heavy"),
    ],
)
def test_what_is_no_picture_of_ours_is_refused(data, code):
    with pytest.raises(DomainError) as refused:
        images.whole(data)
    assert refused.value.code == code


@given(st.binary(max_size=300), st.sampled_from(["JPEG", "PNG", "WEBP"]), st.data())
def test_whatever_comes_is_read_or_refused(noise, form, data):
    good = painted(480, 270, form=form)
    place = data.draw(st.integers(0, len(good)))
    with contextlib.suppress(DomainError):
        assert images.whole(good[:place] + noise + good[place + len(noise) :]).mode == "RGB"


def test_sizes_never_grow_beyond_the_picture():
    small = images.sizes(images.whole(painted(700, 600)), Ratio.WIDE, Focus.CENTRE)
    assert [(sized.width, sized.height) for sized in small] == [(320, 180), (480, 270)]
    large = images.sizes(images.whole(painted(3000, 2000)), Ratio.PLAIN, Focus.CENTRE)
    assert [(sized.width, sized.height) for sized in large] == [(320, 240), (480, 360), (960, 720), (1440, 1080)]


@pytest.mark.parametrize(("paint", "width", "height"), [(photograph, 1920, 1440), (noise, 1600, 1200)])
def test_no_size_is_heavier_than_a_page_can_bear(paint, width, height):
    found = images.sizes(images.whole(paint(width, height)), Ratio.PLAIN, Focus.CENTRE)
    assert [sized.width for sized in found] == list(images.WIDTHS)
    assert [sized.width for sized in found if len(sized.data) > images.WIDTHS[sized.width]] == []
    assert all(len(sized.data) > 0.8 * images.WIDTHS[sized.width] for sized in found)  # and no worse than it must be


def test_what_is_light_keeps_its_quality():
    picture = images.whole(painted(1600, 1200))
    smallest = images.sizes(picture, Ratio.PLAIN, Focus.CENTRE)[0]
    assert smallest.data == images.encoded(picture.resize((320, 240), Image.Resampling.LANCZOS))


def test_a_cut_smaller_than_every_size_is_shown_as_it_is():
    tall = images.sizes(images.whole(painted(300, 900)), Ratio.WIDE, Focus.TOP)
    assert [(sized.width, sized.height) for sized in tall] == [(300, 169)]

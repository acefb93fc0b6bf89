"""Reading, cutting and sizing pictures. What comes in is not trusted: it is decoded once, and only pixels go on."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageCms

from wegweiser.files.models import Focus, Ratio
from wegweiser.kernel.errors import DomainError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 12 * 1024 * 1024
# A JPEG is decoded at a half or a quarter; all others need some ten bytes for each pixel.
# MPO is what Pillow calls the JPEG of a telephone that holds a second picture; the first one is what was seen.
MOST_PIXELS = {"JPEG": 60_000_000, "MPO": 60_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
LEAST_WIDTH, LEAST_HEIGHT = 480, 270
WHOLE = 2880  # pixels: the longer side of what is kept
CHOOSING = 960  # pixels: width of the whole beside which the cut is chosen
# Each width with the most bytes it may have: a page weighs 60 kB at most with what one sees of it first. Cards show the
# first two, pages the first three; the largest is for other programs (previews of links, search engines).
WIDTHS = {320: 4_400, 480: 7_500, 960: 24_000, 1440: 120_000}
QUALITY, LEAST_QUALITY = 80, 20
COARSER = (1, 2, 4, 8)  # how much detail is given up where the least quality is still too heavy
# How a picture is turned to be upright, by what the camera wrote about itself (EXIF 2.32, tag 274).
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What decoders say about a broken or hostile file.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError, struct.error)


@dataclass(frozen=True)
class Sized:
    """A picture as WebP."""

    width: int
    height: int
    data: bytes


def whole(data: bytes) -> Image.Image:
    """The pixels of an upload: upright, in sRGB, on white, nothing of what the camera wrote beside them.

    Raises DomainError: picture_too_heavy, picture_unreadable, picture_too_large, picture_too_small.
    """
    if len(data) > MOST_BYTES:
        raise DomainError("picture_too_heavy", field="file")
    with _refusing(), Image.open(io.BytesIO(data), formats=FORMATS) as found:
        # The size stands in the head: a bomb is refused before a pixel of it is decoded.
        if found.width * found.height > MOST_PIXELS[found.format or "PNG"]:
            raise DomainError("picture_too_large", field="file")
        if min(found.size) < LEAST_HEIGHT or max(found.size) < LEAST_WIDTH:
            raise DomainError("picture_too_small", field="file")
        found.draft("RGB", (WHOLE, WHOLE))
        profile = found.info.get("icc_profile")
        found.load()
        turn = _turn(found)
        small = _small(found)  # first, so that all that follows works on few pixels
        upright = small if turn is None else small.transpose(turn)
        return _bare(_on_white(_in_srgb(upright, profile)))


def decoded(data: bytes) -> Image.Image:
    """A whole that was stored before."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as found:
        return found.convert("RGB")


def box(width: int, height: int, ratio: Ratio, focus: Focus) -> tuple[int, int, int, int]:
    """The largest part of `width` x `height` in the shape of `ratio`, as near to `focus` as it goes.

    >>> box(1600, 1600, Ratio.WIDE, Focus.TOP)
    (0, 0, 1600, 900)
    """
    across, down = ratio.sides
    unit = min(width / across, height / down)
    wide, high = min(width, max(1, round(across * unit))), min(height, max(1, round(down * unit)))
    x, y = focus.share
    left, top = round((width - wide) * x), round((height - high) * y)
    return left, top, left + wide, top + high


def sizes(picture: Image.Image, ratio: Ratio, focus: Focus) -> list[Sized]:
    """The cut picture in each of our widths; never larger than it is, at least one."""
    cut = picture.crop(box(picture.width, picture.height, ratio, focus))
    across, down = ratio.sides
    widths = {width: most for width, most in WIDTHS.items() if width <= cut.width} or {cut.width: min(WIDTHS.values())}
    return [_scaled(cut, width, round(width * down / across), most) for width, most in widths.items()]


def to_choose(picture: Image.Image) -> Sized:
    """The whole, small enough to be looked at while one chooses the cut."""
    width = min(CHOOSING, picture.width)
    return _scaled(picture, width, max(1, round(picture.height * width / picture.width)), WIDTHS[CHOOSING])


def encoded(picture: Image.Image, quality: int = QUALITY) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def _scaled(picture: Image.Image, width: int, height: int, most: int) -> Sized:
    small = picture.resize((width, height), Image.Resampling.LANCZOS)
    return Sized(width, height, _within(small, most))


def _within(picture: Image.Image, most: int) -> bytes:
    """The best quality that has no more than `most` bytes; what is as rough as noise loses detail as well."""
    for coarser in COARSER:
        soft = picture if coarser == 1 else picture.reduce(coarser).resize(picture.size, Image.Resampling.BICUBIC)
        if found := _best(soft, most):
            return found
    return encoded(soft, LEAST_QUALITY)


def _best(picture: Image.Image, most: int) -> bytes | None:
    best = encoded(picture)
    if len(best) <= most:
        return best
    found, low, high = None, LEAST_QUALITY, QUALITY - 1
    while low <= high:
        quality = (low + high) // 2
        data = encoded(picture, quality)
        if len(data) <= most:
            found, low = data, quality + 1
        else:
            high = quality - 1
    return found


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """What sets the picture upright. A sound picture whose camera wrote nonsense beside it stays as it is."""
    try:
        return TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except _BROKEN:
        return None


def _small(picture: Image.Image) -> Image.Image:
    palette = picture.mode in {"P", "PA", "1"} or ("transparency" in picture.info and picture.mode != "RGBA")
    found = picture.convert("RGBA") if palette else picture
    found.thumbnail((WHOLE, WHOLE), Image.Resampling.LANCZOS)
    return found


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Phones take pictures in wider colours; without their profile these would look dull."""
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            return picture
        return converted or picture
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(ground, seen).convert("RGB")
    return picture.convert("RGB")


def _bare(picture: Image.Image) -> Image.Image:
    """Pixels alone: no EXIF, no place, no comment, no profile."""
    picture.info = {}
    return picture


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever a broken or hostile file makes the decoder say is one refusal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError as error:
        raise DomainError("picture_too_large", field="file") from error
    except _BROKEN as error:
        raise DomainError("picture_unreadable", field="file") from error

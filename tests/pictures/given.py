"""Pictures made on the spot: scenes with shapes, plain walls, and photos as a phone would write them."""

from __future__ import annotations
import io
import random
import struct
import zlib
from functools import cache
from typing import Any

from PIL import Image, ImageDraw, ImageFilter
from PIL.Image import Image as Picture

GPS_IFD, SUB_IFD = 0x8825, 0x8769
MAKE, ORIENTATION, ORIGINAL, OFFSET = 0x010F, 0x0112, 0x9003, 0x9011
SECRET = "phone of Siti"


def scene(seed: int, width: int = 800, height: int = 600) -> Picture:
    """Something like a street: sky, ground, and two dozen things, the same for the same seed."""
    return _street(seed).resize((width, height))


@cache
def _street(seed: int) -> Picture:
    dice = random.Random(seed)
    picture = Image.new("RGB", (800, 600), _colour(dice, 120, 256))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, dice.randrange(130, 400), 800, 600), fill=_colour(dice, 40, 180))
    for _ in range(24):
        x, y, wide, high = (dice.randrange(*span) for span in ((0, 800), (0, 600), (15, 140), (15, 100)))
        shape = draw.rectangle if dice.random() < 0.6 else draw.ellipse
        shape((x - wide, y - high, x + wide, y + high), fill=_colour(dice, 0, 256))
    return picture.filter(ImageFilter.GaussianBlur(2))


def wall(seed: int, light: str = "even") -> Picture:
    """A wall of one colour with some grain; light: even, or falling off to a `side` or to the `edges`."""
    dice = random.Random(seed)
    picture = Image.new("RGB", (800, 600), _colour(dice, 90, 250))
    if light != "even":
        gradient = Image.linear_gradient("L") if light == "side" else Image.radial_gradient("L")
        shade = gradient.rotate(dice.choice((0, 90, 180, 270))).resize(picture.size)
        picture = Image.composite(picture.point(lambda value: value * 0.5), picture, shade)
    return Image.blend(picture, Image.effect_noise(picture.size, 40).convert("RGB"), 0.06)


def encoded(picture: Picture, kind: str = "JPEG", **how: Any) -> bytes:
    """The picture as a file of that kind."""
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def phone_photo(seed: int = 1, taken: str = "2026:07:05 08:30:00", offset: str = "", orientation: int = 1) -> bytes:
    """A JPEG with all that a phone writes beside the picture: who, where, when, and which way it was held."""
    picture = scene(seed)
    exif = picture.getexif()
    exif[MAKE], exif[ORIENTATION] = SECRET, orientation
    exif.get_ifd(GPS_IFD).update({1: "S", 2: (6.0, 10.0, 42.0), 3: "E", 4: (106.0, 37.0, 55.0)})
    exif.get_ifd(SUB_IFD).update({ORIGINAL: taken} | ({OFFSET: offset} if offset else {}))
    return encoded(picture, exif=exif, comment=SECRET.encode(), xmp=SECRET.encode(), quality=90)


def decoded(data: bytes) -> Picture:
    """A file as a picture, unpacked."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def png_of(width: int, height: int, body: bytes = b"") -> bytes:
    """A grey PNG that says it is so large, whatever it holds."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(body)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks)


def chunk(kind: bytes, data: bytes) -> bytes:
    """One piece of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _colour(dice: random.Random, least: int, most: int) -> tuple[int, int, int]:
    return dice.randrange(least, most), dice.randrange(least, most), dice.randrange(least, most)

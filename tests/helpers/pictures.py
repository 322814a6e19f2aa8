"""What tests look at in pictures that were written: colors by pixel, and how far two of them differ."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

Color = tuple[int, int, int]


def opened(source: Path | bytes) -> Image.Image:
    """Read a picture whole, with three channels."""
    with Image.open(BytesIO(source) if isinstance(source, bytes) else source) as picture:
        return picture.convert("RGB")


def rgb(color: str) -> Color:
    """Give the channels of a color written ``#RRGGBB``."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def pixels_of(picture: Image.Image, color: str) -> int:
    """Count the pixels of exactly this color."""
    found = picture.getcolors(picture.width * picture.height) or []
    return sum(count for count, each in found if each == rgb(color))


def differing(one: Image.Image, other: Image.Image, by: int = 40) -> float:
    """Give the share of pixels that differ clearly."""
    difference = ImageChops.difference(one, other).convert("L").histogram()
    return sum(difference[by:]) / (one.width * one.height)


def mirrored(picture: Image.Image) -> Image.Image:
    return ImageOps.mirror(picture)

"""A person's own pictures: what is kept of them, what is refused and why, and that no bytes do any harm."""

import base64
import struct
import zlib
from io import BytesIO
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QByteArray, QSize

from chain_timer.drawing import own_picture
from chain_timer.drawing.own_picture import (
    LARGEST_BYTES,
    BadPictureError,
    decoded,
    taken_in,
)
from chain_timer.drawing.picture_kinds import jpeg_scans
from chain_timer.drawing.plain_svg import MOST_ELEMENTS

ORIENTATION = 0x0112
FUZZED = settings(max_examples=100, deadline=None, derandomize=True)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)  # type: ignore[arg-type]
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def drawing(body: str, size: str = 'viewBox="0 0 100 100"') -> bytes:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {spaces} {size}>{body}</svg>".encode()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int, *more: bytes) -> bytes:
    """A tiny file that says how large it is, whatever is in it."""
    frame = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(min(100_000, (width * 3 + 1) * height))))
    return b"\x89PNG\r\n\x1a\n" + frame + b"".join(more) + pixels + chunk(b"IEND", b"")


def corners() -> Image.Image:
    """Red at the top left, blue at the bottom right: whichever way it is turned can be told."""
    image = Image.new("RGB", (60, 40), "white")
    image.paste("red", (0, 0, 20, 20))
    image.paste("blue", (40, 20, 60, 40))
    return image


RED_SQUARE = '<rect width="50" height="50" fill="#ff0000"/>'
TINY = {
    "png": saved(corners(), "PNG"),
    "jpeg": saved(corners(), "JPEG", quality=95),
    "progressive": saved(corners(), "JPEG", progressive=True),
    "webp": saved(corners(), "WEBP"),
    "lossless webp": saved(corners().convert("RGBA"), "WEBP", lossless=True),
    "svg": drawing(f'<g id="a">{RED_SQUARE}</g><use xlink:href="#a" x="50"/><text y="90">Hold</text>'),
}


def uses(name: str, times: int) -> str:
    return f'<use xlink:href="#{name}"/>' * times


def refusal(data: bytes) -> str:
    with pytest.raises(BadPictureError) as caught:
        taken_in(data)
    assert decoded(data, 100) is None
    return str(caught.value)


# --- what is kept ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("png", ".png"), ("jpeg", ".jpg"), ("webp", ".jpg"), ("lossless webp", ".jpg"), ("svg", ".png")],
)
def test_every_kind_is_taken_in_as_one_of_two(kind: str, suffix: str) -> None:
    data, found = taken_in(TINY[kind])
    assert found == suffix
    assert opened(data).format == {".png": "PNG", ".jpg": "JPEG"}[suffix]
    assert decoded(data, 100) is not None


def test_the_kind_is_told_by_the_bytes_and_a_large_picture_becomes_1600_wide() -> None:
    data, _ = taken_in(saved(Image.new("RGB", (3_000, 1_500), "green"), "PNG"))
    assert opened(data).size == (1_600, 800)


def test_a_small_picture_stays_as_small_as_it_is() -> None:
    assert opened(taken_in(TINY["png"])[0]).size == (60, 40)


def test_what_can_be_seen_through_stays_so_and_what_only_could_be_does_not() -> None:
    half = Image.new("RGBA", (40, 40), (255, 0, 0, 100))
    data, suffix = taken_in(saved(half, "WEBP", lossless=True))
    assert suffix == ".png"
    assert opened(data).convert("RGBA").getpixel((20, 20)) == pytest.approx((255, 0, 0, 100), abs=2)
    data, suffix = taken_in(saved(Image.new("RGBA", (40, 40), (255, 0, 0, 255)), "WEBP", lossless=True))
    assert (suffix, opened(data).mode) == (".jpg", "RGB")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("way", range(1, 9))
def test_it_is_put_upright_as_its_camera_says(kind: str, way: int) -> None:
    # How EXIF counts: https://exiftool.org/TagNames/EXIF.html, tag 0x0112; Pillow is asked to undo it.
    exif = Image.Exif()
    exif[ORIENTATION] = way
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(way)
    wanted = corners() if undo is None else corners().transpose(undo)
    found = opened(taken_in(saved(corners(), kind, exif=exif))[0]).convert("RGB")
    assert found.size == wanted.size
    for place in ((5, 5), (5, found.height - 5), (found.width - 5, 5), (found.width - 5, found.height - 5)):
        assert found.getpixel(place) == pytest.approx(wanted.getpixel(place), abs=12)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_kept_of_where_and_when_it_was_taken(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-MAKER"
    exif[ORIENTATION] = 6
    options: dict[str, object] = {"exif": exif}
    if kind == "JPEG":
        options["comment"] = b"SECRET-PLACE"
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415 - for this kind alone

        options["pnginfo"] = words = PngInfo()
        words.add_text("Comment", "SECRET-PLACE")
        words.add_itxt("XML:com.adobe.xmp", "SECRET-PLACE")
    if kind == "WEBP":
        options["xmp"] = b"SECRET-PLACE"
    before = saved(corners(), kind, **options)
    assert b"CAMERA-MAKER" in before
    after, _ = taken_in(before)
    assert b"CAMERA-MAKER" not in after
    assert b"SECRET-PLACE" not in after
    assert not opened(after).getexif()


def test_of_one_that_moves_the_first_picture_is_kept() -> None:
    frames = [Image.new("RGB", (30, 30), color) for color in ("red", "blue", "green")]
    data = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert opened(taken_in(data)[0]).convert("RGB").getpixel((15, 15)) == pytest.approx((254, 0, 0), abs=3)


def test_a_drawing_is_kept_as_pixels_large_enough_for_a_large_screen() -> None:
    data, suffix = taken_in(drawing(RED_SQUARE, 'viewBox="0 0 100 50"'))
    picture = opened(data).convert("RGBA")
    assert (suffix, picture.size) == (".png", (1_600, 800))
    assert picture.getpixel((100, 100)) == (255, 0, 0, 255)
    assert picture.getpixel((1_500, 100))[3] == 0  # type: ignore[index]


def test_what_a_drawing_uses_of_itself_is_drawn() -> None:
    picture = opened(taken_in(TINY["svg"])[0]).convert("RGBA")
    assert picture.getpixel((1_200, 400)) == (255, 0, 0, 255)


def test_a_picture_within_a_drawing_is_drawn() -> None:
    inside = base64.b64encode(saved(Image.new("RGB", (10, 10), "red"), "PNG")).decode()
    body = f'<image width="100" height="100" xlink:href="data:image/png;base64,{inside}"/>'
    assert opened(taken_in(drawing(body))[0]).convert("RGB").getpixel((800, 800)) == (255, 0, 0)


def test_scripts_links_and_effects_are_left_out_of_a_drawing() -> None:
    body = (
        '<script>alert(1)</script><a xlink:href="http://a.test/">'
        f'<g onclick="alert(2)" filter="url(#f)">{RED_SQUARE}</g></a>'
        '<filter id="f"><feGaussianBlur stdDeviation="1000"/></filter>'
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'
    )
    assert opened(taken_in(drawing(body))[0]).convert("RGB").getpixel((100, 100)) == (255, 0, 0)


# --- what is shown -----------------------------------------------------------------------------------


def test_it_is_shown_as_large_as_is_asked_for_and_never_stretched() -> None:
    image = decoded(saved(Image.new("RGB", (400, 200), "red"), "JPEG"), 100)
    assert image is not None
    assert image.size().toTuple() == (100, 50)


@pytest.mark.parametrize("kind", TINY)
def test_it_is_decoded_in_any_thread(kind: str) -> None:
    found: list[QSize] = []

    def decode() -> None:
        image = decoded(TINY[kind], 50)
        found.append(image.size() if image is not None else QSize())

    threads = [Thread(target=decode) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [max(size.width(), size.height()) for size in found] == [50] * 4


# --- what is refused ---------------------------------------------------------------------------------


def test_a_bomb_is_refused_by_its_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PySide6.QtGui.QImageReader.read", lambda _reader: pytest.fail("it was decoded"))
    data = png_of(30_000, 30_000)
    assert len(data) < 1_000
    assert refusal(data) == (
        "The picture has 30,000 x 30,000 pixels, more than 40 million; save it smaller, and choose that"
    )


def test_packed_words_of_a_png_are_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    words = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(7_900_000), 9))
    seen: list[int] = []

    def counted(data: bytes) -> QByteArray:
        seen.append(len(data))
        return QByteArray(data)

    monkeypatch.setattr(own_picture, "QByteArray", counted)
    assert decoded(png_of(10, 10, *(words for _ in range(900))), 10) is not None
    assert max(seen) < 1_000


def test_a_jpeg_that_is_gone_over_again_and_again_is_refused_before_that() -> None:
    data = saved(Image.new("RGB", (6_000, 6_000), "gray"), "JPEG", progressive=True)
    last = data[data.rfind(b"\xff\xda") : -2]
    many = data[:-2] + last * 100_000 + data[-2:]
    assert jpeg_scans(data) == 10
    assert len(many) < LARGEST_BYTES
    assert "built up in" in refusal(data[:-2] + last * 1_000 + data[-2:])
    assert "damaged" in refusal(many)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"hello", "not a picture we know"),
        (b"GIF89a" + bytes(50), "This is a GIF; save it as PNG, JPEG or WebP"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "This is a HEIC photo"),
        (b"\x1f\x8b\x08" + bytes(50), "packed"),
        (b"<html><body>no</body></html>", "not a picture we know"),
        (bytes(LARGEST_BYTES + 1), "larger than 16 MiB"),
        (TINY["png"][:60], "damaged"),
        (TINY["jpeg"][:40], "damaged"),
        (TINY["webp"][:40], "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
    ],
)
def test_a_refusal_tells_what_is_wrong_and_what_to_do(data: bytes, said: str) -> None:
    text = refusal(data)
    assert said in text
    assert "; " in text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<image width="9" height="9" xlink:href="file:///etc/hostname"/>', "needs another file"),
        ('<image width="9" height="9" href="http://a.test/a.png"/>', "needs another file"),
        ('<image width="9" height="9" href="data:image/svg+xml;base64,PHN2Zy8+"/>', "cannot be used"),
        ('<use xlink:href="other.svg#a"/>', "needs another file"),
        ("<style>@import 'http://a.test/a.css';</style>", "needs another file"),
        ('<rect width="9" height="9" style="fill: url( http://a.test/#a )"/>', "needs another file"),
        ('<rect width="9" height="9" fill="u\\72l(http://a.test/)"/>', "needs another file"),
        ('<g id="a"><use xlink:href="#a"/></g>', "uses itself"),
        ('<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>', "uses itself"),
        ("<g>" * 1_000 + "</g>" * 1_000, "too many parts"),
        ("<g/>" * (MOST_ELEMENTS + 1), "too many parts"),
        (f'<path d="M0 0{"l1 1" * 300_000}"/>', "too many parts"),
        ("<text>" + "long " * 2_000 + "</text>", "too many words"),
        ("<style>" + "rect{fill:red}" * 2_000 + "</style>", "too many rules"),
        ('<rect width="1e30" height="1"/>', "beyond all measure"),
        ('<path d="M0 0L999999999999 1"/>', "beyond all measure"),
        ("<script>alert(1)</script>", "Nothing of this drawing"),
        ("<g>", "damaged"),
    ],
    ids=lambda text: text[:30],
)
def test_a_drawing_that_reaches_out_or_blows_up_is_refused(body: str, said: str) -> None:
    text = refusal(drawing(body))
    assert said in text
    assert text.endswith("and choose that")


def test_a_million_of_one_part_are_refused() -> None:
    parts = "".join(f'<g id="a{number}">{uses(f"a{number + 1}", 10)}</g>' for number in range(9))
    assert "too many parts" in refusal(drawing(f'{parts}<g id="a9">{RED_SQUARE}</g>'))


def test_an_id_that_two_have_cannot_hide_what_is_used() -> None:
    heavy = f'<g id="a">{"<rect/>" * 1_000}</g>'
    body = f'<g id="a">{RED_SQUARE}</g>{uses("a", 200)}{heavy}'
    assert decoded(drawing(body), 50) is not None
    assert "too many parts" in refusal(drawing(heavy + uses("a", 5)))


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_a_drawing_with_entities_is_refused(data: bytes) -> None:
    assert "DOCTYPE or entities" in refusal(data)


def test_a_bomb_within_a_drawing_is_refused() -> None:
    inside = base64.b64encode(png_of(30_000, 30_000)).decode()
    assert "cannot be used" in refusal(drawing(f'<image xlink:href="data:image/png;base64,{inside}"/>'))


@pytest.mark.parametrize("size", ['width="1e-9" height="1"', 'viewBox="0 0 0 0"', 'viewBox="0 0 -1 5"'])
def test_a_drawing_of_no_size_shows_something_or_is_refused(size: str) -> None:
    image = decoded(drawing(RED_SQUARE, size), 100)
    assert image is None or max(image.size().toTuple()) <= 100


def test_a_kind_that_this_qt_cannot_read_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_picture, "_readable", lambda: frozenset({"png"}))
    assert refusal(TINY["webp"]) == "This computer's Qt cannot read WEBP pictures; save it as PNG"


# --- hostile bytes -----------------------------------------------------------------------------------


def harmless(data: bytes) -> None:
    """Either it is a picture or it is told to be none; the process is still there to say so."""
    image = decoded(data, 64)
    assert image is None or max(image.size().toTuple()) <= 64


Flips = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8)


@pytest.mark.parametrize("kind", TINY)
@FUZZED
@given(flips=Flips, cut=st.integers(0, 10_000) | st.none())
def test_flipped_and_missing_bytes_do_no_harm(
    kind: str, flips: list[tuple[int, int]], cut: int | None
) -> None:
    data = bytearray(TINY[kind])
    for place, value in flips:
        data[place % len(data)] = value
    harmless(bytes(data[: cut % len(data)] if cut is not None else data))


STARTS = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"<svg "]
PARTS = [
    *("<g", "<use", "<rect", " xlink:href='#a'", " id='a'", " d='M0 0L9 9'", ">", "/>", "</g>"),
    *(" transform='scale(9999999)'", " width='9999999'", " opacity='.5'", " stroke='red'"),
    " stroke-dasharray='.001'",
]


@FUZZED
@given(start=st.sampled_from(STARTS), rest=st.binary())
def test_any_bytes_after_a_good_beginning_do_no_harm(start: bytes, rest: bytes) -> None:
    harmless(start + rest)


@FUZZED
@given(st.lists(st.sampled_from(PARTS)))
def test_any_drawing_does_no_harm(parts: list[str]) -> None:
    harmless(drawing("".join(parts)))

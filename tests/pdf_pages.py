"""Writes small PDF files with ruled tables and Vietnamese text, without any library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

WIDTH, HEIGHT, MARGIN, SIZE, LEADING = 842, 595, 30, 8, 10
COLUMNS = (40, 262, 120, 120, 120, 120)
# Each letter is a glyph of its own number, all half as wide as high; the map says which letter each glyph is.
_MAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
    "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange "
    "endcmap CMapName currentdict /CMap defineresource pop end end"
)
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
    "/Subtype /CIDFontType2 /BaseFont /Made /DW 500 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
    "/Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Made /Flags 4 /Ascent 800 /Descent -200 "
    "/CapHeight 700 /ItalicAngle 0 /StemV 80 /FontBBox [0 -200 1000 800] >> >>] /ToUnicode 4 0 R >>"
)


def write_pages(path: Path, texts: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The texts, then the table, its headings anew on every page."""
    path.write_bytes(_file([*_text_pages(texts), *_table_pages(headings, rows)]))


def write_image_page(path: Path) -> None:
    """A page as a scanner makes it: one picture, no text."""
    path.write_bytes(_file(["q 500 0 0 500 50 50 cm /Im0 Do Q"]))


def _text_pages(texts: Sequence[str]) -> Iterator[str]:
    lines = [line for text in texts for line in _wrapped(text, WIDTH - 2 * MARGIN)]
    most = (HEIGHT - 2 * MARGIN) // LEADING
    for start in range(0, len(lines), most):
        shown = lines[start : start + most]
        yield "\n".join(_text(line, MARGIN, HEIGHT - MARGIN - LEADING * at) for at, line in enumerate(shown))


def _table_pages(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    page: list[str] = []
    top = HEIGHT - MARGIN
    for cells in (headings, *rows):
        wrapped = [_wrapped(text, width - 6) for text, width in zip(cells, COLUMNS, strict=True)]
        height = LEADING * max(map(len, wrapped)) + 6
        if top - height < MARGIN:
            yield "\n".join(page)
            page, top = [], HEIGHT - MARGIN
            page.append(_row([_wrapped(text, 100) for text in headings], top, 2 * LEADING + 6))
            top -= 2 * LEADING + 6
        page.append(_row(wrapped, top, height))
        top -= height
    yield "\n".join(page)


def _row(cells: Sequence[list[str]], top: int, height: int) -> str:
    marks, left = [], MARGIN
    for lines, width in zip(cells, COLUMNS, strict=True):
        marks.append(f"{left} {top - height} {width} {height} re S")
        marks += [_text(line, left + 3, top - LEADING * (at + 1)) for at, line in enumerate(lines)]
        left += width
    return "\n".join(marks)


def _text(line: str, left: int, bottom: int) -> str:
    return f"BT /F1 {SIZE} Tf {left} {bottom} Td <{line.encode('utf-16-be').hex()}> Tj ET"


def _wrapped(text: str, width: int) -> list[str]:
    most = width * 2 // SIZE
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _file(pages: Sequence[str]) -> bytes:
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    )
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        _FONT.encode(),
        _stream(_MAP),
        image + b"\nstream\n\x80\nendstream",
    ]
    for at, page in enumerate(pages):
        used = "<< /Font << /F1 3 0 R >> /XObject << /Im0 5 0 R >> >>"
        box = f"/MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources {used} /Contents {7 + 2 * at} 0 R"
        parts += [f"<< /Type /Page /Parent 2 0 R {box} >>".encode(), _stream(page)]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    index = "".join(f"{place:010} 00000 n \n" for place in places)
    count, start = len(parts) + 1, len(data)
    trailer = f"trailer << /Size {count} /Root 1 0 R >>"
    tail = f"xref\n0 {count}\n0000000000 65535 f \n{index}{trailer}\nstartxref\n{start}\n%%EOF"
    return data + tail.encode()


def _stream(text: str) -> bytes:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream".encode()

"""Files of other programs, as small as they can be: what desks have."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

ARTICLE = (
    "أعلنت بلدية المرفأ أن السوق القديم سيفتح أبوابه في الصيف بعد ترميم دام ثلاث سنوات وشارك فيه عمال من المدينة.",
    "وقال رئيس البلدية إن الدكاكين ستعود إلى أصحابها بالإيجار القديم نفسه، وإن الافتتاح سيكون يوم الخميس المقبل.",
)
HEAD = "السوق القديم يفتح أبوابه"


def page(body: str | None = None, head: str = "") -> bytes:
    """Return a page with an article."""
    paragraphs = "".join(f"<p>{line}</p>" for line in ARTICLE)
    return (
        f"<!doctype html><html lang=ar><head><meta charset=utf-8><title>{HEAD}</title>{head}</head>"
        f"<body><article><h1>{HEAD}</h1>{paragraphs if body is None else body}</article></body></html>"
    ).encode()


def archive(members: Mapping[str, bytes | str], *, packed: bool = False) -> bytes:
    """Return a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def docx(body: str, **members: bytes | str) -> bytes:
    """Return a Word document of `w:p` and `w:tbl` elements."""
    xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return archive(
        {
            "[Content_Types].xml": f'{xml}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'{xml}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" Type="{_OFFICE}" Target='
            '"word/document.xml"/></Relationships>',
            "word/document.xml": f'{xml}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
            "docProps/core.xml": f'{xml}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{HEAD}</dc:title><dc:creator>سالم المنصور</dc:creator></cp:coreProperties>',
        }
        | members
    )


def words(text: str) -> str:
    """Return a paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(lines: Sequence[Sequence[tuple[str, float, float]]], *, title: str | None = None) -> bytes:
    """Return a PDF with a page for each of `lines`: letters with the place of each, from the left and from below."""
    letters = sorted({letter for page in lines for letter, _, _ in page})
    codes = {letter: number for number, letter in enumerate(letters, 1)}
    unicode = "".join(f"<{codes[x]:04x}> <{x.encode('utf-16-be').hex()}>\n" for x in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(letters)} beginbfchar\n{unicode}endbfchar\nendcmap end end"
    )
    pages = [
        "BT /F 10 Tf " + " ".join(f"1 0 0 1 {x} {y} Tm <{codes[letter]:04x}> Tj" for letter, x, y in page) + " ET"
        for page in lines
    ]
    said = f"/Title <feff{title.encode('utf-16-be').hex()}>" if title else ""
    kids = " ".join(f"{7 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 500 700] /Ascent 700 /Descent -200 >> >>",
        _stream(cmap),
        f"<< {said} >>",
    ]
    for number, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {8 + 2 * number} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(_stream(content))
    out = b"%PDF-1.7\n"
    places = []
    for number, value in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{value}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    out += f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer << /Size {count} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()
    return out


def _stream(text: str) -> str:
    return f"<< /Length {len(text.encode('latin-1'))} >>\nstream\n{text}\nendstream"


def drawn(text: str, *, right: float = 550, y: float = 700) -> list[tuple[str, float, float]]:
    """Return an Arabic line's letters at their places, the first at the right."""
    return [(letter, right - 5 * (number + 1), y) for number, letter in enumerate(text)]


def warc(
    *pages: tuple[str, bytes], packed: bool = False, kind: str = "text/html; charset=utf-8", encoding: str | None = None
) -> bytes:
    """Return a web archive of pages by their addresses, captured on one morning."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for address, body in pages:
        headers = StatusAndHeaders(
            "200 OK",
            [("Content-Type", kind), *([("Content-Encoding", encoding)] if encoding else [])],
            protocol="HTTP/1.1",
        )
        record = writer.create_warc_record(
            address,
            "response",
            payload=io.BytesIO(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2019-06-12T10:00:00Z"},
        )
        writer.write_record(record)
    return out.getvalue()


def mail(body: str, *headers: str) -> bytes:
    """Return an e-mail in UTF-8."""
    lines = (
        "From: سالم المنصور <salem@marfa.example>",
        "Subject: Fwd: " + HEAD,
        "Date: Wed, 12 Jun 2019 10:00:00 +0300",
        *headers,
    )
    return "\r\n".join(
        (*lines, "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", body)
    ).encode()

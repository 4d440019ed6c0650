"""The zip that holds the parts, byte for byte the same whenever and wherever it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from khunnaphap.core.document import Document

from .. import glyphs
from .markup import DECLARATION, NAMESPACES, escape

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say

_FRAMES: Final = {
    f"{place}{kind.title()}": f"{place}{number}.xml"
    for place in ("header", "footer")
    for number, kind in enumerate(("default", "first"), 1)
}


def pack(document: Document, parts: Mapping[str, str], pictures: Mapping[str, bytes]) -> bytes:
    """The file, from the parts under word/ and the pictures by name ("colour1.png", "chart1.png")."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core_properties(document),
        "docProps/app.xml": _app_properties(),
        "word/_rels/document.xml.rels": _document_relations(pictures),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
        **{f"word/{name}": text for name, text in parts.items()},
        **{f"word/media/{name}": data for name, data in pictures.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # or the bytes would tell Windows from Linux
            archive.writestr(entry, content)
    return made.getvalue()


def _content_types(parts: Mapping[str, str]) -> str:
    kinds = {name: name.rstrip("0123456789.xml") for name in (*parts, "settings.xml", "fontTable.xml")}
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_WORD}.{"document.main" if kind == "document" else kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{overrides}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def _package_relations() -> str:
    return _relations(
        _relation("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
        _relation("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        _relation("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
    )


def _document_relations(pictures: Mapping[str, bytes]) -> str:
    plain = ("styles", "settings", "fontTable")
    return _relations(
        *(_relation(f"rId{name.title()}", f"{_OFFICE}/{name}", f"{name}.xml") for name in plain),
        *(_relation(f"rId{key[0].upper()}{key[1:]}", f"{_OFFICE}/{name[:6]}", name) for key, name in _FRAMES.items()),
        *(
            _relation(f"rId{name.removesuffix('.png').title()}", f"{_OFFICE}/image", f"media/{name}")
            for name in pictures
        ),
    )


def _relations(*relations: str) -> str:
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}</Relationships>'


def _relation(identity: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"/>'


def _core_properties(document: Document) -> str:
    moment = f"{document.dated.isoformat()}T00:00:00Z"
    dated = "".join(
        f'<dcterms:{event} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{event}>' for event in ("created", "modified")
    )
    author = escape(document.author)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:creator>{author}</dc:creator><dc:language>th-TH</dc:language>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>{dated}</cp:coreProperties>"
    )


def _app_properties() -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{DECLARATION}<Properties xmlns="{kind}"><Application>Khunnaphap</Application></Properties>'


def _settings() -> str:
    """Compatibility mode 15 (or Word opens the file as one from 2007), Thai as the complex script's language."""
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:bidi="th-TH"/><w:decimalSymbol w:val="."/>'
        '<w:listSeparator w:val=","/></w:settings>'
    )


def _font_table() -> str:
    """The older TH SarabunPSK has the same widths: where the font is missing, it may stand in."""
    return (
        f'{DECLARATION}<w:fonts {NAMESPACES}><w:font w:name="{glyphs.FAMILY}"><w:altName w:val="TH SarabunPSK"/>'
        '<w:charset w:val="DE"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )

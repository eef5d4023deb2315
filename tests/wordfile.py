"""DOCX files as the tests need them: python-docx for what it knows, raw WordprocessingML for the rest."""

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

LEVELS = (("chineseCounting", "%1、"), ("japaneseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"))


def document(*bodies: str, numbering: str = "", parts: dict[str, str] | None = None) -> bytes:
    """Return a DOCX file whose body is the given WordprocessingML; ``parts`` replaces or adds files of the package."""
    made = docx.Document()
    for number in parse_xml(f"<w:numbering {nsdecls('w')}>{numbering}</w:numbering>"):
        root = made.part.numbering_part.element
        root.insert(0, number) if number.tag.endswith("abstractNum") else root.append(number)
    body = made.element.body
    for element in parse_xml(f"<w:body {nsdecls('w', 'wp', 'a', 'r')}>{''.join(bodies)}</w:body>"):
        body.insert(len(body) - 1, element)
    return packed(made, parts or {})


def packed(made, parts: dict[str, str] | None = None) -> bytes:
    """Return the file of a python-docx document, with parts replaced or added."""
    buffer = io.BytesIO()
    made.save(buffer)
    return replaced(buffer.getvalue(), parts or {})


def replaced(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    if not parts:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> str:
    """Return the text of a part of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def para(text: str, *, level: int | None = None, list_id: int = 77, properties: str = "") -> str:
    """Return a paragraph, numbered by Word if it has a level."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>' if level is not None else ""
    return f'<w:p><w:pPr>{properties}{number}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def levels(*given: tuple[str, str], abstract: int = 77, more: str = "") -> str:
    """Return the numbering.xml of a list with these formats and texts; ``more`` stands in each level."""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(given)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{abstract}">{inner}</w:abstractNum>'
        f'<w:num w:numId="{abstract}"><w:abstractNumId w:val="{abstract}"/></w:num>'
    )


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

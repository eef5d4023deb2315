"""A small writer of OFD files that follows GB/T 33190-2016: what the tests need and no more.

Pages hold text objects (one for each line, with the place of each character) and path objects; a package has OFD.xml,
Document.xml and a Content.xml for each page. Places are millimetres from the top left corner.
"""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.ofdspec.org/2016"
SIZE = 5.6


def text(  # noqa: PLR0913 - an object has that many attributes
    left: float, top: float, words: str, size: float = SIZE, *, more: str = "", deltas: str = ""
) -> str:
    """Return a text object; half-width characters take half an em."""
    steps = [size / 2 if char.isascii() else size for char in words]
    given = deltas or " ".join(f"{step:g}" for step in steps[:-1])
    return (
        f'<ofd:TextObject ID="9" Boundary="{left} {top} {sum(steps):g} {size:g}" Font="3" Size="{size:g}" {more}>'
        f'<ofd:TextCode X="0" Y="{size * 0.86:g}" DeltaX="{given}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def rule(left: float, top: float, right: float, bottom: float) -> str:
    return (
        f'<ofd:PathObject ID="8" Boundary="{left} {top} {right - left:g} {bottom - top:g}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {right - left:g} {bottom - top:g}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def grid(xs: list[float], ys: list[float], texts: list[list[str]]) -> str:
    out = [rule(x, ys[0], x, ys[-1]) for x in xs] + [rule(xs[0], y, xs[-1], y) for y in ys]
    for top, line in zip(ys, texts, strict=False):
        for left, words in zip(xs, line, strict=False):
            for index, part in enumerate(words.split("\n")):
                out += [text(left + 1, top + 1 + index * 5, part, 4)] if part else []
    return "".join(out)


def document(*pages: str, info: str = "", template: str = "", parts: dict[str, str | bytes] | None = None) -> bytes:
    """Return an OFD file with the given page contents; ``template`` is printed under each page."""
    used = '<ofd:Template TemplateID="2" ZOrder="Background"/>' if template else ""
    listed = "".join(f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    templates = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    files: dict[str, str | bytes] = {
        "OFD.xml": xml(
            "OFD", f"<ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>",
            ' Version="1.0" DocType="OFD"',
        ),
        "Doc_0/Document.xml": xml(
            "Document",
            "<ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea>{templates}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>",
        ),
        "Doc_0/Tpls/Tpl_0/Content.xml": content(template),
    }  # fmt: skip
    for number, page in enumerate(pages):
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = content(page, used)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {**files, **(parts or {})}.items():
            package.writestr(name, data)
    return out.getvalue()


def content(inner: str, before: str = "") -> str:
    return xml("Page", f'{before}<ofd:Content><ofd:Layer ID="1" Type="Body">{inner}</ofd:Layer></ofd:Content>')


def custom(name: str, value: str) -> str:
    return f"<ofd:CustomDatas><ofd:CustomData Name={quoteattr(name)}>{escape(value)}</ofd:CustomData></ofd:CustomDatas>"


def xml(root: str, inner: str, attributes: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{root} xmlns:ofd="{NAMESPACE}"{attributes}>{inner}</ofd:{root}>'


def printed(lines: list[tuple[float, str]], *, per_page: int = 22) -> bytes:
    """Return a document of lines, each with its indent in ems, page after page with page numbers."""
    pages = []
    for start in range(0, len(lines), per_page):
        page = [
            text(28 + indent * SIZE, 37 + 10 * row, words)
            for row, (indent, words) in enumerate(lines[start : start + per_page])
        ]
        pages.append("".join(page) + text(100, 275, f"- {len(pages) + 1} -", 4))
    return document(*pages)

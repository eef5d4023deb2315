"""Write the texts that the annotations here quote, from the notices that lie beside the project.

``uv run --group gold gold/real/texts.py [../shared/notices] [gold/real/text]``. Occurrence numbers in the gold
count in these texts: plain files as they are, the longest string of a scraped JSON record, the blocks of an HTML
page one to a line (cells of a row by tabs), the text layer of a PDF. A page that prints its notice twice is cut
after the first.
The texts are not part of the project and are not committed.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
BLOCKS = frozenset(["p", "div", "tr", "br", "table", "h1", "h2", "h3", "h4", "li", "caption"])
ROW = "\x1e"
OPENING_CHARS = 200


def main() -> None:
    """Write one text for each gold file whose notice is there."""
    given = dict(enumerate(map(Path, sys.argv)))
    notices = given.get(1, HERE.parents[2] / "shared" / "notices")
    folder = given.get(2, HERE / "text")
    folder.mkdir(exist_ok=True)
    for gold in sorted(HERE.glob("*.json")):
        found = [path for path in notices.glob(f"{gold.stem}*") if re.match(r"[._]", path.name[len(gold.stem) :])]
        if not found:
            print(f"{gold.stem}: its notice is not in {notices}", file=sys.stderr)
            continue
        (folder / f"{gold.stem}.txt").write_text(once(derive(found[0])), "utf-8", newline="")


def derive(path: Path) -> str:
    """Return the text of one notice in its original form."""
    if path.suffix == ".pdf":
        return pdf(path)
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".html":
        return html(re.sub(r"<%.*?%>", "", text, flags=re.DOTALL))
    if path.suffix == ".json":
        body = max(strings(json.loads(text)), key=len)
        return html(body) if "<p" in body else body
    return text


def strings(value: object) -> Iterator[str]:
    """Yield every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def html(source: str) -> str:
    """Return the blocks of a page, one to a line."""
    from lxml import html as parser  # noqa: PLC0415 - only pages need it

    root = parser.fromstring(source)
    for hidden in root.xpath("//script|//style|//comment()"):
        hidden.drop_tree()
    out: list[str] = []

    def walk(element: parser.HtmlElement) -> None:
        block = element.tag in BLOCKS
        out.append({"tr": ROW, "td": "\t", "th": "\t"}.get(element.tag, "\n" if block else ""))
        out.append(re.sub(r"[\r\n\t ]+", " ", element.text or ""))
        for child in element:
            walk(child)
            out.append(re.sub(r"[\r\n\t ]+", " ", child.tail or ""))
        out.append("\n" if block else "")

    walk(root)
    text = re.sub(rf"[\n \t]*{ROW}[\n \t]*", ROW, "".join(out))
    text = re.sub(r" *\n[ \n]*", "\n", text)
    text = re.sub(r"\n*\t[\n ]*", "\t", text)
    return re.sub(r"\n\t", "\n", text).replace(ROW, "\n").strip("\n") + "\n"


def pdf(path: Path) -> str:
    """Return the text layer of a PDF, page after page."""
    import pypdfium2  # noqa: PLC0415 - only PDFs need it

    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")


def once(text: str) -> str:
    """Return a text that is printed twice only once."""
    opening = text[:OPENING_CHARS]
    again = text.find(opening, len(opening))
    return text[:again] if again > 0 and text[again:].strip() == text[: len(text) - again].strip() else text


if __name__ == "__main__":
    main()

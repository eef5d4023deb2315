"""Word 97 files as the tests need them, written by hand: an OLE container, a FIB, one piece of text, formatting pages.

Follows [MS-CFB] and [MS-DOC] as far as a reader asks; no program that makes such files is needed.
"""

import struct

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR = 512
TEXT_AT = 0x600
PER_PAGE = 8
PIECES, CHARACTERS, PARAGRAPHS, STYLES, LISTS, OVERRIDES = 33, 12, 13, 1, 73, 74


def container(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file with these streams; each is padded to a size that needs no mini stream."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    padded = {name: data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0") for name, data in padded.items()}
    chains: list[int] = []
    starts: dict[str, int] = {}
    for name, data in padded.items():
        starts[name] = len(chains)
        count = len(data) // SECTOR
        chains += [*range(len(chains) + 1, len(chains) + count), END]
    directory_at = len(chains)
    entries = [entry("Root Entry", 5, child=1 if padded else FREE, start=END)]
    entries += [
        entry(name, 2, start=starts[name], size=len(data), right=n + 2 if n + 1 < len(padded) else FREE)
        for n, (name, data) in enumerate(padded.items())
    ]
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * SECTOR, b"\0")
    count = len(directory) // SECTOR
    chains += [*range(directory_at + 1, directory_at + count), END]
    fat_at = len(chains)
    sectors = -(-(len(chains) + 1) // 128)
    while sectors * 128 < len(chains) + sectors:
        sectors += 1
    chains += [FAT] * sectors
    fat = struct.pack(f"<{sectors * 128}I", *chains, *[FREE] * (sectors * 128 - len(chains)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, sectors, directory_at, 0, 4096, END, 0, END, 0)
    difat = [*range(fat_at, fat_at + sectors)]
    header += struct.pack("<109I", *difat, *[FREE] * (109 - len(difat)))
    return header + b"".join(padded.values()) + directory + fat


def entry(  # noqa: PLR0913 - an entry has that many fields
    name: str, kind: int, *, child: int = FREE, right: int = FREE, start: int = 0, size: int = 0
) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child)
    return head + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)


def sprm(code: int, value: int | bytes = 1) -> bytes:
    """Return a change; a number is written in the size that the code says."""
    if isinstance(value, bytes):
        return struct.pack("<H", code) + value
    return struct.pack("<H", code) + value.to_bytes(
        {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2}[code >> 13], "little", signed=value < 0
    )


IN_TABLE, ROW_END, DELETED, HIDDEN = sprm(0x2416), sprm(0x2416) + sprm(0x2417), sprm(0x0800), sprm(0x083C)


def row(edges: list[int], flags: list[int] | None = None) -> bytes:
    """Return the change that defines the cells of a row."""
    count = len(edges) - 1
    cells = b"".join(struct.pack("<H", flag) + bytes(18) for flag in flags or [0] * count)
    inner = bytes([count]) + struct.pack(f"<{count + 1}h", *edges) + cells
    return struct.pack("<HH", 0xD608, len(inner) + 1) + inner


class Word:
    """A document that grows run by run; a run that ends in a paragraph mark ends the paragraph."""

    def __init__(self) -> None:
        self.runs: list[tuple[str, bytes]] = []
        self.ends: list[tuple[int, bytes]] = []
        self.parts: dict[int, bytes] = {}
        self.after = b""

    def add(self, text: str, character: bytes = b"") -> "Word":
        self.runs.append((text, character))
        return self

    def end(self, mark: str = "\r", paragraph: bytes = b"", style: int = 0) -> "Word":
        self.add(mark)
        self.ends.append((sum(len(text) for text, _ in self.runs), struct.pack("<H", style) + paragraph))
        return self

    def para(self, text: str, paragraph: bytes = b"", *, mark: str = "\r", style: int = 0) -> "Word":
        return self.add(text).end(mark, paragraph, style)

    def cells(self, texts: list[str], edges: list[int], flags: list[int] | None = None) -> "Word":
        for text in texts:
            self.para(text, IN_TABLE, mark="\x07")
        return self.end("\x07", ROW_END + row(edges, flags))

    def file(
        self, *, stories: dict[int, str] | None = None, flags: int = 0x0200, version: int = 0xC1, pieces=None
    ) -> bytes:
        """Return the file; ``stories`` are the texts behind the main one, by the place of their length in the FIB."""
        stories = stories or {}
        text = "".join(run for run, _ in self.runs)
        whole = text + "".join(stories.values())
        raw = whole.encode("utf-16-le", "surrogatepass")
        main = bytearray(TEXT_AT) + raw
        main += bytes(-len(main) % SECTOR)
        table = bytearray(64)
        fib = {0x4C: len(text), **{place: len(words) for place, words in stories.items()}}
        cuts = [0]
        for run, _ in self.runs:
            cuts.append(cuts[-1] + len(run))
        runs = [(cuts[n], cuts[n + 1], character) for n, (_, character) in enumerate(self.runs) if self.runs[n][0]]
        starts = [0, *(at for at, _ in self.ends)]
        ends = [(starts[n], at, change) for n, (at, change) in enumerate(self.ends)]
        clx = pieces(len(whole)) if pieces else piece_table([(0, len(whole), TEXT_AT)])
        parts = {PIECES: clx, CHARACTERS: pages(main, runs, 1), PARAGRAPHS: pages(main, ends, 13), **self.parts}
        for number, data in parts.items():
            struct.pack_into("<II", main, 0x9A + 8 * number, len(table), len(data))
            table += data + (self.after if number == LISTS else b"")
        struct.pack_into("<HH", main, 0, 0xA5EC, version)
        struct.pack_into("<H", main, 10, flags)
        for place, length in fib.items():
            struct.pack_into("<i", main, place, length)
        return container({"WordDocument": bytes(main), "1Table" if flags & 0x0200 else "0Table": bytes(table)})


def piece_table(pieces: list[tuple[int, int, int]], *, before: bytes = b"", short: int = 0) -> bytes:
    """Return the table of pieces: for each its first and last character and where its bytes are."""
    positions = struct.pack(f"<{len(pieces) + 1}I", *(first for first, _, _ in pieces), pieces[-1][1])
    entries = b"".join(struct.pack("<HIH", 0, position, short) for _, _, position in pieces)
    return before + b"\x02" + struct.pack("<I", len(positions + entries)) + positions + entries


def pages(main: bytearray, runs: list[tuple[int, int, bytes]], step: int) -> bytes:
    """Write formatting pages behind the text and return the table that names them."""
    numbers, bounds = [], []
    for at in range(0, len(runs), PER_PAGE):
        some = runs[at : at + PER_PAGE]
        page = bytearray(SECTOR)
        page[-1] = len(some)
        place = SECTOR - 1
        for n, (first, last, change) in enumerate(some):
            struct.pack_into("<II", page, 4 * n, TEXT_AT + 2 * first, TEXT_AT + 2 * last)
            if step == 1:
                body = bytes([len(change)]) + change
            else:
                body = bytes([0, -(-len(change) // 2)]) + change + b"\0" * (len(change) % 2)
            if change:
                place = (place - len(body)) & ~1
                page[place : place + len(body)] = body
                page[4 * (len(some) + 1) + step * n] = place // 2
        bounds.append(TEXT_AT + 2 * some[0][0])
        numbers.append(len(main) // SECTOR)
        main += page
    last = TEXT_AT + 2 * runs[-1][1] if runs else TEXT_AT
    return struct.pack(f"<{len(bounds) + 1}I", *bounds, last) + struct.pack(f"<{len(numbers)}I", *numbers)


def level(  # noqa: PLR0913 - a level has that many fields
    form: int, text: str, *, start: int = 1, flags: int = 0, follow: int = 2, restart: int = 0
) -> bytes:
    """Return a level of a list; ``%1`` in its text is the number of the first level."""
    head = struct.pack("<iBB", start, form, flags) + bytes(9) + bytes([follow]) + bytes(8) + bytes([0, 0, restart, 0])
    chars = "".join(
        chr(int(char) - 1) if before == "%" else char
        for before, char in zip(" " + text, text, strict=False)
        if char != "%"
    )
    return head + struct.pack("<H", len(chars)) + chars.encode("utf-16-le")


def lists(*levels: bytes, list_id: int = 7) -> tuple[bytes, bytes, bytes]:
    """Return the table of lists, the levels behind it, and the table of overrides, for one list of nine levels."""
    table = struct.pack("<H", 1) + struct.pack("<ii", list_id, 0) + bytes(18) + b"\0\0"
    filled = [*levels, *[level(0, "") for _ in range(9 - len(levels))]]
    overrides = (
        struct.pack("<I", 2)
        + (struct.pack("<i", list_id) + bytes(8) + b"\0\0\0\0")
        + (struct.pack("<i", list_id) + bytes(8) + b"\x01\0\0\0")
    )
    overrides += struct.pack("<I", FREE) + struct.pack("<I", FREE) + struct.pack("<iI", 5, 0x10)
    return table, b"".join(filled), overrides


def styles(*given: tuple[str, bytes]) -> bytes:
    """Return a style sheet of paragraph styles, each with a name and its changes."""
    out = struct.pack("<H", 18) + struct.pack("<HH", len(given), 18) + bytes(14)
    for name, change in given:
        body = struct.pack("<HHHHH", 0, 1 | 0xFFF << 4, 2, 0, 0) + bytes(8)
        body += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
        body += struct.pack("<HH", 2 + len(change), 0) + change
        body += b"\0" * (len(body) % 2)
        out += struct.pack("<H", len(body)) + body
    return out

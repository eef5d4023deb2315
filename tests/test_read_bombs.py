"""Sources made to exhaust a reader end in one line, in bounded time and memory, measured in a process of their own."""

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from archives import zipped
from bounded import MOST_MEGABYTES, MOST_SECONDS, read_alone


def bomb_of_zeros() -> bytes:
    inner = zipped({f"{n}.txt": b"0" * 4_000_000 for n in range(40)})
    return zipped({f"{n}.zip": inner for n in range(40)})


def bomb_of_names() -> bytes:
    return zipped({str(n): b"" for n in range(60_000)})


def workbook(cells: str) -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    parts = {}
    with zipfile.ZipFile(out) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(
        rb"<sheetData ?/>|<sheetData></sheetData>", f"<sheetData>{cells}</sheetData>".encode(), parts[sheet]
    )
    return zipped(parts)


def billion_cells() -> bytes:
    ends = "".join(f'<row r="{r}"><c r="XFD{r}" t="str"><v>一</v></c></row>' for r in range(1, 1_048_577, 4))
    return workbook(f'<row r="1"><c r="A1" t="str"><v>一</v></c></row>{ends}')


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "zeros.zip": (bomb_of_zeros, "unpacks to more than"),
    "names.zip": (bomb_of_names, "more than 50,000 files or records inside"),
    "cells.xlsx": (billion_cells, "more than 300,000 table cells"),
    "blank.xlsx": (lambda: workbook("<row>" + "<c/>" * 50_000_000 + "</row>"), "unpacks to more than"),
    "deep.html": (lambda: b"<div>" * 1_900_000, "nested more than 200 deep"),
    "wide.html": (lambda: b"<p>\xe5\xad\x97" * 1_900_000, "more than 500,000 elements"),
    "wider.html": (lambda: b"<p>\xe5\xad\x97" * 6_000_000, "more than 500,000 elements"),
    "pictures.html": (lambda: b"<p>\xe5\xad\x97<img src='data:" + b"A" * 20_000_000 + b"'></p>", "1 pages"),
    "attributes.html": (lambda: b"<p " + b"a=1 " * 1_200_000 + b">\xe5\xad\x97</p>", "1 pages"),
    "spans.html": (
        lambda: b"<table>" + b"<tr><td rowspan=65534 colspan=1000>1<td>2" * 90_000 + b"</table>",
        "table cells",
    ),
    "tables.html": (
        lambda: b"<table><tr><td>\xe4\xb8\x80<td>\xe4\xba\x8c" * 60 + b"\xe5\xad\x97" * 1_000_000,
        "1 pages",
    ),
    "deep.json": (lambda: b'{"a":' * 400_000, "nested too deep"),
    "lists.json": (lambda: b"[" * 900 + b'{"a":"b"}' * 1 + b"]" * 900, "nested"),
    "records.json": (lambda: json.dumps([{"a": 1}] * 3_000_000).encode(), "more than 500,000 elements"),
    "numbers.json": (lambda: b'{"a":[' + b"1," * 1_900_000 + b"1]}", "no field holds"),
    "wide.csv": (lambda: b"a,b\n" + b"\xe4\xb8\x80," * 15_000_000, "more than"),
    "pipes.md": (lambda: b"|a|b|\n" * 800_000, "more than 300,000 table cells"),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is asked of a POSIX system")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_bounded_time_and_memory(name, tmp_path):
    make, message = BOMBS[name]
    path = tmp_path / name
    path.write_bytes(make())
    megabytes, seconds, said = read_alone(path)
    print(name, megabytes, "MB", seconds, "s", said[-120:])
    assert message in said
    assert megabytes < MOST_MEGABYTES
    assert seconds < MOST_SECONDS

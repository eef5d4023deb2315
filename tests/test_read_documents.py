"""The same notice gives the same findings in every form, and no damage to any form ends in anything but our errors."""

import io
import random
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bounded import MOST_MEGABYTES, read_alone
from docfile import container
from forms import FORMS, txt
from ofdfile import document, text
from policygraph import parse
from policygraph.errors import PolicygraphError, SourceError
from policygraph.read import read


def findings(data: bytes, name: str) -> dict[str, list[object]]:
    (notice,) = parse(data, name=name)
    names = {task.id: index for index, task in enumerate(notice.tasks)}
    return {
        "elements": [notice.elements],
        "clauses": [(clause.path, clause.title) for clause in notice.clauses],
        "duties": [(names[duty.task], duty.name, duty.role, duty.organisation) for duty in notice.duties],
        "targets": [(one.indicator, one.comparator, one.value, one.unit, one.due) for one in notice.targets],
        "times": [(one.kind, one.start, one.end) for one in notice.times],
    }


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_findings(form):
    found, expected = findings(FORMS[form](), f"plan.{form}"), findings(txt(), "plan.txt")
    assert expected["duties"]
    assert expected["targets"]
    assert found == expected


def test_radicals_for_characters_change_no_finding():
    radicals = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
    spoiled = txt().decode().translate(str.maketrans(radicals))
    assert sum(char in radicals.values() for char in spoiled) > 40
    assert findings(spoiled.encode(), "plan.txt") == findings(txt(), "plan.txt")


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("doc", "通知.wps"),
        ("docx", "通知.wps"),
        ("docx", "通知.doc"),
        ("rtf", "通知.doc"),
        ("doc", "通知.docx"),
        ("pdf", "通知"),
        ("ofd", "通知.zip"),
    ],
)
def test_content_decides_not_the_name(form, name):
    assert "二、重点任务" in read(FORMS[form](), name=name).text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (container({"MatOST": b"x"}), "通知.wps: a Microsoft Works document (save it as .docx)"),
        (container({"Nothing": b"x"}), "通知.wps: no Word document in the file (save it as .docx)"),
        (container({"EncryptedPackage": b"x"}), "通知.wps: encrypted document (save it without a password)"),
    ],
    ids=["works", "unknown", "encrypted"],
)
def test_a_wps_file_that_is_no_word_file_says_what_to_do(data, message):
    with pytest.raises(SourceError) as caught:
        read(data, name="通知.wps")
    assert str(caught.value) == message


ORIGINALS = {form: make() for form, make in FORMS.items()}


def mutated(data: bytes, kind: str, seed: int) -> bytes:
    """Return the bytes cut short, with some of them changed, or with a part of themselves put in."""
    pick = random.Random(seed)
    if kind == "cut":
        return data[: pick.randrange(len(data))]
    out = bytearray(data)
    if kind == "flip":
        for _ in range(pick.randrange(1, 9)):
            out[pick.randrange(len(out))] = pick.randrange(256)
        return bytes(out)
    start, end = sorted(pick.randrange(len(out)) for _ in range(2))
    at = pick.randrange(len(out))
    out[at:at] = out[start:end][:4000]
    return bytes(out)


def rezipped(data: bytes, kind: str, seed: int) -> bytes:
    """Return a package one part of which is damaged, so that the damage gets past the checksums."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        damaged = random.Random(seed).choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            part = old.read(name)
            new.writestr(name, mutated(part, kind, seed) if name == damaged and part else part)
    return out.getvalue()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    form=st.sampled_from(sorted(ORIGINALS)), kind=st.sampled_from(["cut", "flip", "splice"]), seed=st.integers(0, 10**6)
)
def test_damage_raises_only_our_errors(form, kind, seed):
    data = mutated(ORIGINALS[form], kind, seed)
    if data:
        attempt(data, form)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(form="docx", kind="cut", seed=1)
@given(
    form=st.sampled_from(["docx", "ofd"]), kind=st.sampled_from(["cut", "flip", "splice"]), seed=st.integers(0, 10**6)
)
def test_damage_inside_a_package_raises_only_our_errors(form, kind, seed):
    attempt(rezipped(ORIGINALS[form], kind, seed), form)


def attempt(data: bytes, form: str) -> None:
    try:
        page = read(data, name=f"plan.{form}")
    except PolicygraphError:
        return
    for table in page.tables:
        for cell in table.cells:
            assert table.span[0] <= cell.span[0] <= cell.span[1] <= table.span[1] <= len(page.text)


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return out.getvalue()


WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


def drawing(content: bytes) -> bytes:
    import zlib  # noqa: PLC0415

    from test_pdf import INHERITED  # noqa: PLC0415

    stream = b"<</Filter/FlateDecode>> stream\n" + zlib.compress(content, 9) + b"\nendstream"
    return INHERITED.replace(b"<</Length 44>> stream\nBT /F 12 Tf 72 820 Td (TOP OF THE PAGE) Tj ET\nendstream", stream)


BOMBS = {
    "docx of empty paragraphs": lambda: zipped("word/document.xml", WORD % (b"<w:p/>" * 30_000_000)),
    "docx of one character a run": lambda: zipped("word/document.xml", WORD % (b"<w:p><w:r><w:t>%d</w:t></w:r></w:p>" * 250_000 % tuple(range(250_000)))),
    "docx of spaces": lambda: zipped("word/document.xml", WORD % (b" " * 200_000_000)),
    "pdf of saved states": lambda: drawing(b"q " * 60_000_000),
    "pdf of characters": lambda: drawing(b"BT /F 1 Tf " + b"(a) Tj " * 3_000_000 + b"ET"),
    "pdf of lines": lambda: drawing(b"0 0 m 9 9 l S " * 1_000_000),
    "ofd of one text": lambda: document(text(1, 1, "a" * 4_000_000, deltas="g 999999999 1")),
    "rtf of groups": lambda: b"{\\rtf1" + b"{" * 10_000_000,
    "rtf of rows": lambda: b"{\\rtf1" + b"\\cellx1" * 200 + b"\\cell\\row" * 290_000,
    "doc of streams larger than the file": lambda: container({"WordDocument": b""}).replace((4096).to_bytes(8, "little"), (1 << 40).to_bytes(8, "little")),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is asked of Linux")
@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_end_within_bounds(bomb, tmp_path: Path):
    path = tmp_path / f"bomb.{bomb.split()[0]}"
    path.write_bytes(BOMBS[bomb]())
    megabytes, _, said = read_alone(path)
    assert megabytes < MOST_MEGABYTES
    assert "\n" not in said

"""Bytes become the same text whatever encoding carries them, or a clear error."""

import os
from pathlib import Path

import pytest

from policygraph.errors import EmptySource, SourceError, UndecodableText, UnknownFormat
from policygraph.read import read

TEXT = "佳政办发〔2018〕17号\n各县(市)区人民政府：\n2018年底前完成整治工作。(市水务局牵头,市农委配合)\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
@pytest.mark.parametrize("text", [TEXT, TEXT * 40, TEXT[-26:]], ids=["notice", "long", "sentence"])
def test_every_encoding_gives_the_same_text(encoding, text):
    assert read(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_utf_32_is_read_by_its_mark(encoding):
    """Its mark begins with that of UTF-16."""
    assert read(f"\ufeff{TEXT}".encode(encoding)).text == TEXT
    assert [issue.reason for issue in read(f"\ufeff{TEXT * 4}".encode(encoding)[:-2]).issues] == [
        f"bytes that are no {encoding.upper()} character"
    ]


def test_a_declared_charset_does_not_win():
    text = '<!-- charset="gb2312" -->\n' + TEXT
    assert read(text.encode()).text == text


def test_line_ends_become_one():
    assert read("一、目标\r\n二、任务\r三、措施".encode()).text == "一、目标\n二、任务\n三、措施"


def test_damaged_bytes_are_reported_and_the_rest_is_read():
    page = read((TEXT * 20).encode()[:-4])
    assert page.text.startswith(TEXT)
    assert [issue.reason for issue in page.issues] == ["bytes that are no UTF-8 character"]


def test_a_path_names_itself(tmp_path: Path):
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, "utf-8")
    page = read(path)
    assert page.source == str(path)
    assert page.media_type == "text/plain"
    assert len(page.sha256) == 64


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", EmptySource, "<bytes>: empty source (give a file that holds the text of a notice)"),
        (b" \n", EmptySource, "<bytes>: empty source (give a file that holds the text of a notice)"),
        (b"%PDF-1.7 ...", UnknownFormat, "<bytes>: unknown format 'pdf' (known: txt; save it as text)"),
        (b"\x89PNG\r\n\x1a\n", UnknownFormat, "<bytes>: unknown format 'png' (known: txt; save it as text)"),
        (b"<!DOCTYPE html><html>", UnknownFormat, "<bytes>: unknown format 'html' (known: txt; save it as text)"),
        (bytes(range(256)) * 20, UnknownFormat, "<bytes>: unknown format 'binary' (known: txt; save it as text)"),
        (
            b"\xff\xfe" + b"\x00\xd8" * 40,
            UndecodableText,
            "<bytes>: damaged UTF-16-LE text (fetch the file again)",
        ),
    ],
    ids=["empty", "blank", "pdf", "png", "html", "binary", "damaged"],
)
def test_refusals_say_what_to_do(data, error, message):
    with pytest.raises(error) as caught:
        read(data)
    assert str(caught.value) == message


def test_missing_file_and_folder(tmp_path: Path):
    with pytest.raises(SourceError, match=r"nowhere\.txt: no such file \(check the path\)"):
        read("nowhere.txt")
    with pytest.raises(SourceError, match=r"is a folder \(use `policygraph build` for folders\)"):
        read(tmp_path)


def test_random_bytes_never_pass_for_text():
    for _ in range(20):
        with pytest.raises(SourceError):
            read(os.urandom(2000))

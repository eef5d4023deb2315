"""Bytes become the same text whatever encoding carries them, or a clear error."""

import os
from pathlib import Path

import pytest

from policygraph.errors import EmptySource, SourceError, UndecodableText, UnknownFormat
from policygraph.read import _READERS, Limits, pages, read
from policygraph.read.sniff import kind

TEXT = "佳政办发〔2018〕17号\n各县(市)区人民政府：\n2018年底前完成整治工作。(市水务局牵头,市农委配合)\n"
KNOWN = ", ".join(sorted(_READERS))


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
        (b"\x89PNG\r\n\x1a\n", UnknownFormat, f"<bytes>: unknown format 'png' (known: {KNOWN}; save it as text)"),
        (b"\x1f\x8b\x08", UnknownFormat, f"<bytes>: unknown format 'gzip' (known: {KNOWN}; save it as text)"),
        (bytes(range(256)) * 20, UnknownFormat, f"<bytes>: unknown format 'binary' (known: {KNOWN}; save it as text)"),
        (b"7z\xbc\xaf'\x1c", UnknownFormat, f"<bytes>: unknown format '7z' (known: {KNOWN}; save it as text)"),
        (
            b"\xff\xfe" + b"\x00\xd8" * 40,
            UndecodableText,
            "<bytes>: damaged UTF-16-LE text (fetch the file again)",
        ),
    ],
    ids=["empty", "blank", "png", "gzip", "binary", "7z", "damaged"],
)
def test_refusals_say_what_to_do(data, error, message):
    with pytest.raises(error) as caught:
        read(data)
    assert str(caught.value) == message


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xls", "txt"])
@pytest.mark.parametrize("data", [bytes(range(256)) * 20, bytes(range(1, 256)) * 20], ids=["nul", "no nul"])
def test_bytes_of_no_format_are_told_by_what_they_are_named(suffix, data):
    with pytest.raises(UnknownFormat) as caught:
        read(data, name=f"plan.{suffix.upper()}")
    assert str(caught.value) == (
        f"plan.{suffix.upper()}: named .{suffix}, but its bytes are no {suffix.upper()} file and no text "
        "(fetch the file again and see that it opens)"
    )


def test_missing_file_and_folder(tmp_path: Path):
    with pytest.raises(SourceError, match=r"nowhere\.txt: no such file \(check the path\)"):
        read("nowhere.txt")
    with pytest.raises(SourceError, match=r"is a folder \(use `policygraph build` for folders\)"):
        read(tmp_path)


def test_random_bytes_never_pass_for_text():
    for _ in range(20):
        with pytest.raises(SourceError):
            read(os.urandom(2000))


@pytest.mark.parametrize(
    ("head", "name", "found"),
    [
        ("<!DOCTYPE html><html>", "a.doc", "html"),
        ("<%@ page language='java' %>", "a.jsp", "html"),
        ('<?xml version="1.0"?><html xmlns="…">', "a.xhtml", "html"),
        ('<?xml version="1.0"?><w:document/>', "a.xml", "xml"),
        ('{"title": "通知"}', "a.txt", "json"),
        ('[{"title": "通知"}]', "a", "json"),
        ("[各县(市)区政府负责]", "a.txt", "txt"),
        ("# 关于印发…的通知", "a.md", "md"),
        ("<p align=center>标题</p>\n\n一、目标", "a.md", "md"),
        ("title,text\n通知,各县", "a.csv", "csv"),
        ("MIME-Version: 1.0\n", "a.mht", "mhtml"),
        ("From: <Saved by Blink>\r\nSnapshot-Content-Location: http://", "a.doc", "mhtml"),
        ("<各县(市)区>", "a.txt", "txt"),
        ("一、目标", "a.html", "txt"),
    ],
)
def test_the_content_decides_before_the_name(head, name, found):
    assert kind(head.encode(), name) == found


def test_limits_are_held_and_can_be_raised():
    with pytest.raises(SourceError, match=r"too large: more than 20 bytes \(raise the limit 'source_bytes'"):
        read(TEXT.encode(), limits=Limits(source_bytes=20))
    with pytest.raises(SourceError, match="more than 10 characters"):
        read(TEXT.encode(), limits=Limits(text_chars=10))
    assert pages(TEXT.encode(), limits=Limits(text_chars=1000))[0].text == TEXT

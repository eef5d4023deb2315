"""A web page becomes the notice on it; what the site puts around it is metadata or noted as left out."""

import base64
import contextlib
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.errors import EmptySource, PolicygraphError, SourceError
from policygraph.models import Page
from policygraph.read import Limits, read
from policygraph.read.chrome import of_line
from policygraph.read.metadata import of_line as page_line

BODY = """<p style="text-align:center">佳木斯市人民政府办公室<br>关于印发2018年度节水工作方案的通知</p>
<p align="center">佳政办发〔2018〕17号</p>
<p>各县(市)区人民政府，市政府各直属单位：</p>
<p>&nbsp;&nbsp;&nbsp;&nbsp;现将《2018年度节水工作方案》印发给你们，请认真贯彻
   执行。</p><p></p><p>&nbsp;</p>
<p>　　一、节水。2018年底前，新建节水型单位17个。（市水务局牵头，市农委配合）</p>
<p style="text-align:right">佳木斯市人民政府办公室</p><p>2018年7月19日</p>"""
TEXT = """佳木斯市人民政府办公室
关于印发2018年度节水工作方案的通知
佳政办发〔2018〕17号
各县(市)区人民政府，市政府各直属单位：
\xa0\xa0\xa0\xa0现将《2018年度节水工作方案》印发给你们，请认真贯彻 执行。
　　一、节水。2018年底前，新建节水型单位17个。（市水务局牵头，市农委配合）
佳木斯市人民政府办公室
2018年7月19日"""

TRS = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>关于印发2018年度节水工作方案的通知_佳木斯市人民政府</title>
<meta name="ArticleTitle" content="关于印发2018年度节水工作方案的通知"><meta name="PubDate" content="2018-08-03 10:20">
<meta name="ContentSource" content="市政府办公室"><meta name="viewport" content="width=device-width">
<script>var a = "<p>市水务局牵头</p>";</script><style>.a{{color:red}}</style></head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="crumbs">您现在的位置：<a href="/">首页</a> &gt; <a href="/a">政府文件</a></div>
<div class="main"><table class="xxgk"><tr><td>索 引 号：</td><td>001-2018-17</td><td>主题分类：</td><td>水利</td></tr>
<tr><td>发文机关：</td><td>佳木斯市人民政府办公室</td><td>成文日期：</td><td>2018年7月19日</td></tr></table>
<div class="info">来源：信用佳木斯 发布时间：2018-08-03 【字体：<a>大</a> <a>中</a> <a>小</a>】 <a>打印</a></div>
<div class="TRS_Editor"><style>p{{}}</style>{BODY}</div>
<div class="bdsharebuttonbox">分享到：<a>微信</a></div>
<div class="xgfj">附件下载：<a href="./P0201.docx">任务分解表.docx</a></div>
<h3>相关链接</h3><ul><li><a href="/1">一图读懂节水方案</a></li></ul></div>
<div class="footer">主办：佳木斯市人民政府办公室 黑ICP备05001号</div></body></html>"""

PLAIN = f"""<html><body><div id="top"><a href=/>首页</a></div><table width=100%><tr><td width=180><a href=1>机构</a><br><a href=2>领导</a></td>
<td><div>当前位置：首页 &gt; 文件</div><div><div>{BODY}</div></div><div>上一篇：<a href=1>关于召开会议的通知</a></div>
<div>扫一扫在手机打开当前页</div></td></tr></table><div>版权所有：佳木斯市人民政府 网站标识码2308000001</div></body></html>"""

UCAP = f"""<div class="pages_content" id="UCAP-CONTENT"><div style="display:none">shuiwuju 市农业局</div>{BODY}
<p>【打印本页】 【关闭窗口】</p></div>"""


def html(markup: str, **limits: int) -> Page:
    return read(markup.encode(), name="page.html", limits=Limits(**limits))


@pytest.mark.parametrize("markup", [TRS, PLAIN, UCAP, BODY], ids=["marked", "by density", "part of a page", "bare"])
def test_the_notice_on_a_page_is_the_same_in_every_template(markup):
    assert html(markup).text == TEXT


def test_what_the_page_says_of_the_notice_is_metadata():
    metadata = html(TRS).metadata
    assert metadata == {
        "ArticleTitle": "关于印发2018年度节水工作方案的通知",
        "PubDate": "2018-08-03 10:20",
        "ContentSource": "市政府办公室",
        "title": "关于印发2018年度节水工作方案的通知_佳木斯市人民政府",
        "索引号": "001-2018-17",
        "主题分类": "水利",
        "发文机关": "佳木斯市人民政府办公室",
        "成文日期": "2018年7月19日",
        "附件": "任务分解表.docx <./P0201.docx>",
    }


def test_what_is_left_out_is_noted():
    dropped = {(drop.reason, drop.words) for drop in html(TRS).dropped}
    assert ("breadcrumb", "您现在的位置：首页 > 政府文件") in dropped
    assert ("share bar", "分享到：微信") in dropped
    assert ("outside the article", "来源：信用佳木斯 发布时间：2018-08-03 【字体：大 中 小】 打印") in dropped
    assert ("hidden", "shuiwuju 市农业局") in {(d.reason, d.words) for d in html(UCAP).dropped}
    assert ("button", "【打印本页】 【关闭窗口】") in {(d.reason, d.words) for d in html(UCAP).dropped}


@pytest.mark.parametrize(
    "unseen",
    [
        '<p style="font-size:0px">shuiwuju</p>',
        '<span style="color:#fff;font-size:0">shuiwuju</span>',
        '<p style="opacity: 0">shuiwuju</p>',
        '<p class="sr-only">shuiwuju</p>',
        '<div class="note hidden">shuiwuju</div>',
        "<p hidden>shuiwuju</p>",
    ],
)
def test_what_nobody_sees_is_left_out(unseen):
    page = html(f'<div id="zoom">{BODY}{unseen}</div>')
    assert "shuiwuju" not in page.text
    assert ("hidden", "shuiwuju") in {(drop.reason, drop.words) for drop in page.dropped}


@pytest.mark.parametrize(
    "seen",
    [
        '<div style="font-size:0"><p style="font-size:16px">抄送：市委</p></div>',
        '<p style="font-size:0.5em">抄送：市委</p>',
    ],
)
def test_small_print_is_text(seen):
    assert html(f'<div id="zoom">{BODY}{seen}</div>').text.endswith("抄送：市委")


def test_a_title_above_the_body_is_part_of_the_notice():
    page = html(
        f'<body><h2 class="title">关于做好节水工作的通知</h2><p class="info">来源：水务局 2018-08-03</p>'
        f'<div class="wh">佳水发〔2018〕3号</div><div id="zoom">{BODY[BODY.index("<p>各县") :]}</div></body>'
    )
    assert page.text.startswith("关于做好节水工作的通知\n佳水发〔2018〕3号\n各县(市)区")


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("<b>佳木斯市水务局关于做好节水工作的通知</b>", "佳木斯市水务局关于做好节水工作的通知"),
        ("关于印发《节水方案》的通知（试行）", "关于印发《节水方案》的通知（试行）"),
        ("<a href=1>关于做好节水工作的通知</a>", "各县(市)区"),
        ("您的位置：关于做好节水工作的通知", "各县(市)区"),
        ("关于我们", "各县(市)区"),
    ],
)
def test_a_title_without_marks_is_told_by_its_words(line, first):
    body = f'<tr><td id="zoom">{BODY[BODY.index("<p>各县") :]}</td></tr>'
    page = html(f"<table width=100%><tr><td>首页</td></tr><tr><td align=center>{line}</td></tr>{body}</table>")
    assert page.text.startswith(first)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_the_charset_is_told_from_the_bytes(charset):
    assert read(TRS.encode(charset), name="x.html").text == TEXT


def test_tables_keep_rows_columns_and_merged_cells():
    page = html(
        "<h2>重点任务分解表</h2><table><caption>附表</caption><tr><th>序号</th><th>任务</th><th colspan=2>单位</th></tr>"
        "<tr><td rowspan=2>1</td><td>节水<br>管网</td><td>水务局</td><td></td></tr><tr><td><p>雨污</p><p>分流</p></td>"
        "<td>城建局</td><td>工信委</td></tr></table><p>注：第一个为牵头单位。</p>"
    )
    assert page.text == (
        "重点任务分解表\n附表\n序号\t任务\t单位\n1\t节水\n管网\t水务局\t\n雨污\n分流\t城建局\t工信委\n注：第一个为牵头单位。"
    )
    (table,) = page.tables
    assert page.text[slice(*table.span)].startswith("序号\t任务")
    assert page.text[slice(*table.span)].endswith("工信委")
    cells = [(page.text[slice(*c.span)], c.row, c.column, c.rows, c.columns) for c in table.cells]
    assert cells == [
        ("序号", 0, 0, 1, 1),
        ("任务", 0, 1, 1, 1),
        ("单位", 0, 2, 1, 2),
        ("1", 1, 0, 2, 1),
        ("节水\n管网", 1, 1, 1, 1),
        ("水务局", 1, 2, 1, 1),
        ("", 1, 3, 1, 1),
        ("雨污\n分流", 2, 1, 1, 1),
        ("城建局", 2, 2, 1, 1),
        ("工信委", 2, 3, 1, 1),
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一、<b>目标</b>\n 任务</p>", "一、目标 任务"),
        ("<p>到&ldquo;十四五&rdquo;末&#12290;</p>", "到“十四五”末。"),
        ("<pre>一、目标\n  二、任务</pre>", "一、目标\n  二、任务"),
        ("<ol><li>节水</li><li>治污</li><li value=5>绿化</li></ol>", "1. 节水\n2. 治污\n5. 绿化"),
        ("<ol><li>一、节水</li></ol>", "一、节水"),
        ("<div>甲<span style='display:block'>乙</span>丙</div>", "甲\n乙\n丙"),
        ("<p>甲<!-- 隐 -->乙<script>丙</script>丁</p>", "甲乙丁"),
        ("<%@ page language='java' %><p>县<%= a > b %>河长办</p>", "县 河长办"),
        ("<p><b>（一）加强领导。</b>各地要高度重视。</p>", "（一）加强领导。\n各地要高度重视。"),
        ("<p><b>（一）加强领导。</b><b>各地要高度重视。</b></p>", "（一）加强领导。各地要高度重视。"),
        ("<font>" * 900 + "字", "字"),
        ("<p>1.<b>责任单位：</b>市水务局</p>", "1.责任单位：市水务局"),
        ("<table><tr><td>只有一格</td></tr></table><p>二</p>", "只有一格\n二"),
        (
            "<table><tr><td>改造老旧<br>管网50公里<td>市财政局<br>市审计局<tr><td>甲<td>乙</table>",
            "改造老旧管网50公里\t市财政局\n市审计局\n甲\t乙",
        ),
    ],
    ids=lambda value: value[:24],
)
def test_text_is_what_a_browser_shows(markup, text):
    assert html(f"<body>{markup}</body>").text == text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("【字体：大 中 小】 打印本页", "button"),
        ("分享到：微信 微博", "share bar"),
        ("扫一扫在手机打开当前页", "scan code"),
        ("当前位置：首页>政务公开>文件", "breadcrumb"),
        ("上一篇：关于召开会议的通知", "neighbour"),
        ("责任编辑：张三", "editor"),
        ("浏览次数：12", "counter"),
        ("推广扫一扫乘车。", None),
        ("分享经济发展", None),
        ("转发", None),
        ("中", None),
        ("位置：某路3号", None),
        ("打印机更新改造", None),
    ],
)
def test_furniture_is_told_from_text(line, reason):
    assert of_line(line) == reason


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("来源：新华社 时间：2019-02-13 10:20 【字体：大 中 小】 打印", {"来源": "新华社", "时间": "2019-02-13 10:20"}),
        ("来源 :信用佳木斯  发布 :2018-08-03", {"来源": "信用佳木斯", "发布": "2018-08-03"}),
        ("2018-08-03 来源：市政府 浏览次数：12次", {"来源": "市政府"}),
        ("时间：2018年9月，地点：各县区。", None),
        ("来源：多渠道筹措，加大投入。", None),
        ("责任单位：市水务局", None),
    ],
)
def test_page_lines_are_told_from_text(line, found):
    assert page_line(line) == found


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("<html><body><script>1</script></body></html>", "no text in"),
        ("<!-- 关于 --><html></html>", "no text in"),
        ("<div>" * 500 + "字", "nested more than 200 deep"),
        ("<font>" * 2500 + "字", "nested more than 200 deep"),
        ("<p>字" * 600_000, "more than 500,000 elements"),
        ("<table>" + "<tr><td colspan=1000>一<td>二" * 400 + "</table>", "more than 300,000 table cells"),
    ],
    ids=["script", "comment", "deep", "open", "many", "wide"],
)
def test_pages_without_words_or_bounds_are_refused(markup, message):
    with pytest.raises(SourceError, match=message):
        html(markup)


def test_a_tag_with_thousands_of_attributes_is_read_in_time():
    assert html("<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">一、目标</p>").text == "一、目标"


def test_characters_that_markup_cannot_hold_are_left_out():
    page = html("<p>一、\x01目标&#2;<span style='display:none'>x</span>\x0b\ufffe二</p>")
    assert page.text == "一、目标二"


def test_a_page_that_breaks_off_is_flagged():
    assert [issue.reason for issue in html(TRS[: TRS.index("2018年7月19日</p>")]).issues] == [
        "the page breaks off before its end"
    ]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_pages_raise_nothing_of_their_own(data):
    sample = bytearray(TRS.encode())
    for _ in range(data.draw(st.integers(0, 8))):
        sample[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, len(sample)))
    try:
        page = read(bytes(sample[start : start + data.draw(st.integers(0, len(sample)))]), name="x.html")
    except PolicygraphError:
        return
    for table in page.tables:
        assert all(table.span[0] <= cell.span[0] <= cell.span[1] <= table.span[1] for cell in table.cells)


def test_pages_of_shared_are_read_without_their_frame(shared):
    for name in ("GC03", "GC07", "GC09", "GC13", "GC15"):
        page = read(shared / "notices" / f"{name}.html")
        assert page.text.startswith("国务院")
        assert {"索引号", "发文字号", "成文日期", "发布日期"} <= page.metadata.keys()
    page = read(shared / "notices" / "SC2.jsp.html")
    assert page.text.startswith("乡镇考核依据\n石城县2018年度")
    assert "getContextPath" not in page.text
    assert len(page.tables[0].cells) > 100


def test_no_words_is_an_empty_source():
    with pytest.raises(EmptySource, match="no text in it"):
        html("<html><head><title>通知</title></head><body></body></html>")


def archived(page: bytes, encoding: str = "quoted-printable") -> bytes:
    body = quopri.encodestring(page) if encoding == "quoted-printable" else base64.encodebytes(page)
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    part = f"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    picture = b"\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n--b--\r\n"
    return head.encode() + part.encode() + body + picture


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_page_saved_in_one_file_is_read(encoding):
    page = read(archived(TRS.encode("gb18030"), encoding), name="通知.mht")
    assert page.text == TEXT
    assert page.media_type == "multipart/related"


def test_a_web_archive_without_a_page_is_refused():
    with pytest.raises(SourceError, match="a web archive without a page"):
        read(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n1", name="x.mht")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_web_archives_raise_nothing_of_their_own(data):
    sample = bytearray(archived(TRS.encode()))
    for _ in range(data.draw(st.integers(0, 8))):
        sample[data.draw(st.integers(18, len(sample) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(PolicygraphError):
        read(bytes(sample[: data.draw(st.integers(20, len(sample)))]), name="x.mht")

"""The same notice gives the same findings from every site, scrape and archive."""

import csv
import io
import json
import zipfile

import pytest

from forms import BODY, TITLE, txt
from policygraph import parse

PARAGRAPHS = "".join(f"<p>　　{line}</p>\n" for line in BODY)
HEADING = "".join(f'<p align="center"><strong>{line}</strong></p>' for line in TITLE)

SITES = {
    "trs": (
        '<html><head><meta charset="gbk"><meta name="ArticleTitle" content="关于印发水污染防治重点工作方案的通知">'
        '<meta name="PubDate" content="2018-08-03"></head><body><div class="nav"><a href="/">首页</a></div>'
        '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zf">政府文件</a></div>'
        f'<h1>{TITLE[0]}<br>{TITLE[1]}</h1><div class="info"><span>来源：信用佳木斯</span> <span>发布时间：2018-08-03</span>'
        f'<span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span></div><div class="TRS_Editor">{PARAGRAPHS}</div>'
        '<div class="xgwj"><h3>相关链接</h3><ul><li><a href="/1">解读：水污染防治怎么干</a></li></ul></div>'
        "<p>扫一扫在手机打开当前页</p><div id=footer>版权所有：佳木斯市人民政府</div></body></html>"
    ),
    "ucap": (
        '<div class="wrap"><table class="bd1"><tr><td><b>索 引 号：</b></td><td>000014349/2018-17</td><td><b>发文机关：</b></td>'
        "<td>佳木斯市人民政府办公室</td></tr><tr><td><b>成文日期：</b></td><td>2018年07月19日</td><td><b>发布日期：</b></td>"
        f'<td>2018年08月03日</td></tr></table><table width="930"><tr><td id="UCAP-CONTENT">{HEADING}{PARAGRAPHS}</td>'
        '<td><a href="/x">扫一扫</a></td></tr></table></div>'
    ),
    "plain": (
        "<html><body><center><a href=/>首页</a> | <a href=/1>领导</a></center><table><tr><td width=150><a href=2>公告</a></td><td>"
        f"<div>{HEADING}<br>{PARAGRAPHS}</div><div align=right>【<a href=#>打印</a>】【<a href=#>关闭</a>】</div></td></tr></table>"
        "上一篇：<a href=3>关于召开会议的通知</a></body></html>"
    ),
}


def scraped() -> bytes:
    record = {
        "id": 7,
        "title": "".join(TITLE),
        "plain": "".join(BODY),
        "body": HEADING + PARAGRAPHS,
        "date": "2018-08-03",
    }
    return json.dumps({"code": 0, "rows": [record]}, ensure_ascii=False).encode()


def table() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["title", "date", "full_text"], ["通知", "2018-08-03", "\n".join([*TITLE, *BODY])]])
    return out.getvalue().encode("gb18030")


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        opened.writestr("2018/通知.html", SITES["trs"].encode("gb18030"))
    return out.getvalue()


def markdown() -> bytes:
    head = f"# {''.join(TITLE)}\n\n**发布日期**: 2018-08-03\n**来源**: http://x.gov.cn/1.html\n\n---\n\n## 政策全文\n"
    lines = [f"**{line}**" if line.startswith(("一、", "二、")) else line for line in [*TITLE, *BODY]]
    return (head + "\n\n".join(lines) + "\n\n---\n**更新时间**: 2026-01-26\n").encode()


FORMS = {
    **{f"{name}.html": (lambda page=page: page.encode("gb18030")) for name, page in SITES.items()},
    "scrape.json": scraped,
    "scrape.csv": table,
    "archive.zip": archive,
    "notice.md": markdown,
}


def findings(data: bytes, name: str) -> dict[str, list[object]]:
    (notice,) = parse(data, name=name)
    names = {task.id: index for index, task in enumerate(notice.tasks)}
    own = notice.elements
    return {
        "elements": [own.document_number, own.issuers, own.recipients, own.issued_on, own.plan_year, own.jurisdiction],
        "clauses": [(clause.path, clause.title) for clause in notice.clauses],
        "duties": [(names[duty.task], duty.name, duty.role, duty.organisation) for duty in notice.duties],
        "targets": [(one.indicator, one.comparator, one.value, one.unit, one.due) for one in notice.targets],
        "times": [(one.kind, one.start, one.end) for one in notice.times],
        "title": [own.title],
    }


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_findings(name):
    found, expected = findings(FORMS[name](), name), findings(txt(), "plan.txt")
    assert expected["duties"]
    assert found == expected

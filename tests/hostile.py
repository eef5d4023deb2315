"""A notice that wishes its readers harm: markup in every place, words that turn around, a formula, a huge table."""

from notices import written

_BODY = """3.<script>alert(1)</script>整治\u202e任务\u2066。2018年底前完成率达到80%以上。(市<img src=x onerror=alert(1)>局牵头,市"水务'局配合)
4.按照《<b>方案</b>"onmouseover=alert(1)》(佳政办发〔2018〕1号)执行,每季度公开。(市水务局负责)
5.=HYPERLINK("javascript:alert(1)","y")工作。(市财政局、市<svg onload=alert(1)>局负责)
"""
_TITLE = "年度<script>alert('标题')</script>\u202e节水工作方案"
SOURCE = '"><script>alert(2)</script>.txt'
ROWS, COLUMNS = 1500, 12


def text(year: int = 2018, serial: int = 17) -> str:
    """Return the notice as plain text."""
    return written(year=year, serial=serial, extra=_BODY).replace("年度节水工作方案", _TITLE)


def table() -> str:
    """Return a notice whose task table is huge, as a page."""
    cells = "".join(
        f"<tr><td>{row}</td><td>&lt;script&gt;治理{row}</td><td>市水务局</td>{'<td>甲&amp;乙</td>' * (COLUMNS - 3)}</tr>"
        for row in range(ROWS)
    )
    head = "".join(f"<p>{line}</p>" for line in written(serial=18).splitlines())
    return f"<html><body>{head}<table><tr><th>序号</th><th>任务</th><th>责任单位</th></tr>{cells}</table></body></html>"

"""Page furniture: what a site puts around a notice, told by its words (``分享到：微信 微博``) or by its markup.

A paragraph is furniture only if nothing else stands in it: 扫一扫在手机打开当前页 is, 推广扫一扫乘车 is not. Markup is
asked by the words of its class and id, and only for short elements, since sites name a whole page ``print`` as well.
"""

from __future__ import annotations

import re

_LINE_CHARS = 120
_TRAIL_CHARS = 300

_BUTTON = (
    r"(?:我要纠错|纠错|打印(?:本页|本文|正文|文章|此页|内容)?|关闭(?:窗口|本页|页面)?|(?:加入)?收藏(?:本页|本文)?"
    r"|返回(?:顶部|首页|列表|上一页|上级)?|下载(?:文件|本文|全文|文字版|word版?|pdf版?)?|(?:文件|原文|附件)下载|全屏|全真版|文字版|大字版"
    r"|语音播报|朗读|分享|导出|复制链接|新浪微博|腾讯微博|人民微博|网易微博|微信|微博|QQ空间|QQ好友|QQ|朋友圈|人民网|更多"
    r"|(?:字体大小|文字大小|字体|字号)[:：]?|放大|缩小|加大|减小|还原|默认|最大|较大|超大|特大|无障碍(?:阅读|浏览)?|简体|繁体)"
)
_EDGE = r"[\s【】\[\]()（）|｜/·—_+、,，:：>-]"
_BAR = rf"{_EDGE}*+(?:(?:{_BUTTON}|[大中小])++{_EDGE}*+)++"
_OTHERS = r"(?:相关|关联)(?:链接|文件|解读|附件|阅读|新闻|信息|政策|文章|报道|稿件|内容)"
_LINES = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        ("share bar", rf"[【\[]?(?:一键)?分享(?:到|至|本文|本页|给好友|给朋友|给)\s*[:：]?(?:{_BAR})?[】\]]?"),
        ("button", rf"(?=.*{_BUTTON}|[^大]*大[^中]*中[^小]*小){_BAR}|[】\])）|｜\s]+"),
        (
            "scan code",
            r"(?:请?(?:用|使用)?(?:手机|微信)?(?:浏览器)?\s*[“\"]?扫(?:一扫|描|码)[”\"]?.{0,16}"
            r"(?:打开|查看|分享|关注|访问|浏览|阅读|二维码|客户端|当前页|本页).{0,16}"
            r"|(?:微信|手机)?扫一扫[:：]?|(?:手机|微信)?(?:版)?二维码)",
        ),
        (
            "counter",
            r"[【\[（(]?(?:浏览|阅读|点击|访问|查看|点击率|浏览量)(?:次数|量|数|人数|率)?"
            r"\s*[:：]?\s*[\d,]*\s*(?:人?次)?[】\]）)]?",
        ),
        ("neighbour", r"(?:上|下|前|后)一(?:篇|条|页|则)\s*(?:[:：].*)?|没有了"),
        ("editor", r"[（(【\[]?\s*(?:责任编辑|责编|编辑|网络编辑|网站编辑)\s*[:：].{0,16}"),
        (
            "footer",
            r".*(?:版权所有|Copyright|©|ICP备\d*|公网安备|网站标识码|网站地图).*"
            r"|(?:主办|承办|技术支持|维护)(?:单位)?[:：].{0,40}(?:主办|承办|技术支持|备案|标识).*"
            r"|网站声明|联系我们|关于我们|网站支持IPv6",
        ),
        ("related", rf"[【\[]?\s*{_OTHERS}[】\]]?\s*[:：]?"),
    )
)
_TRAIL = re.compile(
    r"(?:[您你](?:当前|现在|目前)?(?:的|所在|在的)*位置|(?:当前|现在|目前|所在)(?:的|所在)*位置|位置(?=.*[>＞»›→]))"
    r"(?:是)?\s*[:：].*|首页\s*[>＞»/›→-].*"
)
_RELATED = re.compile(
    rf"[【\[]?\s*(?:{_OTHERS}|(?:附件|原文|文件|正文|全文)下载|政策解读|解读链接|延伸阅读|推荐阅读|热点推荐|友情链接)[】\]]?\s*[:：]?"
)

_MARKS = tuple(
    (reason, re.compile(pattern))
    for reason, pattern in (
        ("breadcrumb", r"bread-?crumbs?|crumbs?|position|location|dqwz|weizhi|curr?ent-?path|wz_nav|path"),
        ("share bar", r"bds?share.*|share.*|.*[-_]share|social.*|fenxiang|jiathis.*|sharesdk"),
        ("button", r"print(?:er)?|dayin|tool-?bars?|tools?|font-?size|zihao|close|dy_gb|btns?|pageprint"),
        ("scan code", r"(?:.*[-_])?(?:qr-?code|ewm|erweima|saoyisao|code-?img)(?:[-_].*)?"),
        (
            "related",
            r"related?(?:[-_].*)?|xgwj|xgxx|xgjd|xglj|xgyd|xgwz|xgbd|xgnr|xg_?list|recommend.*|relevant.*|hot-?news",
        ),
        ("footer", r"foot(?:er)?(?:[-_].*)?|copy-?right|friend-?links?|yqlj|bottom-?nav"),
        (
            "menu",
            r"(?:main-?|top-?|sub-?|left-?|side-?)?(?:nav|menu)(?:bar|igation|s)?"
            r"|head(?:er)?-?(?:nav|top|bar)|top-?bar|login.*|search(?:box|bar|-.*)?",
        ),
        ("neighbour", r"prev-?next|pre-?next|page-?turn|pager?-?nav|sxp|shangxia.*|pagination"),
        ("editor", r"editors?|zrbj|bianji"),
    )
)
_MARK_CHARS = {"menu": 4_000, "footer": 1_500, "related": 1_500}
_MARK_USUAL_CHARS = 300


def of_line(line: str) -> str | None:
    """Return why a paragraph is furniture, or ``None`` if it is text.

    >>> of_line("【字体：大 中 小】 打印本页"), of_line("大力推进节水。")
    ('button', None)
    """
    line = line.strip()
    if len(line) <= _TRAIL_CHARS and _TRAIL.fullmatch(line):
        return "breadcrumb"
    if not line or len(line) > _LINE_CHARS:
        return None
    return next((reason for reason, pattern in _LINES if pattern.fullmatch(line)), None)


def heads_links(line: str) -> bool:
    """Tell whether a line heads a list of links (``相关链接``, ``附件下载：``)."""
    return _RELATED.fullmatch(line.strip()) is not None


def of_mark(words: str, chars: int) -> str | None:
    """Return why an element is furniture by its class and id, given how many characters it holds."""
    for word in words.lower().split():
        for reason, pattern in _MARKS:
            if pattern.fullmatch(word) and chars <= _MARK_CHARS.get(reason, _MARK_USUAL_CHARS):
                return reason
    return None

"""One notice in every form that office programs publish: the same words as DOCX, DOC, RTF, PDF and OFD."""

import ofdfile
import pdffile
from docfile import Word
from wordfile import LEVELS, document, levels, para

TITLE = ["佳木斯市人民政府办公室", "关于印发水污染防治重点工作方案的通知"]
BODY = [
    "佳政办发〔2018〕17号",
    "各县（市）区人民政府，市政府各直属单位：",
    "现将《水污染防治重点工作方案》印发给你们，请认真贯彻执行。",
    "佳木斯市人民政府办公室",
    "2018年7月19日",
    "一、工作目标",
    "到2018年底前，全市地表水水质优良比例达到55%以上，县级以上城市集中式饮用水水源水质达到或优于Ⅲ类比例为100%，各地区要切实加强组织领导并抓好落实。",
    "二、重点任务",
    "（一）控制污染排放",
    "1.狠抓工业污染防治。对造纸、制革、印染、农副食品加工等行业制定专项治理方案，实施清洁化改造，2018年底前完成清洁化改造任务。（市环境保护局牵头，市工信委、市发改委配合）",
    "2.强化城镇生活污染治理。加快城镇污水处理设施建设与改造，到2018年10月底前新增污水处理能力3万吨。（市城乡建设局负责）",
    "（二）节约保护水资源",
    "1.控制用水总量。2018年，全市用水总量控制在47.38亿立方米以内。（市水务局牵头，市农委配合）",
]
LABELS = ("一、", "二、", "（一）", "（二）", "1.", "2.")
DEPTHS = {"一、": 0, "二、": 0, "（一）": 1, "（二）": 1, "1.": 2, "2.": 2}


def txt() -> bytes:
    return "\n".join([*TITLE, *BODY]).encode()


def docx() -> bytes:
    """Return the notice with all its numbers left to Word."""
    numbering = levels(*LEVELS)
    return document(*(_numbered(line) for line in [*TITLE, *BODY]), numbering=numbering)


def _numbered(line: str) -> str:
    label = next((one for one in LABELS if line.startswith(one)), "")
    return para(line.removeprefix(label), level=DEPTHS.get(label))


def doc() -> bytes:
    word = Word()
    for line in [*TITLE, *BODY]:
        word.para(line)
    return word.file()


def rtf() -> bytes:
    lines = ["".join(f"\\'{byte:02x}" for byte in line.encode("gb18030")) for line in [*TITLE, *BODY]]
    return (r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}" + r"\par ".join(lines) + "}").encode("ascii")


def pdf() -> bytes:
    return pdffile.printed(_laid_out())


def ofd() -> bytes:
    found: list[tuple[float, str]] = []
    for paragraph in _laid_out():
        if paragraph.startswith("^"):
            found.append(((28 - len(paragraph) + 1) / 2, paragraph[1:]))
            continue
        for line in pdffile.broken(paragraph):
            words = line.lstrip("　")
            found.append((len(line) - len(words), words))
    return ofdfile.printed(found)


def _laid_out() -> list[str]:
    """Return the paragraphs with a mark for those that stand in the middle or are not indented."""
    flush = ("佳政办发", "各县")
    return [*(f"^{line}" for line in TITLE), *(f"|{line}" if line.startswith(flush) else line for line in BODY)]


FORMS = {"docx": docx, "doc": doc, "rtf": rtf, "pdf": pdf, "ofd": ofd}

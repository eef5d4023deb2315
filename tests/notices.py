"""Small notices with known facts, for tests that need several."""

from __future__ import annotations

CITIES = ("佳木斯", "鹤岗", "合肥", "南宁")


def written(city: str = "佳木斯", year: int = 2018, serial: int = 17, extra: str = "") -> str:
    """Return a notice of a city as it would be published."""
    return f"""{city[0]}政办发〔{year}〕{serial}号

{city}市人民政府办公室
关于印发{city}市{year}年度节水工作方案的通知

各县(市)区人民政府,市政府各直属单位:
    现将《{city}市{year}年度节水工作方案》印发给你们,请认真贯彻执行。

   {city}市人民政府办公室
   {year}年3月5日

{city}市{year}年度节水工作方案
一、工作目标
用水总量控制在{serial}.5亿立方米。
二、工作任务
(一)城镇节水。
1.节水单位。{year}年底前,新建节水型单位{serial}个。(市水务局牵头,市工信委、城乡建设局配合。以下均需各县(市)区政府落实,不再列出)
2.管网改造。9月底前完成改造。(市城乡建设局负责)
{extra}"""

"""Lines of a page that are no part of its text: site clocks, links, rights, telephones."""

import re

OPENING = 200
CLOCK = re.compile(
    r"(?i)\W*(?:today(?: is|:|,)|it is (?:now|\d)|now:|current (?:time|date)|local time|"
    r"beijing time|welcome\b|"
    r"今天是|今日是|今日 ?:|今天 ?:|现在是|当前时间|当前日期|北京时间 ?:|欢迎)"
)
_ASIDE_WORDS = re.compile(
    "℃|°c|cloudy|sunny|overcast|欢迎您|"
    "欢迎访问|欢迎光临|欢迎来到|欢迎进入|今天是|welcome to|设为首页|加入收藏|"
    "©|[(]c[)] [0-9]|copyright|all rights reserved|icp no|icp备|icp证|备案号|版权所有"
)
_WEATHER = re.compile(r"(?:星期|周)[一二三四五六日天] +(?:晴|阴|多云|小雨)")
_ASIDE = re.compile(
    r"(?i)\W*(?:related\b|see also|read more|more (?:news|stories)|previous\b|next\b|recommended|"
    r"latest news|hot topics|links?\b|attachments?\b|copyright|all rights reserved|tel\b|fax\b|"
    r"phone\b|isbn|issn|doi\b|prev\b|"
    r"相关|上一篇|下一篇|上一条|下一条|上篇|下篇|延伸阅读|推荐阅读|友情链接|热点|附件|版权|备案|电话|传真|"
    r"扫一扫|责任编辑:?\s*$)"
)
LIST_HEADING = re.compile(
    r"(?i)\W*(?:(?:related|more|other|recommended|popular|recent|latest)"
    r" (?:stories|news|articles|links|reading|reports|posts|notices|content)|"
    r"recommended(?: for you)?|you (?:may|might) (?:also )?(?:like|be interested in)|"
    r"trending(?: now)?|most (?:read|viewed|popular)|don['’]t miss|what others read|"
    r"(?:相关|热点|最新|推荐|更多|近期|往期)(?:新闻|链接|阅读|报道|文章|信息|内容|资讯|回顾|推荐)|"
    r"延伸阅读|推荐阅读|猜你喜欢|大家都在看|热门(?:文章|新闻|推荐))\W*$"
)


def is_aside(line: str) -> bool:
    """Say whether a line is no part of the text: a site clock, a link, rights, a telephone."""
    opening = line[:OPENING].lower()
    if len(line) <= OPENING and _ASIDE_WORDS.search(opening):
        return True
    if "周" in opening or "星期" in opening:
        return _WEATHER.search(opening) is not None or CLOCK.match(opening) is not None
    return bool(_ASIDE.match(opening) or CLOCK.match(opening) or LIST_HEADING.match(opening))

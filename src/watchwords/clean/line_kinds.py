"""What a line looks like by itself: a sentence, words to an audience, a row of buttons."""

import re

SENTENCE, MARKED, MENU, KEPT, PLAIN = "sentence", "marked", "menu", "kept", "plain"
LONG_WORDS = 160
LONG_SIGNS = 60
LONGEST_MENU = 12
_LONGEST = 600
_END = re.compile(r"[.!?。！？;；:：,，…—]['\"”’」』)）\]*_]*$")
_HAN = re.compile("[㐀-鿿]")
_WORD = re.compile(r"[^\W\d_]+")
# Words of a page about itself, which mark even a whole sentence: a part that is quickly looked
# for, and the whole.
_SURE = {
    hint: re.compile(pattern)
    for hint, pattern in (
        ("©", "©"),
        ("copyright", r"\bcopyright\b.{0,40}(?:\d{4}|reserved|\bby\b)"),
        ("rights reserved", r"\ball rights reserved\b"),
        ("http", "https?://"),
        ("www.", r"\bwww\.\w"),
        ("@", r"[\w.]@[\w-]+\.\w"),
        ("newsletter", r"\bnewsletter"),
        ("subscribe", r"\bsubscribe\b"),
        ("cookie", r"\bcookies?\b"),
        ("privacy", r"\bprivacy (?:policy|notice)"),
        ("javascript", r"\bjavascript\b"),
        ("browser", r"\bbrowser\b"),
        ("this ", r"\bthis (?:web ?)?(?:site|page)\b"),
        ("share this", r"\bshare this\b"),
        ("our ", r"\bour (?:web ?site|apps?)\b"),
        ("click here", r"\bclick here\b"),
        ("terms of use", r"\bterms of use\b"),
        ("follow us", r"\bfollow us\b"),
        ("map", r"\bsite ?map\b"),
        ("no part of this", "no part of this"),
        ("address", r"^(?:(?:postal|our|office) )?address\s*[:：]\s*\S"),
        ("地址", r"^(?:单位|办公|联系)?地址\s*[:：]\s*\S"),
        ("版权", "版权(?:所有|归|声明)"),
        ("备", r"备案|备\d{6,}"),
        ("未经", "未经.{0,12}(?:授权|许可)"),
        ("转载", "转载(?:请|须)"),
        ("网站", "网站(?:地图|声明|标识)"),
        *(
            (word, word)
            for word in ("请注明", "关注我们", "联系我们", "关于我们", "浏览器", "分辨率")
        ),
        *((word, word) for word in ("责任编辑", "主办单位", "承办单位", "技术支持", "举报电话")),
    )
}
_BUTTON_WORDS = (
    "home homepage news about contact sitemap site map menu search login log sign register "
    "subscribe newsletter follow share print email e-mail facebook twitter weibo wechat youtube "
    "linkedin instagram whatsapp telegram rss feed feeds privacy policy terms conditions cookie "
    "cookies accessibility help faq careers advertise advertising archive archives video videos "
    "photo photos gallery sports sport business culture opinion world travel lifestyle topics "
    "sections edition editions language english chinese français español top back next previous "
    "prev read more comment comments related stories articles story mobile app apps download "
    "copyright rights reserved powered skip content main navigation toggle close open save "
    "favorites favourites bookmark page links link services service media press releases release "
    "events calendar latest popular trending most viewed editor source website feedback"
)
_BUTTONS = frozenset(_BUTTON_WORDS.split())
_SMALL_WORDS = "a an the of to in on for and by with us our your this it from at as"
_SMALL = frozenset(_SMALL_WORDS.split())
_BUTTON_SIGNS = re.compile(
    "首页|导航|登录|注册|搜索|检索|邮编|电话|传真|邮箱|微信|微博|打印|关闭|分享|收藏|返回|上一篇|下一篇|"
    "相关(?:链接|新闻|阅读|报道)|编辑[:：]|来源[:：]|繁体|简体|频道|专题|网址|友情链接|字号|手机版|无障碍|客户端|二维码|公众号"
)
_SEPARATED = re.compile(r"\s[|｜»›>·•/]\s|[|｜»›]")
_BAR = re.compile(r"[|｜»›>·•]")
_ADDRESSED = re.compile(
    r"(?i)^\W*(?:(?:to\s+)?(?:the\s+)?(?:mr|mrs|ms|madam|sir|dear|fellow|my\s+(?:fellow|dear)|"
    r"ladies|gentlemen|comrades?|friends|members?\s+of|senators?|representatives|delegates|"
    r"citizens|colleagues|hono[u]?rable|hon|your\s+(?:excellenc|majest|hono[u]?r)|"
    r"distinguished|excellenc\w*|thank\s+you|thanks|god\s+bless|may\s+god|long\s+live|yours|"
    r"sincerely|respectfully|applause|laughter)\b|各位|同志们|尊敬的|女士们|先生们|朋友们|主席|"
    r"代表们|委员们|谢谢|多谢|祝|此致|敬礼|特此|以上.{0,6}报告|请予|现在.{0,4}(?:我|休会))"
)
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    r"(?i)\b(?:19|20)\d\d\s*[-/.年]\s*\d|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?"
    rf"{_MONTH}\b|\b{_MONTH}\.?\s+\d|\d\s*月\s*\d|[〇零一二三四五六七八九]{{4}}年"
)
_DIGITS = re.compile(r"\d+")


def line_kind(line: str) -> str:
    """Say what a line is by itself.

    Parameters
    ----------
    line : str
        Without blanks at its ends.

    Returns
    -------
    str
        "marked": it names rights, addresses or a row of buttons. "menu": half of its words are
        those of buttons. "kept": a date, or words said to the audience.
        "sentence": it ends like one, or is as long as one. "plain": nothing of the kind, such as
        a title, the name of a paper or an entry of a menu.

    Examples
    --------
    >>> [line_kind(line) for line in ("Home | News", "Mr. Speaker", "Two upholds.", "Tinghe News",
    ...     "3 May 2021", "Pier Opens")]
    ['marked', 'kept', 'sentence', 'menu', 'kept', 'plain']
    """
    if len(line) > _LONGEST:
        return SENTENCE
    if _is_sure(line) or len(_SEPARATED.findall(line)) >= 2 or _is_menu_row(line):
        return MARKED
    if _ADDRESSED.match(line) or (len(line) <= 60 and _DATE.search(line)):
        return KEPT
    if line[-1] in ":：" and _is_buttons(line):
        return MENU
    if _END.search(line) or len(line) > (LONG_SIGNS if _HAN.search(line) else LONG_WORDS):
        return SENTENCE
    return MENU if _is_buttons(line) else PLAIN


def line_key(line: str) -> str:
    """Fold capitals and blanks, and the digits of marked lines: counters and years change.

    Parameters
    ----------
    line : str

    Returns
    -------
    str
    """
    if len(line) > _LONGEST:
        return line
    folded = " ".join(line.split()).casefold()
    counted = len(folded) <= LONG_WORDS and _DIGITS.search(folded)
    return _DIGITS.sub("0", folded) if counted and _is_sure(folded) else folded


def fold_digits(key: str) -> str:
    """Write every number as 0.

    Examples
    --------
    >>> fold_digits("issue 12 of 2021")
    'issue 0 of 0'
    """
    return _DIGITS.sub("0", key)


def has_own_words(line: str) -> bool:
    """Say whether a line has words besides those of buttons, and is not sure to be furniture.

    Examples
    --------
    >>> has_own_words("open door policy"), has_own_words("print this page"), has_own_words("©")
    (True, False, False)
    """
    words = _WORD.findall(_BUTTON_SIGNS.sub(" ", line.lower()))
    own = any(len(word) > 1 and word not in _BUTTONS | _SMALL for word in words)
    return own and line_kind(line) != MARKED


def _is_sure(line: str) -> bool:
    low = line.lower()
    hints = [hint for hint in _SURE if hint in low]
    return any(_SURE[hint].search(low) for hint in hints)


def _is_menu_row(line: str) -> bool:
    """Say whether a line is made of words of buttons alone, with a bar or arrow between them."""
    if not _BAR.search(line):
        return False
    words = _WORD.findall(line.lower())
    return bool(words) and all(word in _BUTTONS or word in _SMALL for word in words)


def _is_buttons(line: str) -> bool:
    if len(line) <= 24 and _BUTTON_SIGNS.search(line):
        return True
    words = [word for word in _WORD.findall(line.lower()) if word not in _SMALL]
    buttons = sum(word in _BUTTONS for word in words)
    return buttons > 0 and 2 * buttons >= len(words) and len(words) <= LONGEST_MENU

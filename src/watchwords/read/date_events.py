"""The day an event is reported for: month and day, bare day or relative word, made complete.

Relative words are resolved against a known posting date only, or the dateline it completes, to
the latest such day not after it; what follows "will" to the next such day not before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from watchwords.read.date_adoptions import is_adoption, last_adoption
from watchwords.read.date_forms import DateForm
from watchwords.read.date_grammar import find_forms
from watchwords.read.date_mastheads import is_of_something_else
from watchwords.read.date_relative import Relative, find_relative

_FUTURE = re.compile(
    r"(?i)\b(?:will|shall|is to|are to|to be held|scheduled|upcoming|due)\b"
    r"|将于|拟于|定于|将在|计划|拟|预计|力争"
)
# What is said of a day to come without "will".
_ANNOUNCES = re.compile(
    r"(?i)\b(?:is|are) (?:closed|cancelled|canceled|suspended|expected|open)\b"
    r"|\b(?:opens|begins|starts|closes|ends|runs|kicks off|takes place|begin|start|close)\b"
    r"|暂停|暫停|停办|停辦|停水|停电|停電|停气|停运|停航|停业|停課|停课|放假|休市|休馆|闭馆|调休|开售|限行|请假|举办.{0,20}(?:欢迎|敬请)"
)
_AIMS = re.compile(
    r"(?i)\b(?:will|shall|must|should|plans? to|aims? to|please|valid|expires?|deadline)\b"
    "|将|请|力争|目标"
)
_AS_OF = re.compile(
    r"(?i)(?:\bas (?:of|at)|\bat|\bby|\buntil|\bup to)(?: the end of)? *$|截至|截止|截止到"
)
# A day by which something is due, or until which it holds, is not the day of the text.
_DUE_BEFORE = re.compile(
    r"(?i)(?:\b(?:by|until|till|through|(?:no|not) later than|valid (?:to|from)|"
    r"expir(?:es|ing|y)(?: date)?|deadline(?: is)?|due(?: date)?(?: on| is)?)(?: the end of)?"
    r"|有效(?:期|期限)?(?:至|到|为|：)?|至|到|截至|截止|截止到|期限|时限)[ :：]*$"
)
_DUE_AFTER = re.compile(" ?(?:以前|之前|前|止(?!于))")
_CITED_BEFORE = re.compile(
    r"(?i)(?:\b(?:since|before|after|of|to|than|dated|founded|established|born|anniversary)"
    r"|(?<!was )(?<!were )(?<!been )(?<!be )\b(?:delivered|given|made|issued|signed|published|"
    r"released|adopted|passed|approved|promulgated|launched)(?: by [^,.]{2,40})?(?: on| in)?"
    r"|自|自从|从|(?:成立|[始兴修]?建|[建落完]成|[完竣开]工|创[办立建]|[诞出]?生|签[署订]|颁布)于|经|根据|根據|依据|依照|按照|遵照|参照|鉴于|[关關]于)"
    r" *(?:the )?(?:on )?$"
)
_NAMED_BY_DAY = re.compile(r"(?i)\b(?:the|this|that|a|his|her|its|their) $")
_DAYTIME = re.compile(
    r"(?i)\b(?:morning|afternoon|evening|night|noon|day|session|meeting) of *(?:the )?$"
)
_CITED_AFTER = re.compile(
    r"(?i) *(?:['’]s? )?(?:(?:important |keynote |major )*(?:speech|instruction|letter|notice|"
    r"movement|road|street|avenue|square|bridge|school|incident)\b)"
    r"|(?:以来|以后|之后|起|[^，。]{0,4}纪要|的?(?:重要)?(?:讲话|指示|批示|文件|通知|精神|印发|发布|发表|成立)"
    r"|的[^，。]{0,6}(?:纪要|决定|规定|协议|报告|报道|调查))"
)
_LONG_AFTER = re.compile(
    r"(?i)[一二三四五六七八九十百\d]{1,4}[多余]?年(?:来|后|间|过去)"
    r"|\b(?:years|decades|century) (?:later|on|since|after|have passed)\b"
)
_HISTORY = re.compile(
    r"(?i)\b(?:founded|founding|born|proclaimed|anniversary|years ago)\b|"
    r"周年|诞生|建国|建党|出生|(?:诞|生)于|"
    r"(?:共产党|共和国|新中国)成立|，[^，。]{0,12}(?:成立|创立|创建)。"
)
# What may stand before the complete date of an event: nothing but small words, or its verb.
_OPENS = re.compile(
    r"^\W*(?:[A-Z][A-Za-z.'’ -]{1,30}, *)?(?:[Aa]t \d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\.?,? +)?"
    r"(?i:(?:on|in|at|from|during|the|early|late|morning|afternoon|evening|night|noon|of|this|"
    r"news|report(?:er)?|our|newspaper|correspondent)\b\W*)*(?:\([^)]*\)\W*)?$"
)
_OPENS_ZH = re.compile("^[^，。！？]{0,14}$")
_VERB_BEFORE = re.compile(
    r"(?i)\b(?:met|meets|held|holds|opened|opens|convened|visited|took place|launched|chaired|"
    r"attended|studied|inspected|closed|organi[sz]ed|gathered|presided|hosted|signed|"
    r"reopened|unveiled|announced|discussed|reviewed|welcomed|received|toured|addressed|urged|"
    r"stressed|awarded|celebrated|marked|started|inaugurated|conveyed|heard|exchanged|spoke|paid)\b"
    r"[^.;]{0,60}\b(?:on|from) *(?:the )?(?:(?:morning|afternoon|evening|night) of *)?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? *)?$"
)
_CITES_SPEECH = re.compile(
    r"(?i)\b(?:speech|instructions?|letter|remarks|spirit|article)\b|讲话|指示|精神|批示"
)
_DELIVERY = re.compile(
    r"\s*(?:[-—–]{1,2}|[(（])\s*[^\W\d]"
    r"|\s*(?:Delivered|Given|Presented|Adopted) (?:at|to|by|before)\b"
)
_CLAUSE = re.compile(
    r"(?i)\b(?:which|that|who|whose|fiscal|year|quarter|months?|ending|ended|effective)\b"
)
_DATELINE_END = re.compile(
    r"\s*(?:(?:\([^)]{2,60}\)|/[A-Za-z ]{2,40}/|,[^,.]{2,30})?\s*(?:[-–—]{1,2})\s"
    r"|\((?:Xinhua|Reporter|Correspondent|AP|CNS)\b[^)]{0,60}\)|[)）])"
)
_DATELINE_ZH = re.compile(
    r" ?(?:[（(][^）)]{0,20}[）)])?[^，。]{0,2}(?:电|讯|訊|電)(?:[（(][^）)]{1,40}[）)])?"
)
_PRESS = re.compile(
    r"(?i)[(（]|\b(?:news|agency|newspaper|wire|xinhua|daily|report)\b|[A-Z]{3,}|社|报|网|台|讯"
)
_OLDER_YEAR = re.compile(r"(?i)(?:,? (?:of )?last year\b)")
MAX_BODY_AGE = 60
"""Years after which a date among words, with no other, is history and not the news."""
_NEAR_CHARACTERS, _SHORT_SENTENCE, _MAX_SENTENCE = 60, 160, 400
_SENTENCE_END = re.compile(r"(?<=[a-z\d)\"”’'][.!?])\s+(?=[\"“A-Z])|(?<=[。！？])")
_ENDS = re.compile(r"[.!?。！？…][\"”’')）]*\s*$")


@dataclass(frozen=True)
class Event:
    """What the first sentences say about the day of an event.

    Attributes
    ----------
    form : DateForm or None
        The expression; None for a relative word.
    relative : Relative or None
        A word such as "yesterday" or "Friday".
    dateline : DateForm or None
        The day of an agency's dateline, from which the rest is counted.
    future : bool
        The sentence speaks of what will be.
    months_back, years_back : int
        1 for "last month", "last year".
    words : str
        The words themselves.
    not_before : str
        The day up to which a statistic counts: the text is not older.
    told : bool
        A sentence says it, not a line of its own such as "(June 26, 1957)".
    announced : bool
        It is said in the present, as of a day to come: "the office is closed on March 5".
    """

    form: DateForm | None = None
    relative: Relative | None = None
    dateline: DateForm | None = None
    future: bool = False
    months_back: int = 0
    years_back: int = 0
    words: str = ""
    not_before: str = ""
    told: bool = False
    announced: bool = False

    @property
    def is_found(self) -> bool:
        """Whether any day was found."""
        return self.form is not None or self.relative is not None or self.dateline is not None


def find_event(lines: Sequence[str], *, title: str = "", lang: str = "en") -> Event:
    """Find the day of the event in the opening lines of a report.

    The first sentence of each line is read, up to the first line that is a paragraph. A title is
    read only if it closes like a sentence. Dates of cited speeches, of foundations and of what a
    statistic counts up to are no events.

    Parameters
    ----------
    lines : sequence of str
        Lines below the title, without labels and date lines.
    title : str, default ""
        The title.
    lang : str, default "en"
        Language, as for `find_forms`.

    Returns
    -------
    Event
        Nothing found if the opening says nothing.
    """
    not_before = ""
    for line in ([title] if ends_as_sentence(title) else []) + list(lines):
        if is_adoption(line):
            return _adopted(line, lang)
        event = _in_line(line[:_MAX_SENTENCE], lang)
        if event.is_found:
            return _after_delivery(event, line)
        not_before = not_before or event.not_before
        if is_paragraph(line) and line != title:
            break
    return Event(not_before=not_before)


def _after_delivery(event: Event, line: str) -> Event:
    """Take the day a report counts from today, where its first sentence dates an older event.

    "On 1 July 2021 he gave a speech. Yesterday the city studied it": the text is of another day.
    """
    if event.form is None or event.form.kind != "ymd" or not event.told or event.dateline:
        return event
    opening = first_sentence(line[:_MAX_SENTENCE])
    rest = line[len(opening) : len(opening) + _MAX_SENTENCE].lstrip()
    if _LONG_AFTER.search(rest, 0, _NEAR_CHARACTERS):
        return Event(not_before=event.form.edtf)
    relative = find_relative(rest)
    if relative is None or relative.offset is None or relative.start > 0:
        return event
    return Event(relative=relative, words=relative.words, not_before=event.form.edtf)


def _adopted(line: str, lang: str) -> Event:
    """Take the last adoption or amendment of a law, or nothing."""
    form = last_adoption(line, lang=lang)
    return Event() if form is None else Event(form=form, words=line[form.start : form.end].strip())


def first_sentence(line: str) -> str:
    """Cut a line after its first sentence."""
    for match in _SENTENCE_END.finditer(line):
        if match.start() >= 12:
            return line[: match.start()]
    return line


def is_paragraph(line: str) -> bool:
    """Say whether a line is running text rather than a title, a name or a date line."""
    return len(line) > 160 or ends_as_sentence(line)


def ends_as_sentence(line: str) -> bool:
    """Say whether a line closes with the mark of a sentence."""
    return _ENDS.search(line, max(0, len(line) - 12)) is not None


def _in_line(line: str, lang: str) -> Event:
    """Read the first sentence of a line; behind a dateline, what it reports."""
    sentence = first_sentence(line)
    dateline = _dateline(sentence, lang)
    if dateline is None:
        return _in_sentence(sentence, lang)
    form, end = dateline
    rest = first_sentence(line[end:].lstrip())
    told = _in_sentence(rest, lang)
    words = sentence[form.start : form.end]
    if told.form is not None and told.form.kind == "ymd" and told.form.is_long:
        told = Event()
    return replace(told, dateline=form, words=words if told.form is None else told.words)


def _dateline(sentence: str, lang: str) -> tuple[DateForm, int] | None:
    """Find the day of an agency's dateline, and where the report behind it begins."""
    for form in find_forms(sentence[: 2 * _NEAR_CHARACTERS], lang=lang):
        if form.first[1] is None or form.last is not None or form.start > _NEAR_CHARACTERS:
            continue
        end = _DATELINE_ZH.match(sentence, form.end)
        if end is None:
            end = _DATELINE_END.match(sentence, form.end)
            if end is None or not _PRESS.search(sentence[: end.end()]):
                continue
        return form, end.end()
    return None


def _in_sentence(sentence: str, lang: str) -> Event:
    not_before = ""
    usable = []
    for form in find_forms(sentence, lang=lang):
        if form.first[2] is None:
            continue
        if form.kind == "ymd" and _AS_OF.search(sentence[: form.start]):
            if not (_AIMS.search(sentence) or _DUE_AFTER.match(sentence, form.end)):
                not_before = not_before or form.edtf
        elif _is_reported(sentence, form) and not _is_cited(sentence, form):
            usable.append(form)
    first = usable[0] if usable else None
    relative = find_relative(sentence[: first.start] if first else sentence)
    if first is None:
        words = relative.words if relative else ""
        return Event(relative=relative, words=words, not_before=not_before)
    if relative is not None and (relative.offset is not None and first.kind == "d"):
        return Event(relative=relative, words=relative.words, not_before=not_before)
    before, after = sentence[: first.start], sentence[first.end :]
    return Event(
        form=first,
        future=bool(_FUTURE.search(before)),
        months_back=int(before.endswith(("上月", "上个月")) or " last month" in after[:14]),
        years_back=int(before.endswith(("去年", "上年")) or bool(_OLDER_YEAR.match(after))),
        announced=bool(_ANNOUNCES.search(sentence)),
        words=re.sub(r"^(?:[Oo]n|[Oo]f|[Ff]rom) ", "", sentence[first.start : first.end]),
        not_before=not_before,
        told=ends_as_sentence(sentence),
    )


def _is_cited(sentence: str, form: DateForm) -> bool:
    before, after = sentence[: form.start], sentence[form.end :]
    if before.count('"') % 2 or before.count("“") > before.count("”"):
        return True
    heads = not (ends_as_sentence(sentence) or _FUTURE.search(before))
    if heads and is_of_something_else(before, after):
        return True
    if _DAYTIME.search(before[-40:]):
        return False
    if _NAMED_BY_DAY.search(before[-8:]) and re.match(" [a-z]", after):
        return True
    if _DUE_BEFORE.search(before[-40:]) or _DUE_AFTER.match(after):
        return True
    cited = bool(_CITED_BEFORE.search(before) or _CITED_AFTER.match(after) or _AS_OF.search(before))
    return cited or (form.kind == "ymd" and (bool(_HISTORY.search(sentence)) or form.is_long))


def _is_reported(sentence: str, form: DateForm) -> bool:
    """Say whether a date is where reports put the day of their event."""
    before = sentence[: form.start]
    if form.kind != "ymd":
        return form.start <= _NEAR_CHARACTERS or len(sentence) <= _SHORT_SENTENCE
    if not ends_as_sentence(sentence) and not re.search(
        "[日号A-Za-z]", sentence[form.start : form.end]
    ):
        return bool(re.search(r"(?i)\bon $|于$", before))
    if _OPENS.match(before) or _DELIVERY.match(sentence):
        return True
    if re.search("[一-鿿]", sentence):
        return bool(_OPENS_ZH.match(before)) and not _CITES_SPEECH.search(
            sentence[form.end : form.end + 12]
        )
    if _CLAUSE.search(before) or _CITES_SPEECH.search(before):
        return False
    return bool(_VERB_BEFORE.search(before))

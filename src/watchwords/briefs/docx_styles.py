"""The looks of a Word document, as styles that its editor changes in one place."""

from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import BaseStyle

from watchwords.briefs.docx_parts import add_field, add_text, drop_thumbnail, element

TEXT_WIDTH = 165  # mm, the width charts are drawn for
TABLE = "Watchwords Table"
INK, BODY, MUTED, HAIRLINE = "1A3C5E", "1D2733", "566270", "D5DBE1"
TINT, MARKER = "F0F3F6", "FBEEC2"

# A font of the reader's machine, and what stands for it where it is missing.
_SERIF, _SANS = "Georgia", "Calibri"
_HAN_SERIF, _HAN_SANS = "SimSun", "Microsoft YaHei"
_STAND_INS = {
    _SERIF: "Gelasio;Noto Serif;Liberation Serif;Times New Roman",
    _SANS: "Carlito;Noto Sans;Liberation Sans;Arial",
    _HAN_SERIF: "宋体;Songti SC;Noto Serif SC;Noto Serif CJK SC",
    _HAN_SANS: "微软雅黑;PingFang SC;Noto Sans SC;Noto Sans CJK SC",
}
_FAMILIES = {_SERIF: "roman", _SANS: "swiss", _HAN_SERIF: "roman", _HAN_SANS: "swiss"}

# Name, font, size, colour, bold, room before and after in points.
_PARAGRAPHS = (
    ("Normal", _SERIF, 10.5, BODY, False, 0, 5),
    ("Title", _SERIF, 26, INK, True, 0, 4),
    ("Subtitle", _SANS, 12, BODY, False, 0, 2),
    ("Heading 1", _SANS, 15, INK, True, 20, 6),
    ("Heading 2", _SANS, 12.5, INK, True, 14, 4),
    ("Heading 3", _SANS, 11, BODY, True, 10, 3),
    ("Caption", _SANS, 9, BODY, True, 10, 3),
    ("Quote", _SERIF, 10.5, BODY, False, 4, 2),
    ("Header", _SANS, 8, MUTED, False, 0, 0),
    ("Footer", _SANS, 8, MUTED, False, 0, 0),
    ("Watchwords Small", _SANS, 8, MUTED, False, 2, 6),
    ("Watchwords Kicker", _SANS, 8.5, MUTED, True, 0, 14),
    ("Watchwords Fact", _SANS, 13, INK, True, 8, 0),
    ("Watchwords Cell", _SANS, 8.5, BODY, False, 0, 0),
    ("Watchwords Head", _SANS, 8, MUTED, True, 0, 0),
    ("Watchwords Refusal", _SERIF, 15, INK, True, 10, 6),
    ("Watchwords Method", _SANS, 9.5, BODY, False, 0, 4),
    ("Watchwords Picture", _SANS, 8, BODY, False, 0, 0),
)
# Name, colour, bold, raised.
_CHARACTERS = (
    ("Watchwords Number", INK, True, False),
    ("Watchwords Link", INK, False, False),
    ("Watchwords Mark", BODY, False, False),
    ("Watchwords Note Mark", INK, False, True),
)
_TABLE_XML = f"""
<w:tblPr {nsdecls("w")}><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
<w:insideH w:val="single" w:sz="2" w:space="0" w:color="{HAIRLINE}"/>
</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
<w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>
"""
_HEAD_XML = f"""
<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{INK}"/>
</w:tcBorders></w:tcPr></w:tblStylePr>
"""


def new_document(cover: dict[str, str]) -> Document:
    """Make an empty document with our styles, header and footer.

    Parameters
    ----------
    cover : dict
        Of the outline: ``running_title``, ``as_of_words``, ``label``, ``corpus``, ``lang``.

    Returns
    -------
    Document
    """
    document = docx.Document()
    drop_thumbnail(document)
    _set_page(document, cover)
    for name, font, size, colour, bold, before, after in _PARAGRAPHS:
        style = _style(document, name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.get_or_add_rPr().clear()  # the template spaces and underlines its own way
        _set_font(style, font)
        style.font.size, style.font.bold = Pt(size), bold
        style.font.color.rgb = RGBColor.from_string(colour)
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        layout.line_spacing = 1.0 if name.endswith(("Cell", "Head")) else 1.12
        layout.keep_with_next = name.startswith(("Heading", "Caption")) or "Picture" in name
    for name, colour, bold, raised in _CHARACTERS:
        style = _style(document, name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor.from_string(colour)
        style.font.bold, style.font.superscript = bold or None, raised or None
    _finish(document)
    _name_stand_ins(document)
    return document


def _style(document: Document, name: str, kind: WD_STYLE_TYPE) -> Any:
    styles = document.styles
    if name in styles:
        return styles[name]
    style: BaseStyle = styles.add_style(name, kind)
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = styles["Normal"]  # type: ignore[attr-defined]  # (a paragraph's style has it)
    style.quick_style = True
    return style


def _set_font(style: Any, latin: str) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    han = _HAN_SERIF if latin == _SERIF else _HAN_SANS
    for key, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", han)):
        fonts.set(qn(f"w:{key}"), name)


def _finish(document: Document) -> None:
    styles = document.styles
    title = styles["Title"].element.pPr
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    for name in ("Header", "Footer"):
        properties = styles[name].element.pPr
        for stops in properties.findall(qn("w:tabs")):
            properties.remove(stops)  # of a narrower page
    quote = styles["Quote"].paragraph_format
    quote.left_indent = Mm(6)
    bar = element("w:left", val="single", sz="12", space="8", color=INK)
    _set_border(styles["Quote"], bar)
    _set_border(
        styles["Watchwords Refusal"], element("w:top", val="single", sz="16", space="6", color=INK)
    )
    refusal = styles["Watchwords Refusal"].element.pPr
    refusal.insert_element_before(
        element("w:shd", val="clear", color="auto", fill=TINT), "w:spacing", "w:ind", "w:jc"
    )
    mark = styles["Watchwords Mark"].element.get_or_add_rPr()
    mark.append(element("w:shd", val="clear", color="auto", fill=MARKER))
    table = styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    table.base_style = styles["Normal Table"]
    table.element.append(parse_xml(_TABLE_XML))
    table.element.append(parse_xml(_HEAD_XML))


def _set_border(style: Any, side: Any) -> None:
    borders = element("w:pBdr")
    borders.append(side)
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc"
    )


def _set_page(document: Document, cover: dict[str, str]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    side = Mm((210 - TEXT_WIDTH) / 2)
    section.left_margin = section.right_margin = side
    section.top_margin, section.bottom_margin = Mm(23), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        add_text(line, (cover["label"] or cover["corpus"]) + "\t")
        add_field(line, "PAGE", "1")
        add_text(line, " / ")
        add_field(line, "NUMPAGES", "1")
    line = section.header.paragraphs[0]
    line.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    add_text(line, f"{cover['running_title']}\t{cover['as_of_words']}")
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    lang = "en-GB" if cover["lang"] == "en" else cover["lang"]
    defaults.append(element("w:lang", val=lang, eastAsia="zh-CN"))


def _name_stand_ins(document: Document) -> None:
    """Say in the table of fonts what may stand for a font that a machine does not have."""
    relations = document.part.rels.values()
    part = next(r.target_part for r in relations if r.reltype.endswith("/fontTable"))
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/>'
        f'<w:family w:val="{_FAMILIES[name]}"/><w:pitch w:val="variable"/></w:font>'
        for name, others in _STAND_INS.items()
    )
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>'
    part._blob = f"{table}{fonts}</w:fonts>".encode()

"""How an official letter looks: its page, its styles, its fonts and what stands in for them (knowledge/letter.toml)."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.parfmt import ParagraphFormat

from selfeval.knowledge import load

_ALIGNMENTS = {"center": WD_ALIGN_PARAGRAPH.CENTER, "both": WD_ALIGN_PARAGRAPH.JUSTIFY, "right": WD_ALIGN_PARAGRAPH.RIGHT}
# The names Word itself knows: its navigation pane and its contents look for them.
_BUILT_IN = {"Normal": "Normal", "Title": "Title", **{f"heading{level}": f"Heading {level}" for level in range(1, 5)}}
_KEPT = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "header", "footer", "Table Grid"})
# Laid out as Word has done since this version; an older one is shown as 兼容模式.
_WORD_VERSION = "15"
# Twentieths of a point, in which Word counts.
_TWIPS = 20
_FONT_TABLE = "/word/fontTable.xml"
_UNWANTED = ("thumbnail", "stylesWithEffects", "numbering", "customXml", "webSettings", "fontTable", "extended-properties")


def dress(document: Document) -> None:
    """Give a new document the page, styles and fonts of an official letter, and nothing of the template it came from."""
    _strip(document)
    _lay_out(document)
    _set_defaults(document)
    for key, look in load("letter")["style"].items():
        _set_style(style_of(document, key), look)
    _narrow_cells(document)
    _name_fonts(document)


def style_of(document: Document, key: str) -> ParagraphStyle:
    """The style of letter.toml called `key`, made where Word has none of its own for it."""
    name = _BUILT_IN.get(key) or load("letter")["style"][key]["name"]
    if name not in document.styles:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = None if key == "Normal" else document.styles["Normal"]
    return document.styles[name]


def _strip(document: Document) -> None:
    """Leave out the picture, lists and hundreds of styles of the template, and what made it."""
    for holder in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in holder.items() if any(word in relation.reltype for word in _UNWANTED)]:
            del holder[key]
    wanted = {*_KEPT, *(f"heading {level}" for level in range(1, 5))}
    styles = document.styles.element
    for element in list(styles):
        name = element.find(qn("w:name"))
        if element.tag == qn("w:style") and (name is None or name.get(qn("w:val")) not in wanted):
            styles.remove(element)
    for element in styles.iter(qn("w:link"), qn("w:rsid")):
        element.getparent().remove(element)


def _lay_out(document: Document) -> None:
    page = load("letter")["page"]
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
    section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
    section.footer_distance, section.header_distance = Mm(page["footer"]), Mm(page["footer"])
    document.settings.odd_and_even_pages_header_footer = True
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_VERSION)


def _set_defaults(document: Document) -> None:
    """The language of what is written in Chinese and of what is not, which decides where lines break; nothing leans on a theme's fonts."""
    page, latin = load("letter")["page"], load("letter")["latin"]
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for element in (*defaults.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))):
        element.set(qn("w:val"), latin["language"])
        element.set(qn("w:eastAsia"), page["language"])
    properties = next(defaults.iter(qn("w:rPr")))
    _set_font(properties, load("letter")["style"]["Normal"]["font"])


def _set_style(style: ParagraphStyle, look: dict[str, Any]) -> None:
    # Such as the blue line that the template draws under a title.
    for inherited in (*style.element.findall(qn("w:pPr")), *style.element.findall(qn("w:rPr"))):
        style.element.remove(inherited)
    _set_font(style.element.get_or_add_rPr(), look["font"])
    style.font.size, style.font.bold, style.font.italic = Pt(look["size"]), look.get("bold", False), False
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.alignment = _ALIGNMENTS.get(look.get("align", ""))
    form.space_before, form.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.get("line", load("letter")["page"]["line"]))
    form.widow_control, form.keep_together = True, False
    form.keep_with_next = "outline" in look or look.get("joins", False)
    if "outline" in look:
        level = _element("outlineLvl", val=str(look["outline"]))
        style.element.get_or_add_pPr().append(level)
    _indent(form, look)
    style.quick_style = True


def _indent(form: ParagraphFormat, look: dict[str, Any]) -> None:
    """Indents counted in characters, so that they follow the font; in points as well for readers that know no characters."""
    form.first_line_indent, form.right_indent = Pt(look.get("indent", 0) * look["size"]), Pt(look.get("right", 0) * look["size"])
    indent = form.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(look.get("indent", 0) * 100))
    indent.set(qn("w:rightChars"), str(look.get("right", 0) * 100))


def _set_font(properties: BaseOxmlElement, font: str) -> None:
    """Chinese in `font`, digits and letters in the Latin font."""
    for fonts in properties.findall(qn("w:rFonts")):
        properties.remove(fonts)
    latin = load("letter")["latin"]["font"]
    properties.insert(0, _element("rFonts", ascii=latin, hAnsi=latin, eastAsia=font, cs=latin))


def _narrow_cells(document: Document) -> None:
    """Little room beside the text of a cell, so that a head of five characters stands on one line."""
    margin = str(round(load("letter")["table"]["margin"] * _TWIPS))
    for margins in document.styles["Table Grid"].element.iter(qn("w:tblCellMar")):
        for side in ("left", "right"):
            margins.find(qn(f"w:{side}")).set(qn("w:w"), margin)


def _name_fonts(document: Document) -> None:
    """A table of fonts that says what may stand in for one a machine does not have."""
    table = parse_xml(f"<w:fonts {nsdecls('w')}/>")
    for name, others in load("letter")["fonts"].items():
        font = _element("font", name=name)
        font.append(_element("altName", val=",".join(others)))
        # 86 is the Chinese character set: with it Word looks for another Chinese font before it takes any.
        font.append(_element("charset", val="86" if name != load("letter")["latin"]["font"] else "00"))
        font.append(_element("pitch", val="variable"))
        table.append(font)
    part = Part(PackURI(_FONT_TABLE), CONTENT_TYPE.WML_FONT_TABLE, serialize_part_xml(table), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _element(kind: str, **values: str) -> BaseOxmlElement:
    made = OxmlElement(f"w:{kind}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made

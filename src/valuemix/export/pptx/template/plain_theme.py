"""Theme of the plain deck: ink on white, the colours of the disciplines as accents, no effects."""

from __future__ import annotations

from valuemix.screen.skins import SKINS

__all__ = ["theme_xml"]

FONT = "Arial"
"""On every computer that shows presentations."""


def theme_xml() -> bytes:
    """The theme part.

    Examples
    --------
    >>> b'<a:accent1><a:srgbClr val="0072B2"/></a:accent1>' in theme_xml()
    True
    """
    return _THEME.format(
        colors=_colors(), font=FONT, fills=_FILL * 3, lines=_LINE * 3, effects=_EFFECT * 3
    ).encode()


def _colors() -> str:
    skin = SKINS["deck"]
    named = {
        "dk1": skin.ink,
        "lt1": skin.ground,
        "dk2": skin.muted,
        "lt2": skin.cold,
        **{f"accent{place + 1}": color for place, color in enumerate(skin.marks[:6])},
        "hlink": skin.twins[0],
        "folHlink": skin.twins[3],
    }
    return "".join(f'<a:{name}><a:srgbClr val="{color[1:]}"/></a:{name}>' for name, color in named.items())


_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_THEME = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="valuemix">'
    "<a:themeElements>"
    '<a:clrScheme name="valuemix">{colors}</a:clrScheme>'
    '<a:fontScheme name="valuemix">'
    '<a:majorFont><a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont>'
    '<a:minorFont><a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont>'
    "</a:fontScheme>"
    '<a:fmtScheme name="valuemix"><a:fillStyleLst>{fills}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
    "<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fills}</a:bgFillStyleLst></a:fmtScheme>"
    "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
)

r"""The words of LaTeX prose: what each text command stands for."""

from __future__ import annotations

CHARACTERS: dict[str, str] = {
    "%": "%", "&": "&", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ",
    ",": "\N{THIN SPACE}", ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": "", "\\": " ", "ldots": "…", "dots": "…",
    "textellipsis": "…", "S": "§", "P": "¶", "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ",
    "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "textendash": "–", "textemdash": "—",
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "dag": "†",
    "LaTeX": "LaTeX", "TeX": "TeX", "quad": " ", "qquad": " ", "enspace": " ", "space": " ", "textbackslash": "\\",
    "textasciitilde": "~", "slash": "/",
    "copyright": "©", "pounds": "£", "textdegree": "°", "euro": "€",
    "newline": " ", "linebreak": " ", "hfill": " ", "thinspace": " ", "textbar": "|", "textless": "<",
    "textgreater": ">", "guillemotleft": "«", "guillemotright": "»", "glqq": "„", "grqq": "“",
}  # fmt: skip

ACCENTS: dict[str, str] = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
"""Accent commands and the combining character each puts on the letter behind it."""

FORMATTING: frozenset[str] = frozenset(
    "textbf textit texttt textsf textrm textsc textsl textup textmd textnormal emph underline uline text mbox hbox "
    "fbox framebox makebox centerline boxed bf it rm sf tt sc sl em bfseries itshape rmfamily sffamily ttfamily "
    "scshape slshape upshape mdseries normalfont normalsize small footnotesize scriptsize tiny large Large LARGE huge "
    "Huge noindent indent centering raggedright raggedleft protect relax maketitle tableofcontents newpage clearpage "
    "pagebreak nopagebreak smallskip medskip bigskip vfill par sloppy fussy hrule hline null leavevmode ignorespaces "
    "unskip displaystyle allowbreak nobreak nolinebreak xspace strut today appendix bgroup frenchspacing "
    "uppercase MakeUppercase textquotesingle footnote marginpar".split()
)
"""Commands that change only the looks; their braces vanish and what is inside stays."""

HEADINGS: frozenset[str] = frozenset(
    "part chapter section subsection subsubsection paragraph subparagraph title caption".split()
)
"""Commands whose argument is a line of its own."""

BREAKS: frozenset[str] = frozenset("par newpage clearpage bigskip medskip smallskip pagebreak vfill".split())

DROPPED_ARGUMENTS: dict[str, int] = {
    "label": 1, "ref": 1, "eqref": 1, "cref": 1, "Cref": 1, "autoref": 1, "cite": 1, "citep": 1, "citet": 1,
    "vspace": 1, "hspace": 1, "includegraphics": 1, "color": 1, "textcolor": 1, "colorbox": 1, "href": 1, "url": 1,
    "setcounter": 2, "addtocounter": 2, "setlength": 2, "addtolength": 2, "pagestyle": 1, "thispagestyle": 1,
    "usepackage": 1, "documentclass": 1, "bibliographystyle": 1, "index": 1, "hypersetup": 1, "markboth": 2,
    "markright": 1, "geometry": 1, "fontsize": 2, "selectfont": 0, "stepcounter": 1, "addcontentsline": 3,
    "theoremstyle": 1, "newtheorem": 2, "points": 1, "hyphenation": 1, "phantom": 1, "vphantom": 1, "hphantom": 1,
    "rule": 2, "raisebox": 1, "vskip": 0, "hskip": 0, "parbox": 1, "author": 1, "date": 1, "newif": 0, "thanks": 1,
}  # fmt: skip
"""Commands that vanish with so many arguments (an optional one in brackets too)."""

LISTS: frozenset[str] = frozenset(
    "enumerate itemize description compactenum compactitem tasks parts questions subparts inparaenum".split()
)

ITEMS: frozenset[str] = frozenset("item part subpart question task".split())
"""Commands that begin an item of a list."""

DISPLAYS: frozenset[str] = frozenset(
    "equation align gather eqnarray multline displaymath flalign alignat math dmath dgroup subequations".split()
)
"""Environments that are displayed formulas, without their star."""

OPTIONED: frozenset[str] = frozenset(
    "problem exercise question theorem lemma definition example remark proof solution task center quote figure "
    "minipage tabular document".split()
)
"""Environments of prose that may have an optional argument, which is dropped."""

LIGATURES: tuple[tuple[str, str], ...] = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))


def standard_character(name: str) -> str | None:
    r"""What a text command outside these tables stands for, such as \textregistered; None where it is no character.

    The list is pylatexenc's; it is loaded only when a text uses such a command.
    """
    from pylatexenc.latex2text import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(name)
    shown = getattr(spec, "simplify_repl", None)
    return shown if isinstance(shown, str) and "%" not in shown and 0 < len(shown) <= 4 else None

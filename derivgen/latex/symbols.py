r"""The words of mathematical LaTeX: what each command stands for.  Data only."""

from __future__ import annotations

GREEK: dict[str, str] = {
    name: name
    for name in (
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
        "omega varepsilon vartheta varpi varrho varsigma varphi varkappa "
        "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
    ).split()
}

LETTERS: dict[str, str] = GREEK | {"ell": "ell", "infty": "infinity", "imath": "i", "jmath": "j", "hbar": "hbar"}
"""Commands that are one letter, and the letter's name in ``Name``."""

UNICODE_LETTERS: dict[str, str] = dict(
    zip(
        "αβγδϵζηθικλμνξπρστυϕχψωεϑϖϱςφ∞ℓΓΔΘΛΞΠΣΥΦΨΩ",
        (
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi "
            "psi omega varepsilon vartheta varpi varrho varsigma varphi infinity ell "
            "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
        ).split(),
        strict=True,
    )
)

FONTS: dict[str, str] = {
    "mathbf": "bold", "boldsymbol": "bold", "bm": "bold", "pmb": "bold", "symbf": "bold", "mathbfit": "bold",
    "bold": "bold", "mathit": "", "mathnormal": "", "mathsf": "roman", "mathrm": "roman", "symup": "roman",
    "mathtt": "roman", "mathcal": "cal", "mathscr": "cal", "mathbb": "bb", "mathbbm": "bb", "mathds": "bb",
    "Bbb": "bb",
}  # fmt: skip

SWITCHES: dict[str, str] = {"bf": "bold", "bfseries": "bold", "rm": "roman", "cal": "cal", "it": "", "sf": "roman"}
"""Old font switches, which hold to the end of their group."""

ACCENTS: dict[str, str] = {
    "hat": "hat", "widehat": "hat", "tilde": "tilde", "widetilde": "tilde", "bar": "bar", "overline": "bar",
    "dot": "dot", "ddot": "ddot", "vec": "vec", "overrightarrow": "vec", "underline": "underline",
    "check": "check", "breve": "breve",
}  # fmt: skip

FUNCTIONS: frozenset[str] = frozenset(
    "exp log ln lg sin cos tan sec csc cot arcsin arccos arctan sinh cosh tanh coth sech csch arsinh artanh det "
    "tr trace diag vec vech softmax sigmoid relu sign sgn abs max min rank logsumexp logdet erf norm logit softplus "
    "floor ceil Diag cov var".split()
)
"""Names that are functions in any upright spelling."""

FUNCTION_COMMANDS: frozenset[str] = frozenset(
    "exp log ln lg sin cos tan sec csc cot arcsin arccos arctan sinh cosh tanh coth det max min tr Tr diag rank "
    "sup inf lim argmin argmax arg gcd dim ker Pr trace Trace sgn sign".split()
)

SAME_FUNCTION: dict[str, str] = {
    "ReLU": "relu", "RELU": "relu", "Relu": "relu", "Tr": "tr", "trace": "tr", "Trace": "tr", "TR": "tr",
    "Det": "det", "sgn": "sign",
}  # fmt: skip
"""Other spellings of a function's name."""

LARGE: dict[str, str] = {"sum": "sum", "prod": "prod", "int": "int", "iint": "int", "oint": "int"}

LIMIT_NAMES: frozenset[str] = frozenset({"max", "min", "sup", "inf", "lim", "argmin", "argmax"})
"""Functions that become large operators where they have a subscript."""

OPTIMA: dict[str, str] = {
    "min": "min", "max": "max", "argmin": "argmin", "argmax": "argmax", "minimise": "min", "minimize": "min",
    "maximise": "max", "maximize": "max",
}  # fmt: skip
"""Names of operators that look for an optimum, in front of what stands below them."""

RELATIONS: dict[str, str] = {
    "=": "=", "<": "<", ">": ">", ":": ":", "≤": "≤", "≥": "≥", "≠": "≠", "∈": "∈", "≈": "≈", "→": "→", "~": "~",
    "\\ne": "≠", "\\neq": "≠", "\\le": "≤", "\\leq": "≤", "\\leqslant": "≤", "\\ge": "≥", "\\geq": "≥",
    "\\geqslant": "≥", "\\lt": "<", "\\gt": ">", "\\in": "∈", "\\notin": "∉", "\\ni": "∋", "\\approx": "≈",
    "\\simeq": "≈", "\\cong": "≈", "\\equiv": "≡", "\\propto": "∝", "\\sim": "~", "\\to": "→",
    "\\rightarrow": "→", "\\longrightarrow": "→", "\\mapsto": "↦", "\\longmapsto": "↦", "\\colon": ":",
    "\\mid": ":", "\\coloneqq": "=", "\\triangleq": "=", "\\doteq": "=", "\\subset": "⊂", "\\subseteq": "⊆",
    "\\perp": "⊥", "\\succ": "≻", "\\succeq": "⪰", "\\prec": "≺", "\\preceq": "⪯", "\\gets": "←",
    "\\leftarrow": "←", "\\implies": "⇒", "\\Rightarrow": "⇒", "\\Longrightarrow": "⇒", "\\iff": "⇔",
    "\\Leftrightarrow": "⇔", "\\ll": "≪", "\\gg": "≫", "\\parallel": "∥", "\\downarrow": "↓",
}  # fmt: skip

PRODUCT_SIGNS: dict[str, str] = {
    "\\cdot": "·", "\\times": "×", "*": "*", "\\ast": "*", "·": "·", "×": "×", "\\bullet": "·",
}  # fmt: skip

CIRCLED_SIGNS: dict[str, str] = {
    "\\odot": "⊙", "\\circ": "∘", "\\otimes": "⊗", "\\oslash": "⊘", "⊙": "⊙", "∘": "∘", "⊗": "⊗", "\\oplus": "⊕",
}  # fmt: skip

FENCES: dict[str, tuple[str, str]] = {
    "(": ("(", ")"), "[": ("[", "]"), "\\{": ("{", "\\}"), "\\lbrace": ("{", "\\rbrace"),
    "\\lbrack": ("[", "\\rbrack"), "\\langle": ("⟨", "\\rangle"), "\\lfloor": ("⌊", "\\rfloor"),
    "\\lceil": ("⌈", "\\rceil"), "\\lvert": ("|", "\\rvert"), "\\lVert": ("‖", "\\rVert"), "|": ("|", "|"),
    "\\vert": ("|", "\\vert"), "\\|": ("‖", "\\|"), "\\Vert": ("‖", "\\Vert"), "\\lparen": ("(", "\\rparen"),
}  # fmt: skip
"""Opening delimiters: their name, and the key of the delimiter that closes them."""

CLOSING: dict[str, str] = {
    ")": ")", "]": "]", "\\}": "}", "\\rbrace": "}", "\\rbrack": "]", "\\rangle": "⟩", "\\rfloor": "⌋",
    "\\rceil": "⌉", "\\rvert": "|", "\\rVert": "‖", "\\rparen": ")", "\\right": "",
}  # fmt: skip

DELIMITERS: dict[str, str] = CLOSING | {key: name for key, (name, _) in FENCES.items()} | {
    ".": "", "<": "⟨", ">": "⟩", "/": "/"
}  # fmt: skip
"""What may stand behind ``\\left`` and ``\\right``, by its name."""

PARTNER: dict[str, str] = {
    "(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", "|": "|", "‖": "‖", "": "",
}  # fmt: skip

BARS: frozenset[str] = frozenset({"|", "\\vert", "\\|", "\\Vert"})
"""Delimiters that open and close with the same sign."""

DOTS: dict[str, str] = {
    "\\dots": "dots", "\\ldots": "dots", "\\dotsc": "dots", "\\cdots": "cdots", "\\dotsb": "cdots",
    "\\dotsm": "cdots", "\\vdots": "vdots", "\\ddots": "ddots", "…": "dots", "\\dotso": "dots",
}  # fmt: skip

TRANSPOSES: dict[tuple[str, ...], bool] = {
    ("T",): True, ("\\top",): False, ("\\intercal",): False, ("\\mathsf", "T"): False, ("\\mathrm", "T"): False,
    ("\\rm", "T"): False, ("\\sf", "T"): False, ("\\mathtt", "T"): False, ("\\scriptscriptstyle", "T"): False,
    ("\\operatorname", "T"): False, ("⊤",): False, ("\\mathbf", "T"): False, ("\\mathit", "T"): False,
    ("\\mathcal", "T"): False, ("\\transp",): False,
}  # fmt: skip
"""Superscripts that mean a transpose; True for the plain letter, which may be a power."""

QUADS: frozenset[str] = frozenset({"\\quad", "\\qquad"})

DROPPED: frozenset[str] = frozenset(
    ", ; : ! > thinspace medspace thickspace negthinspace negmedspace enspace enskip displaystyle textstyle "
    "scriptstyle scriptscriptstyle limits nolimits nonumber notag big Big bigg Bigg bigm Bigm mathstrut strut "
    "allowbreak nobreak relax left. hfill hline noindent par smallskip medskip bigskip centering boldmath - / "
    "unboldmath middle mathord mathbin mathrel mathopen mathclose mathinner ensuremath space protect xspace".split()
) | {" ", "\n", "\t"}
"""Commands of a formula that change only its looks."""

DROPPED_WITH_ARGUMENT: frozenset[str] = frozenset(
    "label tag hspace vspace phantom hphantom vphantom mspace kern color ref eqref footnotesize".split()
)

UNWRAPPED: frozenset[str] = frozenset("boxed underbrace overbrace mathop smash cancel mathstrut fbox".split())
"""Commands whose argument stands for itself."""

SIZED: dict[str, str] = {
    "bigl": "left", "Bigl": "left", "biggl": "left", "Biggl": "left",
    "bigr": "right", "Bigr": "right", "biggr": "right", "Biggr": "right",
}  # fmt: skip
"""Sizes that tell which side a bar is."""

TEXT_COMMANDS: frozenset[str] = frozenset(
    "text textrm textbf textit textsf texttt textnormal textup mbox hbox intertext shortintertext emph".split()
)

MATRICES: dict[str, tuple[str, str]] = {
    "matrix": ("", ""), "smallmatrix": ("", ""), "array": ("", ""), "bmatrix": ("[", "]"), "pmatrix": ("(", ")"),
    "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "Bmatrix": ("{", "}"), "cases": ("{", ""), "dcases": ("{", ""),
    "bsmallmatrix": ("[", "]"), "psmallmatrix": ("(", ")"),
}  # fmt: skip

ROWS: frozenset[str] = frozenset({"aligned", "split", "gathered", "alignedat", "multlined", "alignat"})
"""Environments inside a display that only arrange its rows."""

STRUCTURE: frozenset[str] = frozenset(
    "frac dfrac tfrac cfrac sqrt operatorname operatorname* nabla partial left right substack overset underset "
    "stackrel prime top intercal star dagger ddagger ast \\ not pm mp forall exists binom div mathring "
    "Box square over bmod mod setminus emptyset cup cap wedge vee triangle".split()
)
"""Commands that the grammar knows by name."""

COMMANDS: frozenset[str] = (
    frozenset(LETTERS)
    | frozenset(FONTS)
    | frozenset(SWITCHES)
    | frozenset(ACCENTS)
    | FUNCTION_COMMANDS
    | frozenset(LARGE)
    | frozenset(SIZED)
    | DROPPED
    | DROPPED_WITH_ARGUMENT
    | UNWRAPPED
    | TEXT_COMMANDS
    | STRUCTURE
    | frozenset({"quad", "qquad", "%", "$", "&", "#", "_", "{", "}", "|"})
    | frozenset(
        key[1:]
        for table in (RELATIONS, PRODUCT_SIGNS, CIRCLED_SIGNS, FENCES, CLOSING, DOTS)
        for key in table
        if key[0] == "\\"
    )
)
"""Every command that a formula may hold; any other is an unknown macro."""

CONNECTIVES: frozenset[str] = frozenset(
    "for and where if with when or is let otherwise such that as so in on then all some any each to of by else "
    "given since because are subject not at i.e. e.g. hence thus".split()
)
"""Words that are never the name of a quantity."""

SCRIPT_WORDS: dict[str, str] = {
    "*": "*", "\\ast": "*", "\\star": "*", "\\dagger": "†", "+": "+", "-": "-", "\\circ": "∘", "\\perp": "⊥",
    "\\ddagger": "‡",
}  # fmt: skip
"""Superscripts and subscripts of one sign, kept as ``Words``."""

"""The phrase book, first half: what sentences declare about formulas, as data (what they ask is in ``asking``).

A pattern is a regular expression over a sentence in which every formula is two characters, a mark and its number; ``{x}`` is a formula,
``{xs}`` a list of them ("A, B and C"), ``{np}`` a noun phrase such as "a constant 3 by 2 matrix".  Each phrase has
example sentences, in which ``$…$`` stands for formulas; they are its tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

SLOT = r"\x01."
LIST = rf"(?:both |each |the |an? )?{SLOT}(?:(?:,? and (?:the |an? )?|, (?:the )?|,? or |,? as well as ){SLOT})*"

ADJECTIVES: dict[str, str] = {
    r"positive[- ]definite": "positive definite",
    r"positive[- ]semi-?definite": "positive semidefinite",
    r"(?:skew|anti)[- ]?symmetric": "skew-symmetric",
    r"symmetric": "symmetric",
    r"(?:invertible|non-?singular|regular)": "invertible",
    r"orthogonal": "orthogonal",
    r"diagonal": "diagonal",
    r"square": "square",
    r"(?:constants?|fixed|given|known|held fixed|held constant|frozen)": "constant",
    r"non-?zero": "nonzero",
    r"non-?negative": "nonnegative",
    r"positive(?![- ](?:semi-?)?definite)": "positive",
    r"one-hot": "one-hot",
    r"unit[- ](?:norm|length)|normali[sz]ed": "unit",
    r"scalar(?:-valued)?": "scalar",
    r"column": "column",
    r"row": "row",
    r"(?:twice |continuously |infinitely )?(?:real|arbitrary|general|differentiable|smooth|independent|suitable|unit|"
    r"small|certain|single|different|dense|full|weight|design|data|nonlinear|activation|unknown|free|conformable|"
    r"fitting|matching|other|new|common|ordinary|real-valued|parameter|input|target|bias|feature|coefficient)": "",
}
"""Adjectives before a noun or after "is"; the value is the property they state ("" for none that matters)."""

NOUNS: dict[str, str] = {
    r"identity(?: matrix)?|unit matrix": "identity",
    r"matri(?:x|ces)": "matrix",
    r"(?:scalar|real) (?:loss|cost|quantit(?:y|ies)|objective|value|output|parameters?|variables?|numbers?|constants?|factor)": "scalar",
    r"vectors?(?: of (?:all )?ones)?": "vector",
    r"(?:scalars?|(?:real )?numbers?|(?:real )?variables?)": "scalar",
    r"constants?": "constant",
    r"functions?|maps?|mappings?|nonlinearit(?:y|ies)|activations?": "function",
}

ADJ = "(?:" + "|".join(f"(?:{a})" for a in ADJECTIVES) + ")"
PROPS = (
    "(?:"
    + "|".join(f"(?:{a})" for a, p in ADJECTIVES.items() if p not in ("", "constant", "scalar", "column", "row"))
    + ")"
)
NOUN = "(?:" + "|".join(f"(?:{n})" for n in NOUNS) + ")"
DIM = rf"(?:{SLOT} ?(?:by|-by-|×|x) ?{SLOT}|\d+ ?(?:by|-by-|×|x) ?\d+|{SLOT}|\d+)"
DET = r"(?:an? |the |some |any |two |three |all |both |these |our |its |his |every )?"
WORD = r"(?!(?:of|the|an?|with|for|to|in|on|that|which|by|if|is|are|be|from|its|whose|and|or|does|as|at|we|matrix|matrices|vectors?|functions?|find|compute|let|identity)\b)[a-z][\w'’-]*"
MODS = rf"(?:{DIM}(?:[- ]dimensional)?[ -]|{WORD}(?:,? and |, | |-)){{0,6}}"
POST = (
    rf"(?:,? (?:(?:that is |which is |all |both |being )?(?:of|with|having|and of) (?:the )?(?:same |equal |common |matching |suitable |fitting )?"
    rf"(?:size|length|dimensions?|order|shape)s?(?: {DIM}|(?! {SLOT}))"
    rf"|with {DIM} (?:entries|components|elements|coordinates|rows)|in {SLOT}|of {SLOT} (?:ones|zeros)"
    rf"|from {SLOT}))*"
)
NP = rf"{DET}(?P<mods>{MODS})(?P<noun>{NOUN})\b(?P<post>{POST})"
WORDS = r"(?:(?!(?:with|by|respect|if|where|when|at|and|that|for|each|find) )[\w'’,-]+ ){0,8}?"
BE = r"(?:is|are|be|being|was|were|denotes?|stands? for|remains?|stays?)"
GOES_ON = rf"(?! (?:{BE}|an?|one|of|again|itself|in turn|also|depends?|which|that)\b)"
OF_WHAT = rf"(?P<of>(?:the )?{SLOT}(?:(?:,? and (?:on )?(?:the |an? )?|, (?:on )?(?:the )?|,? or (?:on )?|,? as well as (?:on )?){SLOT}{GOES_ON})*)"
"""What a function is one of; "a function of y, and z one of x" is about y alone."""


NOUN_CUES = ("matri", "vector", "scalar", "number", "variable", "constant", "function", "identity", "map", "real ")
ADJECTIVE_CUES = (
    "symmetric", "definite", "invertible", "singular", "regular", "orthogonal", "diagonal", "square", "constant", "fixed",
    "given", "known", "held", "frozen", "zero", "negative", "positive", "one-hot", "unit-", "normal",
)  # fmt: skip
KIND_CUES = ("derivative", "gradient", "hessian", "jacobian", "rate of change", "slope")


@dataclass(frozen=True)
class Phrase:
    """One wording: its name, what it says (the reader's word for it), the pattern, and example sentences."""

    name: str
    group: str
    says: str
    pattern: str
    examples: tuple[str, ...]
    cues: tuple[str, ...] = ()
    """Bits of lower-case text one of which must occur before the pattern is tried (and compiled)."""

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Where the wording occurs in a sentence."""
        if self.cues:
            low = text.lower()
            if not any(cue in low for cue in self.cues):
                return iter(())
        return self.regex.finditer(text)

    def match(self, text: str) -> re.Match[str] | None:
        """The first place where the wording occurs."""
        return next(self.matches(text), None)

    @property
    def regex(self) -> re.Pattern[str]:
        return compiled(self.pattern)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression of a pattern."""
    text = re.sub(r"\{(\w+):x\}", lambda m: f"(?P<{m[1]}>{SLOT})", pattern)
    text = re.sub(r"\{(\w+):xs\}", lambda m: f"(?P<{m[1]}>{LIST})", text)
    for key, value in (("{x}", SLOT), ("{xs}", LIST), ("{np}", NP), ("{be}", BE), ("{words}", WORDS),
                       ("{adj}", ADJ), ("{dim}", DIM), ("{props}", PROPS), ("{sizes}", SIZES), ("{of_what}", OF_WHAT), ("{dims}", DIMS), ("{det}", DET), ("{post}", POST), ("{mods}", MODS)):  # fmt: skip
        text = text.replace(key, value)
    return re.compile(text, re.IGNORECASE)


SIZES = r"(?:,? (?:of|with|having))? ?(?:the )?(?:respective )?(?:sizes?|shapes?|dimensions?|orders?|lengths?)?(?: respectively)? "
DIMS = rf"{DIM}(?:(?:,? and |, ){DIM})+"
SPREAD = (
    Phrase(
        "of sizes … respectively", "declarations", "spread",
        r"{who:xs},? (?:{be}|have|has|with|of)(?: respectively)?(?: (?:both |all |two |three |the |of |constant |fixed |real |column |differentiable |smooth )*(?P<noun>matrices|vectors))?"
        r"{sizes}(?P<dims>{dims})(?P<after> (?:matrices|vectors|entries|components|elements))?(?P<each>,? respectively)?",
        ("Let $A$, $B$ be matrices of sizes $m\\times n$ and $n\\times p$.",
         "Let $u$ and $v$ be vectors of length $m$ and $n$ respectively."),
        ("matrices", "vectors", "respectively", "size", "length", "dimension"),
    ),
    Phrase(
        "the m by n and n by p matrices", "declarations", "spread",
        r"(?P<dims>{dims}) (?P<after>matrices|vectors) {who:xs}(?P<each>,? respectively)?",
        ("For $m\\times n$ and $n\\times p$ matrices $A$ and $B$ do this.", "Take $3\\times 2$ and $2\\times 4$ matrices $P,Q$."),
        ("matrices", "vectors"),
    ),
)  # fmt: skip
"""Lists of sizes for lists of letters, in one order; looked for before the other declarations."""

DECLARATIONS = (
    Phrase(
        "is a", "declarations", "declare",
        r"{who:xs}(?:,? (?:which|that|here|all|both))*,? {be} (?:both |all |each |again )?{np}",
        ("Let $\\mathbf{M}$ be a $p\\times q$ matrix.", "$\\mathbf{a}$, $\\mathbf{b}$ are column vectors of length $n$."),
        NOUN_CUES,
    ),
    Phrase(
        "a … named", "declarations", "declare",
        r"{np} {who:xs}(?P<after>{post})",
        ("For a constant $m\\times n$ matrix $\\mathbf{K}$ we have this.", "A column vector $x$ of length 2 is given."),
        NOUN_CUES,
    ),
    Phrase(
        "and … a", "declarations", "declare",
        r"(?:(?:,|;|and) {who:x} |{who2:x}, (?=an? |the ))(?:(?:both|all) )?{np}(?! ?\x01)",
        ("Let $\\mathbf{M}$ be a $p\\times q$ matrix and $\\mathbf{c}$ a vector of length $q$.",
         "Let $A$ be a $2\\times 2$ matrix, $b$ a vector of length 2."),
        NOUN_CUES,
    ),
    Phrase(
        "is m by n", "declarations", "dims",
        r"{who:xs} (?:{be} (?:both |all |each )?(?:of (?:size|shape|dimensions?|order) )?|(?:has|have|with|having) (?:the )?(?:size|shape|dimensions?|order) )(?P<dim>{dim})(?!\w)",
        ("$\\mathbf{X}$ is $m \\times n$.", "$\\mathbf{K}$ is $n$ by $n$."),
        (" is", " are", " be", " each", " being", " was", "size", "shape", "dimension", "order"),
    ),
    Phrase(
        "square … of size", "declarations", "sized",
        r"(?P<mods>(?:(?:square|symmetric|diagonal|constant|fixed|given|real)(?:,? and | ))*){who:xs} of (?:size|shape|order|dimensions?) (?P<dim>{dim})",
        ("For square $\\mathbf{X}$ and $\\mathbf{A}$ of size $n\\times n$ we have this.", "Take $\\mathbf A$ of size $m\\times n$."),
        ("size", "shape", "order", "dimension"),
    ),
    Phrase(
        "adjective before", "declarations", "predicate-before",
        r"(?<![\w-])(?P<det>{det})(?P<mods>(?:(?:{adj})(?:,? and |, | ))*(?:{adj}) ){who:xs}(?! (?:matrix|matrices|vectors?|scalars?))",
        ("Take a fixed $\\mathbf{u}\\in\\mathbb{R}^m$.", "Use constant $a,b\\in\\mathbb{R}^n$."),
        ADJECTIVE_CUES,
    ),
    Phrase(
        "adjective before what it is", "declarations", "predicate-before",
        r"(?<![\w-])(?P<det>{det})(?P<mods>(?:(?:{adj})(?:,? and |, | ))*(?:symmetric|orthogonal|diagonal|invertible|(?:positive|negative) (?:semi-?)?definite) )"
        r"(?!(?:about|under|around|over|near|between|but|so|then|when|where|since|because|part|parts|entries|case)\b)" + WORD + r" {who:x}(?! (?:matrix|matrices|vectors?|scalars?))",
        ("Let $E=\\mathbf{s}^T\\mathbf{J}\\mathbf{s}$ with symmetric couplings $\\mathbf{J}\\in\\mathbb{R}^{n\\times n}$.",
         "For an orthogonal transformation $\\mathbf{Q}\\in\\mathbb{R}^{n\\times n}$ this holds."),
        ("symmetric", "orthogonal", "diagonal", "invertible", "definite"),
    ),
    Phrase(
        "has n entries", "declarations", "length",
        r"(?:vectors? )?{who:xs},? (?:each |both |all )?(?:has|have|with|having|of) (?P<dim>{dim}) (?:entries|components|elements|coordinates)",
        ("The vectors $\\mathbf{a}$ and $\\mathbf{x}$ have $n$ entries each.", "Here $x$ has 3 components."),
        ("entries", "components", "elements", "coordinates"),
    ),
    Phrase(
        "all matrices", "declarations", "all",
        r"all (?:the |of the |other )?(?P<noun>vectors|matrices|letters)(?: in this \w+| here| below| involved)*,? (?:being |are |have |has |is |of )+"
        r"(?:(?:of )?(?:size|length|order|dimension) |in )?(?P<dim>{dim})",
        ("All vectors have $n$ entries.", "All matrices in this problem are $n\\times n$."),
        ("all ",),
    ),
    Phrase(
        "ones", "declarations", "ones",
        r"{who:x} (?:{be}|has)(?: the| a)?(?: column)? ?(?:vector)?(?: of| with| has)*(?: all)?(?: its)? ?(?:(?P<dim>{dim}) ones|ones|entries equal to (?:one|1)|entries (?:one|1)|ones? vector)"
        r"(?: of length (?P<length>{dim}))?",
        ("$\\mathbf{1}$ is the vector of $m$ ones.", "$\\mathbf{1}\\in\\mathbb{R}^m$ has all entries equal to one."),
        ("one",),
    ),
    Phrase(
        "function of", "declarations", "depends",
        r"{who:xs}{post}(?:,? (?:which|that|all|both))*,? (?:{be}|as)? ?(?:both )?(?:some |an? |the )?(?:[\w-]+ ){0,4}?functions?(?: (?:in|into|with values in) {space:x})? of "
        r"(?=(?:the |an? |some )?(?:(?:(?:row |column )?(?:scalar|vector|matrix)|variable|input|parameter|time) )?{of_what})",
        ("Let $\\mathbf{u}\\in\\mathbb{R}^m$ be a differentiable function of $\\mathbf{x}\\in\\mathbb{R}^n$.",
         "Let $\\varphi$ and $\\psi$ be scalar functions of $\\mathbf{x}\\in\\mathbb{R}^n$.",
         "Let $s$ be a function of $\\mathbf{y}$, and $\\mathbf{y}$ a function of $\\mathbf{x}\\in\\mathbb{R}^n$.",
         "Let the column vectors $u$ and $v$ with $n$ elements be functions of $\\mathbf{x}\\in\\mathbb{R}^m$."),
        ("function",),
    ),
    Phrase(
        "and one of", "declarations", "depends",
        r"functions? of (?:the )?{x}(?:,? and|,) {who:x} (?:is |one )*of {of:xs}",
        ("Let $s$ be a function of $\\mathbf{y}$, and $\\mathbf{y}$ one of $\\mathbf{x}\\in\\mathbb{R}^n$.",
         "Let $s$ be a function of $\\mathbf{y}$ and $\\mathbf{y}$ of $\\mathbf{x}\\in\\mathbb{R}^n$."),
        ("function",),
    ),
    Phrase(
        "and the other on", "declarations", "depends",
        r"depends? on (?:the )?{x}(?:,? and|,|,? while) {who:x} on (?:the )?{of:xs}",
        ("Let $z$ depend on $\\mathbf{y}\\in\\mathbb{R}^m$ and $\\mathbf{y}$ on $\\mathbf{x}\\in\\mathbb{R}^n$.",
         "Here $w$ depends on $u$, and $u$ on $t$."),
        ("depend",),
    ),
    Phrase(
        "the one and the other depend", "declarations", "depends",
        r"{who:x},? (?:and|as well as) (?:the |an? )?(?:[\w-]+ )?(?:scalar|vector|matrix|number|row|column|function|loss) {x}{post},? (?:both |all )?(?:depends?|(?:{be}) (?:both |[\w-]+ )?functions?) (?:on|of) (?=(?:the |an? |some )?(?:\w+ ){0,2}?{of_what})",
        ("Let the scalar $s$ and the vector $\\mathbf{v}\\in\\mathbb{R}^n$ depend on $\\mathbf{x}\\in\\mathbb{R}^m$.",
         "Let the matrix $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$ and the vector $\\mathbf{v}\\in\\mathbb{R}^n$ be functions of $t$."),
        ("depend", "function"),
    ),
    Phrase(
        "functions of", "declarations", "depends",
        r"(?P<words>(?:[\w-]+ )?)functions? {who:xs} of (?=(?:the |an? |some )?(?:(?:scalar|vector|matrix|variable) )?{of_what})",
        ("Do this for functions $\\mathbf{u},\\mathbf{v}\\in\\mathbb{R}^n$ of $\\mathbf{x}\\in\\mathbb{R}^m$.",
         "Take scalar functions $f$ and $g$ of $\\mathbf{x}\\in\\mathbb{R}^n$."),
        ("function",),
    ),
    Phrase(
        "depends on", "declarations", "depends",
        r"{who:xs}(?:,? (?:is |be )?(?:an? )?(?:scalar|vector|matrix|quantity|number|loss|function|which|that))*,? (?:may )?(?:both |each |all )?depend(?:s|ing)? (?:\w+ly )?on (?=(?:the |an? |some )?(?:\w+ ){0,2}?(?:{of_what}|(?P<it>it|them)\b))",
        ("$s$ is a scalar that depends on it, and $\\mathbf M$ is a matrix.", "The loss $L$ depends smoothly on $\\mathbf{w}$."),
        ("depend",),
    ),
    Phrase(
        "influences", "declarations", "depends",
        r"{of:xs} (?:both |all |each |in turn |then |directly |only )*(?:influences?|affects?|drives?|feeds? into|feeds?) (?:only )?{who:xs}",
        ("Suppose $x$ influences $u$ and $v$.", "Both $u$ and $v$ affect $z$."),
        ("influence", "affect", "drive", "feed"),
    ),
    Phrase(
        "a curve in", "declarations", "valued",
        r"{who:xs},? {be} (?:an? |the |both )?(?:[\w-]+ ){0,4}?(?:curves?|paths?|trajector(?:y|ies)|functions?|vectors?)(?: [\w-]+)? (?:in|into) {space:x}|(?:curves?|paths?|trajector(?:y|ies)|functions?) {who2:x} (?:in|into) {space2:x}",
        ("Let $\\vec r(t)$ be a smooth curve in $\\mathbb{R}^3$.", "Take the curve $\\vec c(t)$ in $\\mathbb{R}^2$."),
        (" in",),
    ),
    Phrase(
        "all in", "declarations", "all-in",
        r"(?:(?:all|both)(?: of them)?(?: being)?(?: vectors| matrices)?(?: are| lie)?|values) in {space:x}",
        ("Compare $\\mathbf{a}$ with $\\mathbf{p}$ (all in $\\mathbb{R}^d$).", "Take $\\mathbf u$ and $\\mathbf v$, both in $\\mathbb R^n$."),
        (" in ",),
    ),
    Phrase(
        "whose values", "declarations", "values",
        r"whose (?:values|outputs) are (?P<dim>{dim}) matrices",
        ("Let $\\mathbf{M}$ be a function of $t$ whose values are $n\\times n$ matrices.",
         "$\\mathbf{A}(t)$ is a smooth function whose values are 2 by 2 matrices; $t$ is time."),
        ("whose",),
    ),
    Phrase(
        "for 2 × 2 matrices", "declarations", "sized capitals",
        r"\b(?:for|with|using|of)(?: the case of)?(?: general| arbitrary| real| square| two| any)* (?P<dim>{dim}) matrices\b(?! \x01)",
        ("For $2\\times 2$ matrices find $\\frac{\\partial}{\\partial X}\\operatorname{tr}(AX)$.",
         "Find $\\frac{\\partial}{\\partial X}\\operatorname{tr}(AX)$ for $n\\times n$ matrices."),
        ("matrices",),
    ),
    Phrase(
        "be the matrix", "definitions", "named",
        r"{who:x} (?:be|is|denotes?) the (?:[\w-]+ ){0,3}(?:matrix|vector|scalar|product|sum|norm|function|quantity|number|expression) {body:x}",
        ("Let $D$ be the diagonal matrix $\\operatorname{diag}(\\mathbf{d})$ with $\\mathbf{d}\\in\\mathbb{R}^n$.",
         "Here $\\mathbf{r}$ denotes the vector $\\mathbf{y}-\\mathbf{x}$."),
        (" the ",),
    ),
    Phrase(
        "be the determinant of", "definitions", "called",
        r"{who:x} (?:be|is|denotes?) the (?P<word>determinant|trace) of (?:the (?:matrix )?)?{body:x}",
        ("Let $D(a,b,c,d)$ be the determinant of $\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}$.",
         "Let $\\mathbf X$ be an $n\\times n$ matrix and let $s$ denote the trace of $\\mathbf{X}^2$."),
        ("determinant", "trace"),
    ),
    Phrase(
        "one real variable", "declarations", "generic",
        r"{who:xs} {be} (?:[\w-]+ ){0,4}?functions? of (?:one|a|a single) (?:real |scalar )?variable",
        ("$f$ and $g$ are differentiable functions of one real variable.", "$h$ is a smooth function of a single variable."),
        ("variable",),
    ),
    Phrase(
        "a function f", "declarations", "function",
        r"functions? {who:xs}",
        ("The differentiable function $g$ is applied to each element of $\\mathbf{x}$.", "The activation functions $f$ and $g$ act."),
        ("function",),
    ),
    Phrase(
        "a differentiable scalar", "declarations", "undetermined",
        r"{who:x} (?:{be} )?(?:an? )?(?:[\w-]+ )*?(?:differentiable|smooth) (?:scalar|real)(?:-valued)?(?: function)?(?! function of)(?! of)\b",
        ("With $f(\\mathbf{x},\\mathbf{y})$ a twice differentiable scalar, ask this.", "Let $L(\\mathbf w)$ be a smooth scalar function."),
        ("differentiable", "smooth"),
    ),
    Phrase(
        "rows of", "declarations", "rows",
        r"(?:{x} {be} the )?(?P<side>rows?|columns?) of (?:the (?:matrix )?|an? )?(?:{x} matrix )?{matrix:x},? (?:are|is|being|=|by) (?:the (?:vectors? )?)?{who:x}",
        ("The rows of $\\mathbf{X}\\in\\mathbb{R}^{N\\times d}$ are $\\mathbf{x}_i^T$.",
         "The columns of $\\mathbf{X}$ are the $\\mathbf{x}_j$."),
        ("row", "column"),
    ),
    Phrase(
        "and those of", "declarations", "rows",
        r"(?P<side>rows?|columns?) of [^.]*?\b(?:those|the (?:rows|columns|ones)) of (?:the (?:matrix )?)?{matrix:x},? (?:(?:are|is|being|=|by) )?(?:the (?:vectors? )?)?{who:x}",
        ("The rows of $\\mathbf{X}\\in\\mathbb{R}^{N\\times d}$ are $\\mathbf{x}_i^T$ and those of $\\mathbf{Z}\\in\\mathbb{R}^{N\\times k}$ are $\\mathbf{z}_i^T$.",
         "Denote the columns of $\\mathbf{A}$ by $\\mathbf{a}_j$, and those of $\\mathbf{B}$ by $\\mathbf{b}_j$."),
        ("row", "column"),
    ),
    Phrase(
        "with rows", "declarations", "rows",
        r"{matrix:x}(?:,? which)? (?:with|has|have|having) (?:the )?(?P<side>rows?|columns?) {who:x}",
        ("For $\\mathbf{X}\\in\\mathbb{R}^{N\\times d}$ with rows $\\mathbf{x}_i^T$ we have this.",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{d\\times N}$ have columns; $\\mathbf{X}$ has columns $\\mathbf{x}_j$."),
        ("row", "column"),
    ),
    Phrase(
        "whose i-th row is", "declarations", "rows",
        r"{matrix:x},? (?:whose|of which the|the) (?:{x}-?(?:th|st|nd|rd) )?(?P<side>rows?|columns?)(?: (?:number )?{x})? (?:is|are) (?:the )?{who:x}",
        ("Use $\\mathbf{X}\\in\\mathbb{R}^{N\\times d}$ whose $n$-th row is $\\mathbf{x}_n^T$.",
         "The matrix $\\mathbf{B}$ whose columns are $\\mathbf{b}_j$ is square."),
        ("row", "column"),
    ),
    Phrase(
        "is the i-th row", "declarations", "rows",
        r"{who:x},? (?:which )?(?:{be} |denotes? )?(?:the |its )?(?:{x}-?(?:th|st|nd|rd) )?(?P<side>rows?|columns?)(?: {x})? of (?:the matrix |an? (?:{x} )?(?:matrix )?)?{matrix:x}",
        ("$\\mathbf{x}_i^T$ is the $i$-th row of $\\mathbf{X}\\in\\mathbb{R}^{N\\times d}$.",
         "Let $\\mathbf{x}_i^T$ be row $i$ of $\\mathbf{X}$."),
        ("row", "column"),
    ),
    Phrase(
        "for the rows", "declarations", "rows",
        r"(?:{who2:x} for )?the (?P<side>rows|columns) (?:{who:x} )?of (?:the (?:matrix )?|an? (?:{x} )?(?:matrix )?)?{matrix:x}",
        ("For the rows $\\mathbf{x}_i^T$ of $\\mathbf{X}\\in\\mathbb{R}^{N\\times d}$ we have this.",
         "Take the columns $\\mathbf{b}_j$ of $\\mathbf{B}$."),
        ("rows", "columns"),
    ),
    Phrase(
        "between the rows", "declarations", "rows of it",
        r"(?:between|among|of)(?: all| any two| every two)?(?: the)? (?:pairs of )?(?:the )?(?P<side>rows|columns) of (?:the (?:data )?(?:matrix )?)?{matrix:x}",
        ("Let $D_{ij}=\\|x_i-x_j\\|^2$ be the squared distances between the rows of $X\\in\\mathbb{R}^{n\\times d}$.",
         "Let $K_{ij}=a_i^Ta_j$ be the inner products of the columns of $A\\in\\mathbb{R}^{d\\times n}$."),
        ("rows", "columns"),
    ),
)  # fmt: skip

PROPERTIES = (
    Phrase(
        "is constant", "properties", "predicate",
        r"{who:xs}(?:,? (?:which|that))?,? (?:(?:is|are|be|being|both|all|were|remains?|stays?|to be|kept|regarded as|treated as|taken as|considered|held|also|an?) ?)+ ?"
        r"(?P<not>not (?:necessarily )?)?(?P<mods>(?:{adj}(?:,? and |, | )?)+)(?! ?(?:definite|matrix|matrices|vectors?|functions?|scalars?|square))",
        ("Let $\\mathbf{a}$ be constant.", "Treat $\\mathbf{b}$ as given: $\\mathbf{b}$ is fixed.",
         "$\\mathbf{A}$ is symmetric and positive definite."),
        ADJECTIVE_CUES,
    ),
    Phrase(
        "held fixed", "properties", "predicate-last",
        r"{who:xs},? ?(?:both |all |being |are |is )?(?P<mods>(?:held )?(?:fixed|constant))(?! (?:\x01|vector|matri|scalar|number|real|[a-z]+ (?:vector|matri)))",
        ("For $\\mathbf{A}\\in\\mathbb{R}^{n\\times m}$ constant and $\\mathbf{X}\\in\\mathbb{R}^{m\\times n}$ do this.", "Compute with $\\mathbf{c}$ held fixed.", "Here $\\mathbf{a}$ and $\\mathbf{b}$ are held constant."),
        ("held", "constant", "fixed"),
    ),
    Phrase(
        "A symmetric", "properties", "predicate-last",
        r"{who:xs},? ?(?:which (?:is|are) |all |both |also |again |assumed |being )*(?P<mods>{props}(?:(?:,? and |, | ){props})*)(?=[.,;:)?]|$| and (?:that |let |\x01)| with\b| where\b| for\b| while\b| but\b)",
        ("For $A\\in\\mathbb{R}^{n\\times n}$ symmetric, do this.", "Let $A,B$ be matrices, $A$ symmetric and $B$ antisymmetric."),
        ADJECTIVE_CUES,
    ),
    Phrase(
        "both constant", "properties", "predicate-all",
        r", (?:both|all)(?: of them)?(?: being)? (?P<mods>constant|fixed|given)|, held (?P<held>fixed|constant)",
        ("Take a scalar $\\alpha$ and a vector $\\mathbf{p}\\in\\mathbb{R}^m$, both constant.",
         "Let $\\mathbf{M}$ be a $p\\times q$ matrix and $\\mathbf{c}$ a vector of length $q$, held fixed."),
        (", both", ", all", ", held"),
    ),
    Phrase(
        "does not depend", "properties", "independent",
        r"{who:xs}(?:,? (?:which|that))? (?:(?:{be}|denotes) (?:an? )?[^.]{0,40}?(?:which|that) )?(?:(?:(?:does not|do not|not) depend on|(?:{be} )?(?:not |no |n't )(?:be )?(?:an? )?(?:[\w-]+ ){0,2}?functions? of))",
        ("$\\mathbf{c}$ does not depend on $\\mathbf{x}$.", "Let $\\mathbf{c}$ be an $n$-vector that does not depend on $\\mathbf{x}$.",
         "$\\mathbf{c}$ is not a function of $\\mathbf{x}$.", "Let $\\mathbf{A}$ not be a function of $\\mathbf{x}$."),
        ("not depend", "function"),
    ),
    Phrase(
        "treat as constants", "properties", "predicate",
        r"(?:treat|treating|regard|regarding|consider|considering|hold|holding|keep|keeping|take|taking) (?:the )?(?:matrix |vector |matrices |vectors |scalars? )?{who:xs} (?:as |to be )?(?:an? )?(?P<mods>constants?|fixed)",
        ("Treat $\\mathbf{A}$ and $\\mathbf{b}$ as constants.", "Holding $y$ fixed, do this."),
        ("constant", "fixed"),
    ),
    Phrase(
        "constants list", "properties", "predicate",
        r"(?<!are )(?P<mods>constants) {who:xs}",
        ("For constants $a$ and $b$ we have this.", "Here the constants $\\alpha,\\beta$ appear."),
        ("constants",),
    ),
    Phrase(
        "the logistic function", "properties", "logistic",
        r"{who:x},? (?:(?:{be}|for|as|means) )?(?:the )?(?:standard |usual )?(?:logistic|sigmoid)(?: (?:function|sigmoid|activation))?\b"
        r"|(?:logistic|sigmoid)(?: (?:function|sigmoid|activation))? {named:x}",
        ("Here $\\sigma$ is the logistic function.", "Let $s(t)$ denote the sigmoid function.", "With $\\sigma$ being the sigmoid, do this."),
        ("logistic", "sigmoid"),
    ),
    Phrase(
        "element-wise", "properties", "elementwise",
        r"element[- ]?wise|entry[- ]?wise|component[- ]?wise|coordinate[- ]?wise|element by element|entry by entry|component by component"
        r"|(?:applied|acts?|acting|works?|operates?|taken) (?:\w+ )?(?:to|on|at|over) (?:each|every|all) ?(?:of the |of its )?(?:element|entry|entries|component|coordinate)s?"
        r"|(?:each|every) (?:single )?(?:entry|element|component) of .{1,40} is (?:exponentiated|squared|replaced)"
        r"|(?:entry|entries|element)s? of .{1,30} (?:is|are) exponentiated",
        ("Here $\\exp$ is applied to each element.", "The cosine acts on each component.",
         "Take the exponential entry by entry."),
    ),
    Phrase(
        "prime transposes", "properties", "prime",
        r"primes? (?:denotes?|means?|stands? for|indicates?|marks?|is used for) (?:the )?(?:matrix )?(?:transpos\w+)",
        ("A prime denotes the transpose.", "The prime denotes transposition."),
        ("prime",),
    ),
    Phrase(
        "not zero", "properties", "nonzero",
        r"{who:x} (?:is|are|be) (?:not|different from|distinct from) (?:the )?(?:zero(?: vector| matrix)?)",
        ("Here $\\vec x$ is not the zero vector.", "Suppose $\\mathbf{a}$ is not zero."),
        ("zero",),
    ),
    Phrase(
        "positive entries", "properties", "positive",
        r"{who:x} (?:has|have|with|having) (?:strictly |only )?positive (?:entries|elements|components)",
        ("$\\mathbf{w}$ has positive entries.", "Take $\\mathbf{p}\\in\\mathbb{R}^K$ with positive entries."),
        ("positive",),
    ),
    Phrase(
        "full column rank", "properties", "full-rank",
        r"{who:x} (?:has|have|with|of|having|be of|is of) full (?P<side>column |row )?rank",
        ("$\\mathbf{X}$ has full column rank.", "Let $\\mathbf{X}$ be of full column rank."),
        ("rank",),
    ),
)  # fmt: skip

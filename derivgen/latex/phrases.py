"""The phrase book: what sentences say about formulas, as data.

A pattern is a regular expression over a sentence in which every formula is one character; ``{x}`` is a formula,
``{xs}`` a list of them ("A, B and C"), ``{np}`` a noun phrase such as "a constant 3 by 2 matrix".  Each phrase has
example sentences, in which ``$…$`` stands for formulas; they are its tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

SLOT = "(?-i:[\ue000-\uf8ff])"
LIST = rf"(?:both |each |the |an? )?{SLOT}(?:(?:,? and (?:the |an? )?|, (?:the )?|,? or |,? as well as ){SLOT})*"

ADJECTIVES: dict[str, str] = {
    r"positive[- ]definite": "positive definite",
    r"positive[- ]semi-?definite": "positive semidefinite",
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


NOUN_CUES = ("matri", "vector", "scalar", "number", "variable", "constant", "function", "identity", "map", "real ")
ADJECTIVE_CUES = (
    "symmetric", "definite", "invertible", "singular", "regular", "orthogonal", "diagonal", "square", "constant", "fixed",
    "given", "known", "held", "frozen", "zero", "negative", "positive", "one-hot",
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
    text = re.sub(r"\{(\w+):x\}", rf"(?P<\1>{SLOT})", pattern)
    text = re.sub(r"\{(\w+):xs\}", rf"(?P<\1>{LIST})", text)
    for key, value in (("{x}", SLOT), ("{xs}", LIST), ("{np}", NP), ("{be}", BE), ("{words}", WORDS),
                       ("{adj}", ADJ), ("{dim}", DIM), ("{det}", DET), ("{post}", POST), ("{mods}", MODS)):  # fmt: skip
        text = text.replace(key, value)
    return re.compile(text, re.IGNORECASE)


DECLARATIONS = (
    Phrase(
        "is a", "declarations", "declare",
        rf"{{who:xs}}(?:,? (?:which|that|here|all|both))*,? {{be}} (?:both |all |each |again )?{{np}}",
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
        r"(?:(?:,|;|and) {who:x} |{who2:x}, (?=an? |the ))(?:(?:both|all) )?{np}(?! ?[\ue000-\uf8ff])",
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
        r"(?<![\w-])(?P<det>{det})(?P<mods>(?:(?:{adj})(?:,? and |, | ))+){who:xs}(?! (?:matrix|matrices|vectors?|scalars?))",
        ("Take a fixed $\\mathbf{u}\\in\\mathbb{R}^m$.", "Use constant $a,b\\in\\mathbb{R}^n$."),
        ADJECTIVE_CUES,
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
        r"{who:xs}(?:,? (?:which|that))? (?:{be}|as)? ?(?:both )?(?:some |an? |the )?(?:[\w-]+ ){0,4}?functions? of (?:the )?(?:(?:scalar|vector|matrix|variable|input|parameter|time) )?{of:xs}",
        ("Let $\\mathbf{u}\\in\\mathbb{R}^m$ be a differentiable function of $\\mathbf{x}\\in\\mathbb{R}^n$.",
         "Let $\\varphi$ and $\\psi$ be scalar functions of $\\mathbf{x}\\in\\mathbb{R}^n$."),
        ("function",),
    ),
    Phrase(
        "depends on", "declarations", "depends",
        r"{who:xs}(?:,? (?:is |be )?(?:an? )?(?:scalar|vector|matrix|quantity|number|loss|function|which|that))*,? (?:may )?depends? (?:\w+ly )?on (?:the )?(?:\w+ )?(?P<of>{xs}|it|them)",
        ("$s$ is a scalar that depends on it, and $\\mathbf M$ is a matrix.", "The loss $L$ depends smoothly on $\\mathbf{w}$."),
        ("depend",),
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
        r"(?:{x} {be} the )?(?P<side>rows?|columns?) of (?:the (?:matrix )?|an? )?(?:{x} matrix )?{matrix:x},? (?:are|is|being|=) (?:the (?:vectors? )?)?{who:x}",
        ("The rows of $\\mathbf{X}\\in\\mathbb{R}^{N\\times d}$ are $\\mathbf{x}_i^T$.",
         "The columns of $\\mathbf{X}$ are the $\\mathbf{x}_j$."),
        ("row", "column"),
    ),
    Phrase(
        "with rows", "declarations", "rows",
        r"{matrix:x}(?:,? which)? (?:with|has|having) (?:the )?(?P<side>rows?|columns?) {who:x}",
        ("For $\\mathbf{X}\\in\\mathbb{R}^{N\\times d}$ with rows $\\mathbf{x}_i^T$ we have this.",
         "Let $\\mathbf{X}\\in\\mathbb{R}^{d\\times N}$ have columns; $\\mathbf{X}$ has columns $\\mathbf{x}_j$."),
        ("row", "column"),
    ),
    Phrase(
        "is the i-th row", "declarations", "rows",
        r"{who:x},? (?:which )?(?:{be} |denotes? )?(?:the |its )?(?:{x}-?(?:th|st|nd|rd) )?(?P<side>rows?|columns?)(?: {x})? of (?:the matrix )?{matrix:x}",
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
        "held fixed", "properties", "predicate",
        r"{who:xs},? ?(?:both |all |being |are |is )?(?P<mods>held (?:fixed|constant))",
        ("Compute with $\\mathbf{c}$ held fixed.", "Here $\\mathbf{a}$ and $\\mathbf{b}$ are held constant."),
        ("held",),
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
        r"{who:xs}(?:,? (?:which|that))? (?:(?:{be}|denotes) (?:an? )?[^.]{0,40}?(?:which|that) )?(?:does not|do not|not) depend on",
        ("$\\mathbf{c}$ does not depend on $\\mathbf{x}$.", "Let $\\mathbf{c}$ be an $n$-vector that does not depend on $\\mathbf{x}$."),
        ("not depend",),
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
        "element-wise", "properties", "elementwise",
        r"element[- ]?wise|entry[- ]?wise|component[- ]?wise|coordinate[- ]?wise|element by element|entry by entry|component by component"
        r"|(?:applied|acts?|acting|works?|operates?|taken) (?:\w+ )?(?:to|on|at|over) (?:each|every|all) ?(?:of the |of its )?(?:element|entry|entries|component|coordinate)s?"
        r"|(?:each|every) (?:single )?(?:entry|element|component) of .{1,40} is (?:exponentiated|squared|replaced)"
        r"|(?:entry|entries|element)s? of .{1,30} (?:is|are) exponentiated",
        ("Here $\\exp$ is applied to each element.", "The cosine acts on each component.",
         "Take the exponential entry by entry."),
    ),
    Phrase(
        "the logistic function", "properties", "logistic",
        r"{who:x},? (?:(?:{be}|for|as|means) )?(?:the )?(?:standard |usual )?(?:logistic|sigmoid)(?: (?:function|sigmoid|activation))?\b",
        ("Here $\\sigma$ is the logistic function.", "Let $s(t)$ denote the sigmoid function.", "With $\\sigma$ being the sigmoid, do this."),
        ("logistic", "sigmoid"),
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

LAYOUTS = (
    Phrase(
        "layout", "conditions", "layout",
        r"(?P<layout>numerator|denominator|jacobian)(?:[- ](?:layout|convention|notation)|-layout\b| \(.*?\) layout)",
        ("Use numerator layout.", "What is it in denominator layout?", "We use the Jacobian layout."),
        ("numerator", "denominator", "jacobian"),
    ),
)  # fmt: skip

LABEL = r"(?:{x}-?(?:th|st|nd|rd)?,? ?)"
SUBJECTS = (
    Phrase(
        "k-th component", "definitions", "component",
        r"{index:x}(?:-?(?:th|st|nd|rd))? (?:component|entry|element|coordinate) of (?:an?|the|some) (?:column )?(?:vector|matrix)(?: {name:x})? (?:is|are|equals|reads|=|given by|be)+ {body:x}",
        ("The $k$-th component of a vector is $\\sum_jA_{kj}x_j$.", "The $(i,j)$ entry of a matrix is $u_iv_j$."),
        ("component", "entry", "element", "coordinate"),
    ),
    Phrase(
        "with entries", "definitions", "formula",
        r"(?:with|has|have|by) (?:the )?(?:entries|elements|components) {body:x}",
        ("Let $\\mathbf{E}(t)$ be the matrix with entries $E_{ij}=e^{tA_{ij}}$.", "$\\mathbf{z}$ has the components $z_i=x_i^2$."),
        ("entries", "elements", "components"),
    ),
)  # fmt: skip

GOAL_VERB = (
    r"find|evaluate|compute|computing|calculate|calculating|deriv(?:e|ing)(?! by)|determine|work out|obtain|giv(?:e|ing)(?! that)|"
    r"state|express|show that|shows? why|prove that|verify that|write(?: down)?|differentiat(?:e|ing)|what(?:,? then,?)? (?:is|are|does|shape|size|dimensions?|form)|what's|what|"
    r"how (?:fast|quickly|rapidly|does|do)|which|simplify|put|get rid|remove|eliminate|establish|form|take|deduce|repeat|do the same|"
    r"name|tell|vectori[sz]e|bring|turn|rewrite|convert|collect|translate|return|specify|provide|and (?:what|now)|look for|ask(?:ed)? for|need|want|report|estimate"
)
"""Words that make a sentence a question or a task."""

ASIDES = (
    ("not", r"\(not {xs}[^)]*\)"),
    ("not", r"(?:,? but )?not {x}(?= *!)"),
    ("terms", r"(?:as an expression )?in terms of (?:only )?(?:the )?(?:\w+ )??{xs}"),
    ("as a", r"as an? (?:expression|function|formula|polynomial) (?:in|of) (?:\w+ )?{xs}"),
    ("help", r"with the help of (?:the )?(?:\w+ )?{xs}"),
    (
        "",
        r"(?:(?:you|one) (?:may|can) )?(?:by )?(?:\bus(?:e|ing)|leav(?:e|ing)|keep(?:ing)?|abbreviat\w+) (?:only )?(?:the )?"
        r"(?:abbreviation )?(?:ones? vector |letter |symbol |matri(?:x|ces) |vectors? |root )?{xs}(?: in (?:your|the) answer)?",
    ),
    (" it ", r"(?:express|write|give) it (?:in|with|through|by|using) {xs}"),
    ("starting", r"starting from {xs}"),
    ("variable", r"in (?=the variables? ){xs}"),
    ("recall", r"recall(?: that)? .*"),
    ("remember", r"remember(?: that)? .*"),
)
"""Clauses that name formulas without asking for them; taken out before a goal is looked for."""

KIND_WORDS = {
    "derivative": "derivative", "derivatives": "derivative", "gradient": "gradient", "gradients": "gradient",
    "differential quotient": "derivative", "rate of change": "derivative", "slope": "derivative",
    "hessian": "hessian", "hessians": "hessian", "jacobian": "jacobian", "jacobians": "jacobian",
}  # fmt: skip

NOUNPHRASE = (
    r"(?P<rank>(?:partial |total |ordinary |first |second |third |second-order |third-order |first-order |mixed |scalar |matrix |vector |directional |full |(?:{x}) )*)"
    r"(?P<kind>derivatives?|gradients?|hessians?|jacobians?|rate of change|slope)(?:[- ]matri(?:x|ces)| vectors?)?(?: \([^)]*\))?"
)
WRT = (
    r"(?:,? ?(?:taken )?(?:(?:with respect to|w\. ?r\. ?t\.|wrt|with regard to) {words}{wrt:xs}"
    r"|by (?:the )?(?:vector |matrix |scalar |variable |parameter )?{wrtby:xs}))"
)
WRT_ONLY = r"(?:,? ?(?:taken )?(?:with respect to|w\. ?r\. ?t\.|wrt|with regard to) {words}{wrt:xs})"

GOALS = (
    Phrase(
        "directional", "goals", "directional",
        r"directional derivative(?: of {words}{body:x})?(?P<there> there)?(?: at (?:the point )?{point:x})?(?:[^\ue000-\uf8ff]*? direction (?:of )?(?:the (?:unit )?vector )?{direction:x})?",
        ("Compute the directional derivative of $f(x,y)=xy$ at $(1,2)$ in the direction of the unit vector $(1,0)$.",
         "Let $g(x,y)=x+y^2$. Find the directional derivative of $g$ at $(0,1)$ in the direction $(0,1)$."),
        ("direction",),
    ),
    Phrase(
        "differentiate", "goals", "derivative",
        r"differentiat(?:e|ing) {words}{body:xs}" + WRT + "?",
        ("Differentiate $h(t)=t^4$ with respect to $t$.", "Differentiate the loss $\\mathbf{x}^T\\mathbf{x}$ by $\\mathbf{x}\\in\\mathbb{R}^n$."),
        ("differentiat",),
    ),
    Phrase(
        "differentiate later", "goals", "anaphora",
        r"differentiate (?:it|this|that|the \w+)" + WRT_ONLY,
        ("Consider $s=t^2$. Differentiate it with respect to $t$.", "Let $\\mathbf{x}\\in\\mathbb{R}^n$ and $q=\\mathbf{x}^T\\mathbf{x}$. Differentiate this with respect to $\\mathbf{x}$."),
        ("differentiat",),
    ),
    Phrase(
        "derivative of … with respect to", "goals", "derivative",
        NOUNPHRASE + "(?: {named:x})? of {words}{body:xs}" + WRT + "?",
        ("Find the gradient of $\\mathbf{x}^T\\mathbf{x}$ with respect to $\\mathbf{x}\\in\\mathbb{R}^n$.",
         "What is the derivative of $t^2$ with respect to $t$?"),
        KIND_CUES,
    ),
    Phrase(
        "derivative with respect to … of", "goals", "derivative",
        NOUNPHRASE + WRT_ONLY + " of {words}{body:xs}",
        ("What is the partial derivative with respect to $a$ of $p(a,b)=ab$?",
         "Find the derivative with respect to $\\mathbf{x}\\in\\mathbb{R}^n$ of $\\mathbf{x}^T\\mathbf{x}$."),
        KIND_CUES,
    ),
    Phrase(
        "derivative with respect to", "goals", "anaphora",
        NOUNPHRASE + WRT_ONLY,
        ("Consider $\\lVert\\mathbf{x}\\rVert^2$; compute the derivative with respect to the vector $\\mathbf{x}\\in\\mathbb{R}^n$.",
         "Let $s=t^3$. Find the derivative with respect to $t$."),
        KIND_CUES,
    ),
    Phrase(
        "its gradient", "goals", "its",
        r"\b(?:its|their|the|this) " + NOUNPHRASE + r"(?! ?[\ue000-\uf8ff]| of| with| by| for| w)",
        ("Let $f(x,y)=xy$. Find the gradient.", "Consider $h(t)=t^4$. What is its second derivative?"),
        KIND_CUES,
    ),
    Phrase(
        "how fast", "goals", "derivative",
        r"how (?:(?:fast|quickly|rapidly) )?(?:does|do) {words}{body:x}(?: \w+)? (?:change|vary|grow|depend|react|increase|decrease)s? (?:with|when|as|on|in) {words}{wrt:x}",
        ("How fast does $V=e^{2t}$ change with the time $t$?", "How does $s=u^2$ vary with $u$?"),
        ("how ",),
    ),
)  # fmt: skip

SHAPES = (
    Phrase(
        "shape of", "goals", "shape",
        r"(?:shapes?|dimensions?|size)(?: (?:has|have|is|are|of|do|does|would))+ (?:the )?(?:\w+ ){0,3}?{body:xs}",
        ("Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^k$. State the shape of $\\mathbf{a}\\mathbf{b}^T$.",
         "Let $\\mathbf{x}\\in\\mathbb{R}^3$. What shape has $\\mathbf{x}^T$?"),
        ("shape", "dimension", "size"),
    ),
    Phrase(
        "what size", "goals", "shape",
        r"(?:what|how) (?:size|large|big|shape) (?:is|has|are) {words}{body:x}",
        ("Let $\\mathbf{x}\\in\\mathbb{R}^3$. How large is $\\mathbf{x}\\mathbf{x}^T$?", "Let $\\mathbf{x}\\in\\mathbb{R}^3$. What size is $\\mathbf{x}^T$?"),
        ("what ", "how "),
    ),
)  # fmt: skip

REGROUP = (
    Phrase(
        "without indices", "goals", "regroup",
        r"without (?:any )?(?:ind(?:ices|exes)|index notation|sums?|summations?|a sum|components|subscripts)|index-free"
        r"|get rid of (?:all )?(?:the )?(?:ind|sub)|(?:remove|eliminate|drop) (?:all )?(?:the )?(?:ind|sub)",
        ("Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$. Write $\\sum_i a_ib_i$ without indices.",
         "Get rid of the indices: $r_i=a_i+b_i$ with $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$."),
        ("without", "index", "ind", "sub"),
    ),
    Phrase(
        "matrix form", "goals", "regroup",
        r"(?:in|into|to|as) (?:an? )?(?:pure |compact |closed )?(?:matrix|vector|matrix[- ]vector|vector[- ]matrix|vectori[sz]ed)(?: and vector)?[- ](?:form|notation|expression|product|language|equation)"
        r"|as (?:an? |one )?(?:single )?(?:product of matrices|matrix product|matrix expression|one matrix expression|quadratic form|inner product|dot product|outer product|trace|norm)|vectori[sz]e",
        ("Put $\\sum_i a_ib_i$ into vector form; $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$.",
         "Express $D_{ij}=\\sum_kA_{ik}B_{kj}$ as a product of matrices ($\\mathbf{A}$ is $m\\times p$, $\\mathbf{B}$ is $p\\times n$)."),
    ),
    Phrase(
        "which matrix", "goals", "regroup",
        r"(?:which|what) (?:matrix|vector|column vector) (?:has|have|with) (?:the |these )?(?:entries|elements|components)",
        ("Which matrix has the entries $M_{ij}=p_iq_j$, where $\\mathbf{p},\\mathbf{q}\\in\\mathbb{R}^n$?",
         "Which vector has the components $v_i=a_ib_i$? Here $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$."),
        ("which", "what"),
    ),
    Phrase(
        "express through", "goals", "regroup",
        r"(?:express|write|give) (?:the )?(?:matrix |vector )?{name:x} (?:through|with|by means of|by) {x}",
        ("Let $c_i=a_i^2$ with $\\mathbf{a}\\in\\mathbb{R}^n$. Express $\\mathbf{c}$ through $\\mathbf{a}$.",
         "Let $C_{ij}=a_ia_j$ with $\\mathbf{a}\\in\\mathbb{R}^n$. Write $\\mathbf{C}$ with $\\mathbf{a}$ only."),
        ("express", "write", "give"),
    ),
)  # fmt: skip

ELEMENTS = (
    Phrase(
        "entry as a sum", "goals", "element",
        r"(?:the )?{index:x}(?:-?(?:th|st|nd|rd))?[- ](?:entry|element|component) of (?:the )?(?:\w+ ){0,3}?{body:x}(?:[^.]{0,30}? as (?:an? |one )?(?:\w+ )?sums?)?",
        ("Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$, $\\mathbf{x}\\in\\mathbb{R}^n$. Write the $i$-th component of $\\mathbf{A}\\mathbf{x}$ as a sum.",
         "Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. Write the $(i,j)$ entry of $\\mathbf{A}\\mathbf{B}$ as a sum over one index."),
        ("entry", "element", "component"),
    ),
)  # fmt: skip

AGAIN = (
    Phrase(
        "the same for", "goals", "again",
        r"(?:do|repeat|carry out) (?:the same|this|that|it)(?: again)?(?: computation| calculation)? for {words}{xs}|(?:the same|and|likewise) for {words}{xs}",
        ("Let $f(x,y)=xy$. (a) Find $\\partial f/\\partial x$. (b) Do the same for $\\partial f/\\partial y$.",
         "Let $f(x,y)=xy$. (a) Find $\\partial f/\\partial x$. (b) Repeat this for $\\partial f/\\partial y$."),
        ("same", "repeat", "and for", "likewise", "carry"),
    ),
)  # fmt: skip

TIED = r"(?:treated|regarded|counted|taken) as (?:one|the same|a single) variable|tak\w+ (?:the )?symmetry into account|tied entries"
"""Words that tie entries of a variable to each other."""

AT_POINT = re.compile(rf"\b(?:at|when|for)(?: the)?(?: points?| origin)?(?: where)? (?P<point>{SLOT}(?:(?:, | and ){SLOT})*)", re.I)
UNSUPPORTED = (
    (r"solve[^.]*differential equation|differential equation[^.]*solve", "solving a differential equation"),
    (r"\bintegra(?:te|l)\b", "integration"),
    (r"\beigenv(?:alue|ector)s?\b", "an eigenvalue problem"),
    (r"as (?:small|large) as possible", "an optimisation problem"),
    (r"\b(?:minimi[sz]e[sdr]?|maximi[sz]e[sdr]?|minimi[sz]ing|maximi[sz]ing|minimal|optimal|closest)\b", "an optimisation problem"),
    (r"\bsolve\b", "solving an equation"),
    (r"\b(?:prove|disprove)\b", "a proof"),
)
"""Tasks that are not derivatives, with how a message calls them."""

PHRASES: tuple[Phrase, ...] = (
    *DECLARATIONS, *PROPERTIES, *LAYOUTS, *SUBJECTS, *GOALS, *SHAPES, *REGROUP, *ELEMENTS, *AGAIN,
)  # fmt: skip

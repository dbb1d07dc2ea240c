"""The wordings that ask for an optimum, as data: a letter that minimises, a minimiser, a gradient set to zero, claims."""

from __future__ import annotations

from derivgen.latex.optima import (
    CLAIM_FIRST,
    CLAIM_OF_POINT,
    CLAIM_OF_VALUE,
    ESTIMATE,
    FILL,
    FILLER,
    OPT,
    POINT,
    SUPER,
    VALUES,
)
from derivgen.latex.phrases import Phrase

VERBS = (
    r"(?:find|determine|compute|calculate|derive|deduce|obtain|give|state|work out|locate|identify|solve(?: for)?|what(?:'s| is| are)?|which|"
    r"write down|specify|(?<=^)choose|(?<=^)estimate|(?<=[.;:] )choose|(?<=[.;:] )estimate)"
)
ASIDE = r"(?:,? (?:with |for |where )?\x01.,?)?"
LETTERS = r"\x01.(?:(?:,? and |, )\x01.)*"
ASK = rf"(?:(?<!to )(?<![\w-]){VERBS}|(?:use|using|apply|applying|with)\b[^.;?!]*? to {VERBS})\b"
"""A verb that asks, and not one of a purpose: "to find the minimiser one needs …"."""
OVER = (
    r"(?:over(?: all)?|with respect to|w\.?r\.?t\.?|as a function of|by (?:choosing|choice of|varying)|in(?: the variables?)?|among(?: all)?)"
    r" (?:the )?(?:(?:vectors?|matri(?:x|ces)|scalars?|variables?|parameters?|numbers?|choices? of) )?(?P<by>\x01.(?:(?:,? and |, )\x01.)*)"
)
GRADIENT = (
    r"\b(?:find|compute|calculate|derive|determine|give|state|write down|what is) (?:the |its |their |both |first )*(?:\w+ )?"
    r"(?:gradient|derivative|partial derivatives?|hessian)\b"
)
INVERTIBLE = r"(\x01.)(?: (?:is|are|be|to|assumed|also|again))* (?:invertible|non-?singular|regular|positive definite|of full rank)"
"""What a statement supposes of a product, so that there is a solution: the answer tells its own condition."""
FINDS = r"\b(?:find|compute|calculate|derive|determine|give|state|evaluate|what is)\b"
ASKS = rf"(?:{ASK}|\b(?:express|simplify|show)\b)[^.;?!\x01]*$"
"""What stands before a formula that asks for an optimum by itself."""
ASKS_FOR = rf"{ASK}(?: [\w-]+){{0,4}}? $"
"""What stands before a letter that is asked for."""

PHRASES = (
    Phrase(
        "show that the minimiser is",
        "goals",
        "claim",
        CLAIM_OF_POINT,
        (
            "Show that the minimiser of $f(x)=x^2-2ax$ is $x=a$.",
            "Let $f(t)=t^2-6t$. Prove that the minimizer of $f$ is $3$.",
        ),
        ("show", "prove", "verify", "confirm", "check", "demonstrate"),
    ),
    Phrase(
        "show that it is minimised by",
        "goals",
        "claim",
        CLAIM_OF_VALUE,
        ("Show that $f(x)=x^2-2x$ is minimised at $x=1$.", "Verify that $t-t^2$ is maximal for $t=\\frac12$."),
        ("show", "prove", "verify", "confirm", "check", "demonstrate"),
    ),
    Phrase(
        "show that this minimises",
        "goals",
        "claim",
        CLAIM_FIRST,
        ("Show that $x=1$ minimises $f(x)=x^2-2x$.", "Prove that $t=\\frac12$ maximizes $t-t^2$."),
        ("show", "prove", "verify", "confirm", "check", "demonstrate"),
    ),
    Phrase(
        "the x that minimises",
        "goals",
        "optimum",
        rf"(?:{ASK}|\band (?:also |then |hence )?the\b)[^.;?!\x01]*?(?P<by>{LETTERS})(?:,? [\w-]+){{0,4}}?,?(?: (?:that|which|who|to|so as to|in order to|at which))? (?:\w+ )??(?P<word>{OPT}):?(?: {FILLER}{{body:x}})?",
        (
            "Find the $x$ that minimises $x^2-4x$.",
            "Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$, $\\mathbf{b}\\in\\mathbb{R}^m$. Determine the vector $\\mathbf{x}\\in\\mathbb{R}^n$ which minimizes the squared error $\\|\\mathbf{A}\\mathbf{x}-\\mathbf{b}\\|_2^2$.",
            "Which $t>0$ maximises $\\ln t-2t$?",
        ),
        ("minimi", "maximi"),
    ),
    Phrase(
        "what minimises",
        "goals",
        "optimum",
        rf"{ASK}[^.;?!\x01]*? (?:(?:that|which|to|so as to|in order to|at which) )?(?:\w+ )??(?P<word>{OPT}):? {FILLER}{{body:x}}",
        (
            "Let $\\mathbf{a},\\mathbf{w}\\in\\mathbb{R}^n$ with constant $\\mathbf{a}$. Find the weights that minimise $\\|\\mathbf{w}-\\mathbf{a}\\|^2$ over $\\mathbf{w}$.",
            "What minimises $f(x)=x^2+2x$?",
        ),
        ("minimi", "maximi"),
    ),
    Phrase(
        "for which x is it minimal",
        "goals",
        "optimum",
        rf"(?:for|at) (?:which|what)[^.;?!\x01]*?(?P<by>{LETTERS})[^.;?!\x01]*?(?:is|are|does|has|becomes|attains?|takes?|reach(?:es)?)"
        rf"{FILL}{{body:x}}{ASIDE}(?:,? [\w-]+){{0,3}}? (?P<word>{SUPER})",
        ("For which $t$ is $(t-3)^2$ minimal?", "At what $x$ does $f(x)=4x-x^2$ attain its maximum?"),
        ("which", "what"),
    ),
    Phrase(
        "where is it minimal",
        "goals",
        "optimum",
        rf"(?:where|when) (?:is|are|does|has) {FILLER}{{body:x}}(?:,? [\w-]+){{0,3}}? (?P<word>{SUPER})",
        ("Where is $f(x)=x^2-4x$ minimal?", "Where does $h(t)=t-t^2$ have its maximum?"),
        ("where", "when"),
    ),
    Phrase(
        "such that it is small",
        "goals",
        "optimum",
        rf"{ASK}[^.;?!\x01]*?(?P<by>{LETTERS})(?:,? [\w-]+){{0,4}}? (?:such that|so that|so as to make|for which|at which|where|when|making|that makes?|to make|which makes?){FILL}{{body:x}}"
        rf"{ASIDE}(?:,? [\w-]+){{0,3}}? (?P<word>{SUPER})",
        ("Find $x$ such that $(x-1)^2+4$ is as small as possible.", "Determine the $t$ for which $t^2-t$ is smallest."),
        ("such that", "so that", "make", "for which", "making", "at which", "where", "when"),
    ),
    Phrase(
        "the point where it is small",
        "goals",
        "optimum",
        rf"{ASK} (?:the |all |a )?(?:[\w-]+ ){{0,3}}?(?:points?|values?|places?|positions?|vectors?|arguments?|location)(?: \x01.)? (?:at which|where|for which|in which) {FILL}{{body:x}}"
        rf"{ASIDE}(?:,? [\w-]+){{0,3}}? (?P<word>{SUPER})",
        (
            "Determine the point at which $f(x)=x^2-2x$ is minimal.",
            "Find the value where $g(t)=t^2-t$ attains its minimum.",
        ),
        ("at which", "where", "for which", "in which"),
    ),
    Phrase(
        "minimise it",
        "goals",
        "optimum",
        rf"(?:^|[.;:,] |\band |\bthen |\bi\.e\.,? |\bthat is,? |\bmultipliers? to |\bcalculus to |\bplease |\bhence |\bnow |\bmust |\bshould |\(\w\) )(?P<word>(?:minimi[sz]e|maximi[sz]e)) {FILLER}{{body:x}}",
        (
            "Minimise $(x-2)^2$.",
            "Let $\\mathbf{a}\\in\\mathbb{R}^n$. Maximize $\\mathbf{a}^T\\mathbf{x}-\\|\\mathbf{x}\\|^2$ over $\\mathbf{x}\\in\\mathbb{R}^n$.",
        ),
        ("minimi", "maximi"),
    ),
    Phrase(
        "the minimiser of",
        "goals",
        "optimum",
        rf"{ASK}[^.;?!\x01]*?(?P<word>{POINT})(?: \x01.)?{FILL} (?:of|for) {FILL}{{body:x}}",
        (
            "Find the minimiser of $f(x)=x^2-6x$.",
            "Find the stationary points of $x^3-3x$.",
            "Let $\\mathbf{Q}\\in\\mathbb{R}^{n\\times n}$ be symmetric positive definite. What is the minimum of $\\frac12\\mathbf{x}^T\\mathbf{Q}\\mathbf{x}-\\mathbf{c}^T\\mathbf{x}$ over $\\mathbf{x}\\in\\mathbb{R}^n$?",
        ),
        ("minim", "maxim", "optim", "extrem", "stationary", "critical", "turning", "vertex", "arg"),
    ),
    Phrase(
        "the smallest value",
        "goals",
        "optimum",
        rf"{ASK}[^.;?!\x01]*?(?P<word>{VALUES})(?: \x01.)?(?:{FILL} (?:of|for|that|which) {FILL}{{body:x}})?",
        ("Find the smallest value of $f(x)=x^2-6x$.", "What is the largest value that $t(1-t)$ takes?"),
        ("value",),
    ),
    Phrase(
        "set the gradient to zero",
        "goals",
        "set",
        r"set(?:ting)? (?:both |all )?(?:the |its |this |that |your )?(?:both |two )?(?:\w+ )?(?:gradients?|derivatives?|results?|it|this)(?: of {body:x})?(?: (?:with respect to|by) \x01.)?(?: equal)? to (?:zero|the zero \w+|\x01.)"
        r"[^.;?!\x01]*?(?:solve|find|determine|derive|obtain|compute|isolate)(?:(?: [\w-]+){0,4}? (?P<by>\x01.))?",
        (
            "Let $f(x)=x^2-6x$. Set the derivative to zero and solve for $x$.",
            "Let $h(t)=t^2-t$. Setting the derivative of $h$ equal to zero, find $t$.",
        ),
        ("set",),
    ),
    Phrase(
        "where the gradient is zero",
        "goals",
        "set",
        r"(?:where|at (?:which|what) (?:points?|values?|places?)?|for (?:which|what)(?: values? of)?)(?: (?P<by>\x01.))? ?(?:is|are|does|do) (?:the |its )?(?:\w+ )??(?:gradient|derivative|slope)(?: of {body:x})?(?: with respect to \x01.)? ?(?:equal to )?(?:zero|the zero vector|vanish(?:es)?|0)",
        (
            "Let $f(x)=x^2-6x$. Where is the derivative of $f$ zero?",
            "Let $h(t)=t^2-t$. For which $t$ does the derivative vanish?",
        ),
        ("gradient", "derivative", "slope"),
    ),
    Phrase(
        "this is a minimum",
        "goals",
        "this",
        r"(?:show|prove|verify|explain why|argue|justify|check|confirm)(?: that)? (?:this|it|that|the (?:solution|point|stationary point|value|answer|result|critical point)(?: (?:found|you found|in \(\w\)|is))?)(?: really| indeed| actually)* (?:is|gives|yields|must be)(?: indeed| really| in fact)* (?:an? |the )?(?:global |unique |local |only |strict )*(?P<word>minim(?:um|i[sz]er)|maxim(?:um|i[sz]er))(?: (?:of|for) {body:x})?",
        (
            "Let $f(x)=x^2-6x$. (a) Find the stationary point of $f$. (b) Show that this is a minimum.",
            "Let $h(t)=t-t^2$. (a) Set the derivative to zero and solve for $t$. (b) Verify that it is indeed a maximum.",
        ),
        ("minim", "maxim"),
    ),
    Phrase(
        "the formula of an optimum",
        "goals",
        "formula",
        r"{formula:x}",  # a verb that asks must stand before it: ``ASKS``
        (
            "Compute $\\arg\\min_{x} (x-1)^2$.",
            "Let $\\mathbf{a}\\in\\mathbb{R}^n$. Solve $\\min_{\\mathbf{x}\\in\\mathbb{R}^n}\\|\\mathbf{x}-\\mathbf{a}\\|^2$.",
        ),
        ("\x01",),
    ),
    Phrase(
        "the minimiser",
        "goals",
        "described",
        rf"(?:{ASK}|\band (?:also |then |hence )?(?:the|its)\b)[^.;?!\x01]*?\b(?P<word>{POINT}|{ESTIMATE}|(?:closed[- ]form|optimal|explicit)(?: \w+)? (?:solution|expression|formula|estimate)|"
        rf"solution(?: (?:of|to|for) (?:this|the|that)(?: \w+){{0,2}} problem)?|normal equations?|optimal|best)\b(?:[^.;?!\x01]*? (?P<by>\x01.))?",
        (
            "The curve $f(x)=x^2-8x$ is given. Find its minimum.",
            "We minimise $\\|\\mathbf{x}-\\mathbf{a}\\|^2$ over $\\mathbf{x}\\in\\mathbb{R}^n$ for a fixed $\\mathbf{a}\\in\\mathbb{R}^n$. What is the minimiser?",
        ),
        (
            "minim",
            "maxim",
            "optim",
            "extrem",
            "stationary",
            "critical",
            "arg",
            "solution",
            "closed",
            "estimat",
            "best",
            "fit",
            "normal equation",
        ),
    ),
    Phrase(
        "the letter that was described",
        "goals",
        "letter",
        r"{by:x}",
        (
            "The vector $\\mathbf{x}\\in\\mathbb{R}^n$ minimises $\\|\\mathbf{x}-\\mathbf{a}\\|^2$ with $\\mathbf{a}\\in\\mathbb{R}^n$. Determine $\\mathbf{x}$.",
            "Let $a\\in\\mathbb{R}$. The number $\\hat c=\\arg\\min_c (c-a)^2$ is used. Compute $\\hat c$.",
        ),
        ("\x01",),
    ),
)
"""In the order in which they are tried: claims before questions, and what names its objective before what was described."""

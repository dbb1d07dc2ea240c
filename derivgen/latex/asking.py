"""The phrase book, second half: what sentences ask for, as data."""

# ruff: noqa: E501 - a pattern and its examples read best on one line
from __future__ import annotations

import re

from derivgen.latex.phrases import DECLARATIONS, KIND_CUES, PROPERTIES, SLOT, SPREAD, Phrase

LAYOUTS = (
    Phrase(
        "layout", "conditions", "layout",
        r"(?P<layout>numerator|denominator|jacobian)(?:[- ](?:layout|convention|notation)|-layout\b| \(.*?\) layout)",
        ("Use numerator layout.", "What is it in denominator layout?", "We use the Jacobian layout."),
        ("numerator", "denominator", "jacobian"),
    ),
)  # fmt: skip

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
    r"how (?:fast|quickly|rapidly|large|big|does|do)|(?<![\w\ue000-\uf8ff,] in )(?<![\w\ue000-\uf8ff,] of )(?<![\w\ue000-\uf8ff,] by )(?<![\w\ue000-\uf8ff,] at )(?<![\w\ue000-\uf8ff,] on )(?<![\w\ue000-\uf8ff,] to )(?<![\w\ue000-\uf8ff,] for )(?<![\w\ue000-\uf8ff,] from )(?<![\w\ue000-\uf8ff,] with )which|simplify|(?:use|apply) the chain rule (?:for|to|on)|put|get rid|remove|eliminate|establish|form|take|deduce|repeat|do the same|"
    r"list(?= (?:the|all|its|out|every|each|down|what)\b)|name|tell|vectori[sz]e|bring|turn|rewrite|convert|collect|translate|return|specify|provide|and (?:what|now)|look for|ask(?:ed)? for|need|want|report|(?:conclude|finish|end) with|estimate|tabulate|compare(?= (?:the )?(?:derivative|gradient|jacobian))|"
    r"(?:prove|show)(?=:? \x01)|(?:prove|verify|demonstrate)(?= (?:the|this|that|a|by|how)\b)|explain (?:why|that)|(?:demonstrate|establish|confirm) that|(?:justify|argue) (?:why|that)"
)
"""Words that make a sentence a question or a task."""

ASIDES = (
    ("not", r"\(not {xs}[^)]*\)"),
    ("not", r"(?:,? but )?not {x}(?= *!)"),
    (
        "terms",
        r"(?:as an expression )?in terms of (?:only )?(?:the )?(?:(?:partial )?derivatives? of (?:the )?(?:functions? )?|\w+ )??{xs}",
    ),
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
    (
        "defined",
        r"(?:where|and|here|note that) {x} is (?:still |again |always )?(?:defined|meant|understood|to be understood|taken)[^.;]*",
    ),
    ("recall", r"recall(?: that)? .*"),
    (
        "write",
        r"(?:we |let us )?(?:also )?write {x} for (?:the |its |this )(?:[\w-]+ ){0,3}?(?:gradient|derivative|jacobian)[^.;]*",
    ),
    ("remember", r"remember(?: that)? .*"),
    ("hint", r"\bhint\b.*"),
    ("not use", r"(?:do not|don't|must not) use (?:the |any )?(?:[\w-]+ )*?(?:of )?{xs}(?: itself)?"),
    ("without", r"without (?:using|use of|knowing) (?:the |any )?(?:[\w-]+ )*?(?:of )?{xs}(?: itself)?"),
    (
        "element of",
        r"(?:considering|taking|looking at|from|by|with) (?:only |first )?(?:one|a single) element of {x}(?: first)?",
    ),
)
"""Clauses that name formulas without asking for them; taken out before a goal is looked for."""

NOUNPHRASE = (
    r"(?<![\w-])(?P<rank>(?:partial |total |ordinary |first |second |third |second-order |third-order |first-order |fourth |fifth |sixth |mixed |scalar |matrix |vector |directional |full |(?:{x}) )*)"
    r"(?P<kind>derivatives?|gradients?|hessians?|jacobians?|rate of change|slope)(?:[- ]matri(?:x|ces)| vectors?)?(?: \([^)]*\))?"
)

WITH = r"(?:with respect to|w\. ?r\. ?t\.|wrt|with regard to)"
AND_WITH = rf"(?:,? (?:and|and then|then) {WITH} {{words}}{{also:xs}})?"
WRT = (
    rf"(?:,? ?(?:taken )?(?:{WITH} {{words}}{{wrt:xs}}{AND_WITH}"
    r"|by (?:the )?(?:vector |matrix |scalar |variable |parameter )?{wrtby:xs}))"
)
WRT_ONLY = rf"(?:,? ?(?:taken )?{WITH} {{words}}{{wrt:xs}}{AND_WITH})"

GOALS = (
    Phrase(
        "directional", "goals", "directional",
        r"(?:directional derivative|(?:rate of change|slope|derivative)(?= +(?:of {words}{x},? +|there +|here +|at (?:the point )?{x},? +)*(?:in (?:the )?direction|along (?:the (?:direction (?:of )?)?)?(?:unit )?(?:vector )?{x})))"
        r"(?: of {words}{body:x})?(?P<there> there| here)?(?:,? at (?:the point )?{point:x},?)?(?:[^\x01]*? (?:direction|along)(?: of)?(?: the)?(?: direction)?(?: of)?(?: the)?(?: unit)?(?: vector)? {direction:x}|[^\x01]*? angle (?:of )?{angle:x})?",
        ("Compute the directional derivative of $f(x,y)=xy$ at $(1,2)$ in the direction of the unit vector $(1,0)$.",
         "Let $g(x,y)=x+y^2$. Find the directional derivative of $g$ at $(0,1)$ in the direction $(0,1)$.",
         "Let $g(x,y)=x+y^2$. Find the rate of change of $g$ at $(0,1)$ in the direction $(0,1)$.",
         "Find the derivative of $f(x,y)=xy$ at the point $(1,2)$ along the vector $(3,4)$.",
         "Find the directional derivative of $f(x,y)=xy$ in the direction given by the angle $\\theta=\\pi/6$."),
        ("direction", "along"),
    ),
    Phrase(
        "differentiate", "goals", "derivative",
        r"differentiat(?:e|ing) {words}{body:xs}(?P<twice> twice)?" + WRT + "?",
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
        "differentiate by each component", "goals", "anaphora",
        r"differentiat(?:e|ing)(?: it| this| that| the \w+)? (?:with respect to|by|w\.?r\.?t\.?) (?:each|every|all|the|its)(?: of)?(?: the| its)? (?:single )?(?:component|element|entr(?:y|ies)|coordinate|variable)s?(?: of {by:x})?",
        ("Write out $\\mathbf{x}^T\\mathbf{A}\\mathbf{x}$ for $\\mathbf{x}\\in\\mathbb{R}^2$, $\\mathbf{A}\\in\\mathbb{R}^{2\\times 2}$, and differentiate with respect to each component of $\\mathbf{x}$.",
         "Consider $s=\\mathbf{x}^T\\mathbf{x}$ for $\\mathbf{x}\\in\\mathbb{R}^n$. Differentiate it with respect to each component of $\\mathbf{x}$."),
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
        "derivative of their product", "goals", "their",
        NOUNPHRASE + r" of their (?P<operation>product|sum|difference|quotient|ratio)" + WRT_ONLY + "?",
        ("Let $f(t)=t^2$ and $g(t)=\\sin t$. Find the derivative of their product.",
         "For $a=x^2$, $b=e^x$ find the derivative of their sum with respect to $x$."),
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
        r"\b(?:(?:all|both|two|three|four)(?: of)? )?(?:its|their|the|this|all|both|two|three|four) "
        + NOUNPHRASE + r"(?! ?\x01| of| with| by| for| w)",
        ("Let $f(x,y)=xy$. Find the gradient.", "Consider $h(t)=t^4$. What is its second derivative?",
         "Let $f(x,y)=x^2y$. Find all second partial derivatives.", "Let $f(x,y)=x^2y$. Find both partial derivatives."),
        KIND_CUES,
    ),
    Phrase(
        "gradient of the loss", "goals", "its",
        NOUNPHRASE + r" of (?:the|this|that|its|their) (?:\w+ )?(?:objective|function|loss|cost|expression|quantity|scalar|result|form|norm|energy|error|"
        r"likelihood|criterion|penalty|vector|matrix)(?: function)?(?! ?\x01)" + WRT_ONLY + "?",
        ("Consider $f(x,y)=xy$. Compute the gradient of the function.", "The loss is $\\ell=w^2$. Find the derivative of the loss with respect to $w$."),
        KIND_CUES,
    ),
    Phrase(
        "how fast", "goals", "derivative",
        r"how (?:(?:fast|quickly|rapidly) )?(?:does|do) {words}{body:x}(?: \w+)? (?:change|vary|grow|depend|react|increase|decrease)s? (?:with|when|as|on|in) {words}{wrt:x}",
        ("How fast does $V=e^{2t}$ change with the time $t$?", "How does $s=u^2$ vary with $u$?"),
        ("how ",),
    ),
    Phrase(
        "how it changes", "goals", "derivative",
        r"how (?:(?:fast|quickly|rapidly) )?{words}{body:x} (?:changes?|var(?:y|ies)|reacts?|responds?|increases?|decreases?|grows?) (?:with|when|as|in response to) {words}{wrt:x}",
        ("Determine how fast $V=e^{2t}$ changes with the time $t$.", "Find out how $s=u^2$ varies with $u$."),
        ("how ",),
    ),
)  # fmt: skip

SECOND = (
    Phrase(
        "and its Hessian", "goals", "second",
        r"(?:\b(?:its|their|the|also|and) )+" + NOUNPHRASE + r"(?: of {x}| thereof)?(?! ?\x01| of| with| by| for| w)",
        ("For $\\mathbf{x}\\in\\mathbb{R}^n$ find the gradient of $\\mathbf{x}^T\\mathbf{x}$ and its Hessian.",
         "Let $f(x,y)=xy$. Find $\\nabla f$ and the Hessian."),
        KIND_CUES,
    ),
    Phrase(
        "and that of", "goals", "that of",
        r"(?:,|;|\band|\bthen)(?: also| then)?(?: (?:that|those|the same)(?: {kinds})?)? of {words}{body:xs}".replace("{kinds}", "(?:derivative|gradient)"),
        ("Find the derivative of $t^2$ with respect to $t$, and that of $t^3$.",
         "Let $\\mathbf{x}\\in\\mathbb{R}^n$. What is the gradient of $\\mathbf{x}^T\\mathbf{x}$, and of $(\\mathbf{x}^T\\mathbf{x})^2$?"),
        (" of ",),
    ),
)  # fmt: skip
"""Further goals of a sentence that has one."""

CLAIM = (
    r"(?:,? with respect to {x})?(?:,? where .*?)?,? (?:is|are|equals?|is equal to|is given by|are given by|has the form|reads|becomes|takes the form|is indeed|is simply|(?:can|may|could|must) (?:also )?be (?:re)?(?:written|expressed|put)(?: down)? as|satisf(?:y|ies)|is nothing (?:but|else than|other than))"
    r"(?: (?:indeed|simply|just|equal to|given by|exactly|(?:the|an?) (?:[\w-]+ )?(?:vector|matrix|scalar|function|sigmoid|probability)))* (?P<value>{x})|,? (?:vanish(?:es)?|(?:is|are|equals) (?:identically )?(?:the )?zero(?: vector| matrix)?)\b"
).replace("(?P<value>{x})", "(?P<value>" + SLOT + ")")
"""What follows a goal in a sentence that asks to show something: the value that is claimed."""

SHAPES = (
    Phrase(
        "shape of", "goals", "shape",
        r"(?:what|which|state|give|find|determine|name|tell me|compute|write(?: down)?|derive|report|specify),?(?: (?:is|are|the|must|would|be|correct|its|then|right|of)){0,4} (?:shapes?|dimensions?|sizes?)"
        r"(?: (?:has|have|is|are|of|do|does|would|must|the|matrix|vector|derivative|product|expression|gradient|result|term))* {body:xs}",
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
        r"without (?:using )?(?:any |an? |the |its )?(?:ind(?:ices|exes)|index notation|sums?|summations?|a sum|components|subscripts|(?:explicit |for[- ])?loops?|loops? over {words}{x})|index-free"
        r"|get rid of (?:all )?(?:the )?(?:ind|sub)|(?:remove|eliminate|drop) (?:all )?(?:the )?(?:ind|sub)",
        ("Let $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$. Write $\\sum_i a_ib_i$ without indices.",
         "Get rid of the indices: $r_i=a_i+b_i$ with $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$."),
        ("without", "index", "ind", "sub"),
    ),
    Phrase(
        "matrix form", "goals", "regroup",
        r"(?:in|into|to|as) (?:an? )?(?:pure |compact |closed )?(?:matrix|vector|matrix[- ]vector|vector[- ]matrix|vectori[sz]ed)(?: and vector)?[- ](?:form|notation|expression|product|language|equation)"
        r"|as (?:the )?(?:entries|elements|components|an entry|an element) of (?:an? )?(?:matrix |vector )?products?"
        r"|as (?:an? )?(?:row |column )?(?:vector|matrix) times (?:an? )?(?:row |column )?(?:vector|matrix)"
        r"|as (?:an? |one )?(?:single )?(?:product of matrices|matrix product|matrix expression|one matrix expression|quadratic form|inner product|dot product|outer product|trace|(?:squared )?norm)|vectori[sz]e"
        r"|(?:using|with|by|through|in terms of) (?:only )?(?:matrices|vectors|matrix|vector)(?: and (?:matrices|vectors))?(?: (?:notation|products?|operations|multiplication))?(?: only)?(?=[ .,;?]|$)",
        ("Put $\\sum_i a_ib_i$ into vector form; $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$.",
         "Express $D_{ij}=\\sum_kA_{ik}B_{kj}$ as a product of matrices ($\\mathbf{A}$ is $m\\times p$, $\\mathbf{B}$ is $p\\times n$)."),
    ),
    Phrase(
        "simplify a sum", "goals", "regroup",
        r"^(?:simplify|evaluate|work out|compute|sift) (?:the (?:sum|expression) )?{x}|(?:with|using|by means of|through) (?:the |a )?(?:ones vector|vector of (?:all )?ones|all-ones vector)"
        r"|as an? (?:single )?(?:matrix|vector)(?= (?:for|where|with|in)\b|[.,;?]|$)",
        ("Simplify $\\sum_j\\delta_{ij}a_j$ for $\\mathbf{a}\\in\\mathbb{R}^n$.",
         "Let $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$. Write $\\sum_jA_{ij}$ with the ones vector."),
        ("simplify", "evaluate", "work out", "compute", "sift", "ones", "as a "),
    ),
    Phrase(
        "for the whole vector", "goals", "regroup",
        r"for (?:the )?(?:whole|entire|full|complete) (?:vector|matrix|column|row)|for all {words}(?:{x} )?(?:at once|together|simultaneously|in one go)"
        r"|as an? (?:vector|matrix) (?:recursion|recurrence|update|equation|operation)",
        ("Let $c_j=\\sum_ia_iB_{ij}$ with $\\mathbf{a}\\in\\mathbb{R}^m$, $\\mathbf{B}\\in\\mathbb{R}^{m\\times n}$. Write this for the whole vector $\\mathbf{c}$.",
         "The update is $c_j=d_j\\sum_ia_iB_{ij}$, where $\\mathbf{B}\\in\\mathbb{R}^{m\\times n}$. Write this for all $j$ at once."),
    ),
    Phrase(
        "which matrix", "goals", "regroup",
        r"(?:(?:which|what)|(?:find|name|give|write(?: down)?|state|determine)(?: in (?:matrix|vector) form)? (?:the|a|that)) (?:matrix|vector|column vector) (?:has|have|with|that has) (?:the |these )?(?:entries|elements|components)",
        ("Which matrix has the entries $M_{ij}=p_iq_j$, where $\\mathbf{p},\\mathbf{q}\\in\\mathbb{R}^n$?",
         "Which vector has the components $v_i=a_ib_i$? Here $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$.",
         "Find the matrix with the entries $C_{ij}=a_ib_j$ for $\\mathbf{a},\\mathbf{b}\\in\\mathbb{R}^n$."),
        ("matrix", "vector"),
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
    Phrase(
        "element as a sum", "goals", "element",
        r"(?:write|express|expand|give|state) (?:out )?(?:the )?(?:element |entry |component |scalar )?{body:x} (?:[^.]{0,30}? )?(?:as|by) (?:an? |one )?(?:\w+ )?sums?",
        ("Let $\\mathbf{y}=\\mathbf{A}\\mathbf{x}$ with $\\mathbf{A}\\in\\mathbb{R}^{m\\times n}$. Write $y_i$ as a sum.",
         "Let $\\mathbf{A},\\mathbf{B}\\in\\mathbb{R}^{n\\times n}$. Express $(\\mathbf{A}\\mathbf{B})_{ij}$ as a sum."),
        (" sum",),
    ),
)  # fmt: skip

AGAIN = (
    Phrase(
        "the same for", "goals", "again",
        r"(?:do|repeat|carry out|perform) (?:the same|this|that|it|the)(?: again)?(?: computation| calculation| derivation| exercise| question| task)?(?: again)? for {words}{xs}|^(?:the same|and|likewise) for {words}{xs}",
        ("Let $f(x,y)=xy$. (a) Find $\\partial f/\\partial x$. (b) Do the same for $\\partial f/\\partial y$.",
         "Let $f(x,y)=xy$. (a) Find $\\partial f/\\partial x$. (b) Repeat this for $\\partial f/\\partial y$."),
        ("same", "repeat", "and for", "likewise", "carry"),
    ),
)  # fmt: skip

TIED = r"(?:treated|regarded|counted|taken) as (?:one|the same|a single) variable|tak\w+ (?:the )?symmetry into account|tied entries"
"""Words that tie entries of a variable to each other."""

REFUSED = (
    (
        r"(?:show|prove|verify|argue)\b.*(?:gradient|derivative|slope)s? (?:vanish(?:es)?|(?:is|are|equals?) (?:equal to )?(?:zero|0)),? "
        r"(?:only|exactly|precisely|just|if and only)\b",
        "a proof of where a derivative is zero",
    ),
    (r"(?:derivatives?|rates? of change|slopes?) of\b[^.?!]* along (?:the|this|that|a) (?:\w+ )?(?:curve|path|trajectory)\b", "the derivative along a curve"),
    (
        r"\b(?:show|prove|verify|deduce|explain)\b.*(?:\bif\b[^.?!]*\x01.[^.?!]* constant\b|\bconstant (?:length|norm|speed|modulus)\b)",
        "a proof from a length that is constant",
    ),
    (r"(?:anti-?derivatives?|primitives?)\b", "an antiderivative"),
    (r"(?<!graph )\blaplac(?:ian\b|e operator)", "a Laplacian"),
    (r"\bdivergence of\b|\bdivergence (?=\x01)|\bcurl\b", "a divergence or curl"),
    (
        r"(?:find|determine|compute|calculate|locate|give|obtain|derive|state)(?: all| the| a| any| both| its)*(?: \w+)? ?"
        r"(?:minim(?:um|a|iser|izer)|maxim(?:um|a|iser|izer)|extrem(?:um|a)|critical points?|stationary points?|saddle points?|"
        r"tangent (?:line|plane)|linear(?:isation|ization)|taylor|direction of steepest)",
        "something that follows from a derivative",
    ),
    (
        r"\b(?:implicit|logarithmic|fractional|weak|covariant|lie|material|normal|one-sided|fr[ée]chet|g[âa]teaux)[- ](?:derivative|differentiation)",
        "a special kind of derivative",
    ),
    (
        r"\b(?:largest|smallest|greatest|least|maximal|minimal|extreme) (?:possible )?values? of\b",
        "an extreme value of a derivative",
    ),
    (
        r"(?:\x01.|\bn|\bk)-?th (?:order )?(?:partial )?derivative|(?:seven|eigh|nin|ten)th derivative|higher derivatives",
        "a derivative of that order",
    ),
)
"""Tasks that look like a derivative and are not one, with how a message calls them."""

OPERATIONS: dict[str, str] = {
    r"square": "square", r"cube": "cube", r"trace": "tr", r"determinant": "det", r"(?:natural )?log(?:arithm)?": "log",
    r"exponential": "exp", r"(?:squared )?norm": "norm", r"length": "norm", r"transpose": "transpose", r"inverse": "inverse",
    r"square root": "root", r"reciprocal": "inverse", r"product": "product", r"sum": "sum", r"difference": "difference",
    r"quotient|ratio": "quotient",
}  # fmt: skip
"""Words before "of" that change what is differentiated; the value is the operation."""

NORMALISE = re.compile(
    r"\bnormali[sz](?:e|ing) (?:it|this|the|first|\x01)|\bdivid\w+ (?:it |this )?by its (?:length|norm)"
    r"|\bunit vector (?:along|in the (?:same )?direction)|\bunit direction (?:of|along)",
    re.I,
)
"""Words that ask for a direction of length one."""

AT_POINT = re.compile(
    rf"\b(?:at|when|for|above)(?: the)?(?: points?| origin)?(?: where)? (?P<point>{SLOT}(?:(?:, | and ){SLOT})*)", re.I
)

UNSUPPORTED = (
    (r"solve[^.]*differential equation|differential equation[^.]*solve", "solving a differential equation"),
    (r"\bintegra(?:te|l)\b", "integration"),
    (r"\beigenv(?:alue|ector)s?\b", "an eigenvalue problem"),
    (r"as (?:small|large) as possible", "an optimisation problem"),
    (
        r"\b(?:minimi[sz]e[sdr]?|maximi[sz]e[sdr]?|minimi[sz]ing|maximi[sz]ing|minimal|optimal|closest)\b",
        "an optimisation problem",
    ),
    (r"\bsolve\b", "solving an equation"),
    (r"\b(?:prove|disprove)\b", "a proof"),
)
"""Tasks that are not derivatives, with how a message calls them."""

PHRASES: tuple[Phrase, ...] = (
    *SPREAD, *DECLARATIONS, *PROPERTIES, *LAYOUTS, *SUBJECTS, *GOALS, *SECOND, *SHAPES, *REGROUP, *ELEMENTS, *AGAIN,
)  # fmt: skip

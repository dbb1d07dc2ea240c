"""Documents to chunks: text with its places, formulas, lists, macros."""

from __future__ import annotations

import pytest

from derivgen.errors import EmptyInput, InputError, LimitReached, Span
from derivgen.latex.document import Chunk, math_tokens, read_document
from derivgen.latex.parse import parse_formula
from derivgen.latex.show import show
from derivgen.latex.tokens import Source


def outline(text: str) -> list[str]:
    """The chunks of a text, one string each."""
    source, out = Source(text), []
    for chunk in read_document(text):
        if chunk.tokens:
            out.append(f"{chunk.kind} {show(parse_formula(chunk.tokens, source, chunk.span))}")
        else:
            out.append(f"{chunk.kind} {chunk.environment or chunk.text}".strip())
    return out


DOCUMENTS: tuple[tuple[str, list[str]], ...] = (
    ("Let $x$ be.", ["text Let", "math x", "text  be."]),
    (r"\(a\) and \[b\]", ["math a", "text  and", "display b"]),
    ("$$x = 1.$$", ["display (Chain [x 1] [=]) ."]),
    ("a % comment $\nb", ["text a b"]),
    ("one\n\ntwo", ["text one", "break", "text two"]),
    (r"\textbf{bold \emph{word} $x$} here", ["text bold word", "math x", "text  here"]),
    (r"caf\'e, na\"{\i}ve, G\"odel, \ss", ["text café, naïve, Gödel, ß"]),
    (r"``So''---50\% \& more~\S{}3", ["text “So”—50% & more §3"]),
    (r"\noindent A\label{x}\vspace{1cm} b\\c", ["text  A b c"]),
    (r"\section*{Part $x$} text", ["text Part", "math x", "break", "text  text"]),
    (r"\begin{equation*}x\end{equation*}", ["display x"]),
    (r"\begin{align}a&=b\\c&=d\end{align}", ["display (Chain [a b] [=]) ; (Chain [c d] [=])"]),
    (r"\begin{problem}[Two] Find $x$. \end{problem}", ["text  Find", "math x", "text . ", "break"]),
    (r"\newcommand{\R}{\mathbb R}$x\in\R^n$", ["math (Chain [x (Space R [n] '')] [∈])"]),
    (r"\newcommand\pd[2]{\frac{\partial #1}{\partial #2}}$\pd fx$", ["math (Leibniz f [x] ∂)"]),
    (r"\newcommand{\n}[2][2]{\|#2\|_{#1}}$\n{x}\n[F]{X}$",
     ["math (Product [(Subscript (Fenced ‖ x ‖) 2) (Subscript (Fenced ‖ X ‖) F)])"]),
    (r"\def\a#1{#1^2}$\a x+\a{y}$", ["math (Plus [(Superscript x 2) (Superscript y 2)])"]),
    (r"\let\v=\vec $\v x$", ["math >x"]),
    (r"\renewcommand{\vec}[1]{\mathbf{#1}}$\vec x$", ["math !x"]),
    (r"\DeclareMathOperator{\Cov}{Cov}$\Cov(X)$", ["math (Call (FunctionName Cov) [X])"]),
    (r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}$\abs*{x}$", ["math (Fenced | x |)"]),
    (r"\newcommand{\wrt}{with respect to}Differentiate \wrt{} $x$.",
     ["text Differentiate with respect to", "math x", "text ."]),
    (r"$x$ \begin{enumerate}[label=(\alph*)]\item A\item B\end{enumerate}",
     ["math x", "text", "begin enumerate", "item enumerate", "text  A", "item enumerate", "text  B", "end enumerate"]),
    (r"\documentclass{article}\usepackage{amsmath}\newcommand{\x}{\mathbf x}\begin{document}Find $\x$.\end{document}",
     ["text Find", "math !x", "text ."]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_outline(text: str, expected: list[str]) -> None:
    assert [line.rstrip() for line in outline(text)] == [line.rstrip() for line in expected]


@pytest.mark.parametrize(
    ("option", "labels"),
    [
        (r"[label=(\alph*)]", ["(a)", "(b)"]),
        (r"[label=\arabic*., leftmargin=*]", ["1.", "2."]),
        ("[(i)]", ["(i)", "(ii)"]),
        ("", ["", ""]),
    ],
)
def test_labels_of_items(option: str, labels: list[str]) -> None:
    chunks = read_document(rf"\begin{{enumerate}}{option}\item A\item B\end{{enumerate}}")
    assert [c.text for c in chunks if c.kind == "item"] == labels
    assert [c.number for c in chunks if c.kind == "item"] == [1, 2]


def test_given_label() -> None:
    chunks = read_document(r"\begin{enumerate}\item[(c)] Third\end{enumerate}")
    assert [c.text for c in chunks if c.kind == "item"] == ["(c)"]


@pytest.mark.parametrize("text", ["Let  it --- be\nso, \\emph{caf\\'e} and ~ more words", "a\\quad b \\textbf{c} d"])
def test_text_knows_its_place(text: str) -> None:
    (chunk,) = read_document(text)
    for at, character in enumerate(chunk.text):
        if character.isascii() and character.isalnum():
            assert text[chunk.offset(at)] == character, at


def test_part_is_a_span_of_the_source() -> None:
    text = "Find  the $x$"
    chunk = read_document(text)[0]
    start = chunk.text.index("the")
    assert chunk.part(start, start + 3) == Span(6, 9)


@pytest.mark.parametrize(
    "text", ["", "  \n\t", "% only a comment\n", r"\documentclass{article}\begin{document}\end{document}"]
)
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(EmptyInput):
        read_document(text)


def test_place_of_a_macro_is_its_call() -> None:
    text = "\\newcommand{\\bad}[1]{#1 + }\nLet $\\bad{x}$."
    with pytest.raises(InputError) as caught:
        outline(text)
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (2, 6)


def test_bare_formula() -> None:
    source, tokens = math_tokens(r"\newcommand{\x}{\mathbf x} \x^T\x")
    assert show(parse_formula(tokens, source, Span(0, len(source.text)))) == "(Product [(Transpose !x +) !x])"


def test_too_many_formulas() -> None:
    with pytest.raises(LimitReached):
        read_document("$x$ " * 3000)


def test_a_megabyte_of_prose_is_one_chunk() -> None:
    chunks: tuple[Chunk, ...] = read_document("Lorem ipsum dolor sit amet, consectetur.\n" * 25_000)
    assert len(chunks) == 1

r"""The grammar of formulas: tokens to the untyped syntax tree, by precedence.

Loosest first: lists (commas, words, wide spaces), relations, sums, circled products, products and inline division,
factors with their scripts.  A factor is begun by a row of ``atoms.ATOMS``.
"""

from __future__ import annotations

from typing import NoReturn

from derivgen import errors
from derivgen.errors import Span
from derivgen.latex import atoms, derivatives, fences, fonts, scripts, symbols
from derivgen.latex import syntax as tree
from derivgen.latex.arrange import arrange, relation
from derivgen.latex.chances import chances_as_words
from derivgen.latex.gaps import blanks_as_boxes
from derivgen.latex.rows import cut_rows, strip_punctuation
from derivgen.latex.stream import CLOSERS, END, MAX_DEPTH, Stream, prepare
from derivgen.latex.syntax import Formula, Syntax
from derivgen.latex.tokens import Source, Token

SIGNS = frozenset({"+", "-", "\\pm", "\\mp"})
SEPARATORS = frozenset({",", ";", "\\\\"}) | symbols.QUADS
INFIX = SEPARATORS | symbols.RELATIONS.keys() | symbols.CIRCLED_SIGNS.keys() | symbols.PRODUCT_SIGNS.keys()


def parse_formula(tokens: tuple[Token, ...], source: Source, span: Span) -> Formula:
    """Read the tokens between two dollars, or of a display, with alignment and trailing punctuation."""
    ready = chances_as_words(prepare(tuple(blanks_as_boxes(tokens)), source), source)
    punctuation = strip_punctuation(ready)
    cut = cut_rows(ready)
    rows = tuple(Reader(row, source, span).whole() for row, _ in cut)
    if not rows:
        source.fault(errors.SyntaxFault, "the formula is empty", span)
    return Formula(rows, punctuation, tuple(ending for _, ending in cut[:-1]), span)


class Reader(Stream):
    """One formula (or one row of a display) being read."""

    __slots__ = ()

    def whole(self) -> Syntax:
        """Everything up to the end of the tokens; a sign alone, which a sentence may speak of, is ``Words``."""
        alone = self.lone_sign()
        if alone:
            return tree.Words(alone, span=self.span_from(0))
        result = self.sequence()
        if self.key:
            self.stray()
        return result

    def lone_sign(self) -> str:
        keys = [key for key in self.keys[:-1] if key not in ("{", "}")]
        if len(keys) == 2 and keys[0] == "^" and (keys[1],) in symbols.TRANSPOSES:
            return "^T"
        if len(keys) != 1:
            return ""
        key = keys[0]
        named = symbols.CIRCLED_SIGNS.get(key) or symbols.PRODUCT_SIGNS.get(key) or symbols.RELATIONS.get(key)
        return named or (key if key in SIGNS or key in "'^" else "")

    def stray(self) -> NoReturn:
        """Report the token that fits nowhere."""
        token, key = self.tokens[self.position], self.key
        if key == "\\right":
            self.fault("\\right has no \\left before it", token)
        if key == "}" or key in symbols.CLOSING or key in symbols.BARS:
            self.fault(f"{_shown(token)} closes nothing", token, "is an opening delimiter missing?")
        if key == "&":
            self.fault("an alignment mark & stands outside of a matrix or an aligned display", token)
        self.fault(f"{_shown(token)} does not fit here", token)

    # ------------------------------------------------------------------------------------ lists and relations
    def sequence(self) -> Syntax:
        """Items between separators: ``a, b``; a single item stands for itself."""
        start = self.position
        found: list[Syntax] = []
        separated = False
        in_matrix = bool(self.bars) and self.bars[-1] == END
        while True:
            key = self.key
            if key in SEPARATORS and not (in_matrix and key == "\\\\"):
                separated = separated or key in (",", ";")
                self.position += 1
            elif key == "\\text" and not self.names_quantity():
                token = self.take()
                found.append(tree.Words(" ".join(token.text.split()), span=token.span))
            elif key in ("\\forall", "\\exists"):
                token = self.take()
                words = "for all" if key == "\\forall" else "there is"
                found.append(tree.Words(words, span=token.span))
            elif key in CLOSERS or self.at_closing_bar():
                break
            else:
                before = self.position
                found.append(self.chain())
                if self.key not in SEPARATORS and not self.at_separating_words():
                    break
                assert self.position > before
        if not found:
            self.missing(start)
        return arrange(found, self.span_from(start))

    def names_quantity(self) -> bool:
        r"""Whether ``\text{…}`` here is the name of a function or a quantity rather than words between formulas."""
        text = self.tokens[self.position].text
        return text.isalpha() and (text in symbols.FUNCTIONS or text.lower() not in symbols.CONNECTIVES)

    def at_separating_words(self) -> bool:
        return self.key in ("\\forall", "\\exists") or (self.key == "\\text" and not self.names_quantity())

    def chain(self) -> Syntax:
        """Relations: ``a = b < c``, ``f : S → T``, ``x ↦ t``."""
        start = self.position
        sides: list[Syntax | None] = []
        signs: list[str] = []
        if self.relation_ahead() and self.key != ":":
            sides.append(None)
        else:
            sides.append(self.sum())
        while sign := self.relation_ahead():
            self.take_relation()
            signs.append(sign)
            ended = self.key in CLOSERS or self.key in SEPARATORS or self.at_closing_bar()
            ended = ended or self.at_separating_words()
            sides.append(None if ended else self.sum())
        first = sides[0]
        if not signs and first is not None:
            return first
        return relation(sides, signs, self.span_from(start))

    def relation_ahead(self) -> str:
        """The relation at this place, or the empty word."""
        key = self.key
        if key in symbols.RELATIONS:
            following = self.keys[self.position + 1]
            if key == ":" and following == "=":
                return "="
            return {"<": "≤", ">": "≥"}.get(key, "=") if following == "=" and key in "<>" else symbols.RELATIONS[key]
        if key == "\\not":
            return {"=": "≠", "∈": "∉"}.get(symbols.RELATIONS.get(self.keys[self.position + 1], ""), "")
        if key in ("\\overset", "\\stackrel"):
            return "="
        return ""

    def take_relation(self) -> None:
        key = self.key
        if key in ("\\overset", "\\stackrel"):
            self.position += 1
            self.skip_argument()
            self.skip_argument()
        else:
            double = key == "\\not" or (key in (":", "<", ">") and self.keys[self.position + 1] == "=")
            self.position += 2 if double else 1

    def skip_argument(self) -> None:
        self.position = self.closing_brace(self.position) + 1 if self.key == "{" else self.position + 1

    # ------------------------------------------------------------------------------------ sums and products
    def sum(self) -> Syntax:
        """``a - b + c``."""
        start = self.position
        terms: list[Syntax] = []
        while True:
            at = self.position
            signs: list[Token] = []
            while self.key in SIGNS:
                signs.append(self.take())
            if len(signs) > 3:
                self.missing(at + 2, "signs follow one another")
            if signs and (self.key in CLOSERS or self.key in SEPARATORS):
                self.missing(at, f"nothing stands to the right of {_shown(signs[-1])}")
            term = self.circled()
            for sign in reversed(signs):
                if sign.text in ("pm", "mp"):
                    term = tree.PlusMinus(term, span=self.span_from(at))
                elif sign.text == "-":
                    term = tree.Negative(term, span=self.span_from(at))
            terms.append(term)
            if self.key not in SIGNS:
                break
        return terms[0] if len(terms) == 1 else tree.Plus(tuple(terms), span=self.span_from(start))

    def circled(self) -> Syntax:
        r"""Products between ``\odot``, ``\circ``, ``\otimes``, ``\oslash``."""
        start = self.position
        factors = [self.product()]
        signs: list[str] = []
        while self.key in symbols.CIRCLED_SIGNS:
            at = self.position
            signs.append(symbols.CIRCLED_SIGNS[self.keys[at]])
            self.position += 1
            if not self.begins_factor():
                self.missing(at, f"nothing stands to the right of {_shown(self.tokens[at])}")
            factors.append(self.product())
        if not signs:
            return factors[0]
        return tree.Circled(tuple(factors), tuple(signs), span=self.span_from(start))

    def product(self) -> Syntax:
        """Factors side by side, with signs, and inline division, from left to right."""
        start = self.position
        if not self.begins_factor() and self.key not in symbols.BARS:
            self.missing(start)
        factors = [self.factor()]
        signs: list[str] = []
        divisions = 0
        while True:
            key, at = self.key, self.position
            if key in symbols.PRODUCT_SIGNS:
                sign = symbols.PRODUCT_SIGNS[key]
                self.position += 1
            elif key in ("/", "\\div") and at != self.slash:
                self.position += 1
                if not self.begins_factor():
                    self.missing(at, "nothing stands to the right of /")
                num = _product(factors, signs, self.span_from(start))
                divisions += 1
                if divisions > MAX_DEPTH:
                    self.fault(f"more than {MAX_DEPTH} divisions follow one another", kind=errors.LimitReached)
                den = self.factor()
                factors, signs = [tree.Fraction(num, den, True, span=self.span_from(start))], []
                continue
            elif self.begins_factor():
                sign = ""
            else:
                return _product(factors, signs, self.span_from(start))
            if sign and not self.begins_factor():
                self.missing(at, f"nothing stands to the right of {_shown(self.tokens[at])}")
            factors.append(self.factor())
            signs.append(sign)

    def begins_factor(self) -> bool:
        """Whether an operand can begin here."""
        token, key = self.tokens[self.position], self.key
        if key in symbols.BARS:
            return not self.at_closing_bar() and self.keys[self.position + 1] != "_"
        if token.kind in ("letter", "digit", "words"):
            return token.kind != "words" or self.names_quantity()
        if key == ":" or key == "\\cdot":
            return self.keys[self.position + 1] in CLOSERS | SEPARATORS and self.stands_alone()
        if key == ".":
            return self.tokens[self.position + 1].kind == "digit"
        return key in atoms.ATOMS or key in symbols.FENCES

    def stands_alone(self) -> bool:
        before = self.keys[self.position - 1] if self.position else ""
        return before in ("", ",", "(", "[", "{", "|", "\\|", "\\lVert", "\\{")

    def at_closing_bar(self) -> bool:
        """Whether the bar at this place closes the innermost fence."""
        return bool(self.bars) and self.key != "" and self.key == self.bars[-1]

    # ------------------------------------------------------------------------------------ factors and scripts
    def factor(self) -> Syntax:
        """An atom with its scripts, or a symbol and the parenthesis that touches it."""
        self.deeper()
        start = self.position
        found = derivatives.inline(self) or self.scripted()
        if _heads(found) and self.opens_parenthesis():
            at = self.position
            operand = self.scripts(fences.fence(self), at)
            found = tree.MaybeCall(found, operand, span=self.span_from(start))
        while self.key in ("|", "\\rvert", "\\vert") and self.keys[self.position + 1] == "_":
            self.position += 2
            found = tree.AtPoint(found, fences.argument(self), span=self.span_from(start))
        self.depth -= 1
        return found

    def deeper(self) -> None:
        """Count a level of nesting, within the limit."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fault(f"the formula is nested deeper than {MAX_DEPTH} levels", kind=errors.LimitReached)

    def opens_parenthesis(self) -> bool:
        key = self.key
        return key == "(" or (key == "\\left" and self.keys[self.position + 1] == "(")

    def scripted(self) -> Syntax:
        """An atom with its scripts."""
        start = self.position
        token, key = self.tokens[start], self.key
        if token.kind == "letter":
            self.position += 1
            found = fonts.letter(self, token)
        elif token.kind == "digit" or key == ".":
            found = fonts.number(self)
        elif key in symbols.FENCES:
            found = fences.fence(self)
        elif key in atoms.ATOMS:
            self.position += 1
            found = atoms.ATOMS[key](self, token)
        elif key in (":", "\\cdot"):
            self.position += 1
            return tree.Placeholder(":" if key == ":" else "·", span=token.span)
        else:
            self.missing(start)
        return self.scripts(found, start)

    def scripts(self, base: Syntax, start: int) -> Syntax:
        """Subscripts, superscripts and primes behind a base, nested as ``syntax`` says."""
        inner: list[scripts.Mark] = []
        outer: list[scripts.Mark] = []
        index: Syntax | None = None
        raised = False
        while True:
            key, at = self.key, self.position
            if key == "!":
                self.fault("factorials cannot be read", self.tokens[at], kind=errors.Unsupported)
            if key == "_":
                if index is not None:
                    self.fault("a second subscript on one base", hint="put braces around the first")
                self.position += 1
                index = scripts.index(self)
            elif key == "^":
                if raised:
                    self.fault("a second superscript on one base", hint="put braces around the first: {x^a}^b")
                self.position += 1
                mark = scripts.superscript(self)
                raised = not mark.primes
                if mark.label and mark.transpose:
                    inner.append(scripts.Mark(mark.exponent))
                    mark = scripts.Mark(transpose=True)
                (inner if mark.label or (mark.primes and index is None) else outer).append(mark)
            elif key == "'":
                while self.key == "'":
                    self.position += 1
                (inner if index is None else outer).append(scripts.Mark(primes=self.position - at))
            else:
                break
        if index is None and not inner and not outer:
            return base
        span = self.span_from(start)
        for mark in inner:
            base = mark.on(base, span)
        if index is not None:
            match base:
                case tree.Fenced("", body, "|"):
                    base = tree.AtPoint(body, index, span=span)
                case _:
                    base = tree.Subscript(base, index, span=span)
        for mark in outer:
            base = mark.on(base, span)
        return base

    def begins_atom(self) -> bool:
        return self.key in atoms.ATOMS

    def single(self) -> Syntax:
        """One token as an argument: a letter, a digit, or a command with its own arguments."""
        token = self.take()
        if token.kind == "letter":
            return fonts.letter(self, token)
        if token.kind == "digit":
            return fonts.digit(self, token)
        return atoms.ATOMS[self.keys[self.position - 1]](self, token)

    def argument(self) -> Syntax:
        """The argument of a command: a braced group, or one token."""
        return fences.argument(self)

    def missing(self, at: int, message: str = "") -> NoReturn:
        """Report that an operand is missing at a position."""
        token, key = self.tokens[at], self.keys[at]
        if message:
            self.fault(message, token, "an operand is missing")
        if key == "":
            self.fault("the formula ends where an operand is expected", token)
        if key == "\\right":
            self.fault("\\right has no \\left before it", token) if not self.bars else None
        if key in ("^", "_"):
            what = "superscript" if key == "^" else "subscript"
            self.fault(f"a {what} with nothing before it", token, "write its base, or {} for none")
        if key in CLOSERS and key != "&":
            self.fault(f"an operand is missing before {_shown(token)}", token)
        if key in INFIX:
            self.fault(f"nothing stands to the left of {_shown(token)}", token, "an operand is missing")
        if key in SIGNS or key == "&" or key == "/":
            self.fault(f"an operand is missing before {_shown(token)}", token)
        self.fault(f"{_shown(token)} does not fit here", token)


def _heads(found: Syntax) -> bool:
    """Whether a parenthesis behind this may hold its arguments."""
    while True:
        match found:
            case tree.Symbol(name):
                return not name.letter.isdigit()
            case tree.Superscript(base, tree.Fenced() | tree.Words()):
                found = base
            case tree.Subscript(base, _) | tree.Primed(base, _) | tree.Accented(_, base):
                found = base
            case _:
                return False


def _product(factors: list[Syntax], signs: list[str], span: Span) -> Syntax:
    return factors[0] if len(factors) == 1 else tree.Product(tuple(factors), tuple(signs), span=span)


def _shown(token: Token) -> str:
    """A token in the words of an error."""
    if token.kind == "eof":
        return "the end of the formula"
    if token.kind == "end":
        return f"\\end{{{token.text}}}"
    return "\\" + token.text if token.kind == "command" else token.text

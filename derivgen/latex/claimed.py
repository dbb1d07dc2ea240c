"""What a statement says that comes out: read in the layout of the question, or in the other one where none is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derivgen import errors
from derivgen.derivation import Goal
from derivgen.latex import syntax as sx
from derivgen.latex.asks import Ask
from derivgen.latex.elaborate import Reading
from derivgen.latex.scope import Scope, Typed
from derivgen.latex.sizes import Unknown, fixed, is_scalar, resolve, unify
from derivgen.terms.nodes import Zero


class Claims:
    """The half of the ``Settler`` that reads claims."""

    scope: Scope
    layout: str
    stated: bool
    claims: dict[Ask, Typed]
    reading: Callable[[Ask], Reading]
    derivative: Callable[[Ask, Reading], Callable[[], Goal]]

    def claim(self, ask: Ask, question: Typed, r: Reading) -> None:
        """What the statement says the answer is; a 0 is that of the answer's shape."""
        if ask.claim is None:
            return
        if ask.claim == sx.Number("0") and not is_scalar(question.shape):
            rows, cols = question.shape
            self.claims[ask] = Typed(question.shape, lambda: Zero(fixed(rows), fixed(cols)))
            return
        claim = r.read(ask.claim)
        for a, b in zip(claim.shape, question.shape, strict=True):
            if isinstance(resolve(a), Unknown) or isinstance(resolve(b), Unknown):
                unify(a, b)
        self.claims[ask] = claim

    def may_turn(self, ask: Ask) -> bool:
        """Whether another layout may be tried: none was named."""
        return not ask.layout and not self.stated and self.layout == "denominator"

    def turned(self, ask: Ask, fault: errors.DerivgenError | None) -> Callable[[], Goal]:
        """The same in numerator layout, in which what is claimed has a meaning; else with the fault that it had."""
        other = replace(ask, layout="numerator")
        try:
            found = self.derivative(other, self.reading(other))
        except errors.ShapeFault:
            raise fault or AssertionError("a claim of the other shape has that shape") from None
        self.scope.note("The claim has the shape that the derivative has in numerator layout, so that was taken.")
        return found

    def claims_transpose(self, ask: Ask, question: Typed) -> bool:
        """Whether, with no layout named, the claimed value has the shape of the other layout only."""
        if ask not in self.claims or not self.may_turn(ask):
            return False
        claimed = [resolve(s) for s in self.claims[ask].shape]
        shape = [resolve(s) for s in question.shape]
        return claimed != shape and claimed == shape[::-1]

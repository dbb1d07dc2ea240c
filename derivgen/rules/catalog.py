"""The rules that push a derivative inwards, in the order in which they are tried; nothing else.

The order matters in four places: ``constant`` comes first, so that no rule opens what does not depend on the
variable; ``share_rule`` before ``definition``, which would open the vector; ``squared_norm`` and
``even_power_of_norm`` before ``power_rule``, which would divide by the norm; ``pull_out_constant`` before
``product_rule``, which wants at least two factors that move.
"""

from __future__ import annotations

from derivgen.rules import calculus, elements, identities, shares
from derivgen.rules.rule import Head, Rule
from derivgen.terms.nodes import NODES, El, Term

RULES: tuple[Rule, ...] = (
    calculus.constant,
    calculus.entry_to_delta,
    elements.squared_norm,
    elements.trace_as_sum,
    elements.scalar_element,
    shares.share_rule,
    elements.definition,
    elements.product_as_sums,
    elements.element_of_sum,
    elements.element_wise,
    elements.element_by_formula,
    calculus.linearity,
    calculus.pull_out_constant,
    calculus.product_rule,
    calculus.quotient_rule,
    calculus.even_power_of_norm,
    calculus.power_rule,
    calculus.exponential_rule,
    calculus.general_power_rule,
    calculus.chain_rule,
    calculus.norm_rule,
    calculus.chain_rule_through,
)


IDENTITIES: tuple[Rule, ...] = (
    identities.secant_squared,
    identities.one_over_cosine_squared,
    identities.secant_of_sum,
    identities.tangent_of_sum,
    identities.logarithm_of_product,
)
"""Identities with a name, each of which makes a line where it makes an answer shorter."""


def _by_head() -> dict[Head, tuple[Rule, ...]]:
    heads: list[Head] = [*NODES, *((El, node) for node in NODES)]
    return {head: tuple(rule for rule in RULES if not rule.heads or head in rule.heads) for head in heads}


BY_HEAD = _by_head()
"""The same rules in the same order, for each kind of body only those that can apply."""


def rules_for(body: Term) -> tuple[Rule, ...]:
    return BY_HEAD[(El, type(body.term)) if isinstance(body, El) else type(body)]

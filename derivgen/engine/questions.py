"""The questions of the engine: which element of a derivative is taken."""

from __future__ import annotations

from derivgen.terms.taking import Taken as Taken
from derivgen.terms.taking import along as along
from derivgen.terms.taking import is_compressed as is_compressed
from derivgen.terms.taking import length as length
from derivgen.terms.taking import symbol_of as symbol_of
from derivgen.terms.taking import take_element as take_element

"""Compiled templates, kept as Python keeps its compiled modules, so that they are not compiled in every run.

The packaged templates are code of the package.  What they compile to lies in the same ``__pycache__`` as the package's
modules and is trusted as they are: who may write there may change the package itself.  Where that folder cannot be
written, or Python is told to write no bytecode, nothing is kept.  Templates of the user are never kept.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pickle
import sys
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

UNREADABLE = (OSError, EOFError, ValueError, NotImplementedError, pickle.UnpicklingError)
"""What says that there is nothing kept, or nothing that can be used."""


class CompiledTemplates(jinja2.BytecodeCache):
    """A file for each template; it counts only for the same source, settings, Jinja and Python."""

    def __init__(self, settings: object) -> None:
        self.terms = f"{jinja2.__version__} {sys.implementation.cache_tag} {settings}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return name.replace("/", "-")

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(f"{self.terms}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(*UNREADABLE), place(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        with contextlib.suppress(OSError, NotImplementedError):
            path = place(bucket)
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.write_bytes(bucket.bytecode_to_string())
            unfinished.replace(path)


def place(bucket: Bucket) -> Path:
    """The file for a template, beside the compiled module that you are reading."""
    module = Path(importlib.util.cache_from_source(__file__))
    return module.with_name(f"{bucket.key}.{sys.implementation.cache_tag}.jinja")

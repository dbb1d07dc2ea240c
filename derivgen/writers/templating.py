"""The templates: a sandboxed Jinja environment for each format, the user's folder before the packaged one."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from derivgen import resources
from derivgen.errors import FileFault, InputError
from derivgen.writers.compiled import CompiledTemplates
from derivgen.writers.views import Document

LATEX_MARKS = {
    "block_start_string": "<%", "block_end_string": "%>", "variable_start_string": "<<", "variable_end_string": ">>",
    "comment_start_string": "<#", "comment_end_string": "#>",
}  # fmt: skip
FILES: dict[str, tuple[str, dict[str, str]]] = {
    "latex": ("latex/document.tex", LATEX_MARKS),
    "typst": ("typst/document.typ", LATEX_MARKS),
    "html": ("html/document.html", {}),
    "notebook": ("html/notebook.html", {}),
    "text": ("text/document.txt", {}),
    "manual in latex": ("latex/manual.tex", LATEX_MARKS),
    "manual in typst": ("typst/manual.typ", LATEX_MARKS),
    "manual in html": ("html/manual.html", {}),
}
"""The template of each format, and the marks it uses: braces mean too much in TeX and Typst."""

MEDIA = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


BLANKS = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}


def environment(to: str, folder: str | Path | None = None, **filters: Any) -> jinja2.Environment:
    name, marks = FILES[to]
    escaped = name.endswith(".html")
    places = ([folder] if folder is not None else []) + [resources.templates()]
    env = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader([str(p) for p in places]),
        bytecode_cache=CompiledTemplates((marks, escaped, BLANKS)) if folder is None else None,
        autoescape=escaped,
        undefined=jinja2.StrictUndefined,
        cache_size=0,
        **BLANKS,
        **marks,
    )
    env.filters.update(filters, data_url=lambda name: data_url(name, places))
    return env


def data_url(name: str, places: Sequence[str | Path]) -> str:
    """A file that stands with the templates, as a URL that holds the file itself."""
    parts = PurePosixPath(name).parts
    kind = MEDIA.get(PurePosixPath(name).suffix)
    if kind is None or ".." in parts or PurePosixPath(name).is_absolute():
        raise InputError(f"a template may not embed {name}", hint=f"it may embed {', '.join(MEDIA)} beside it")
    for place in places:
        path = Path(place, *parts)
        if path.is_file():
            return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
    raise FileFault(f"the file {name} of a template is missing")


def filled(document: Document, to: str, folder: str | Path | None = None, **filters: Any) -> str:
    """The document through its template.  A fault in a template is an error with its file and line."""
    if folder is not None and not Path(folder).is_dir():
        raise FileFault(f"{folder} is not a folder of templates")
    name = FILES[to][0]
    try:
        return environment(to, folder, **filters).get_template(name).render(document=document)
    except jinja2.TemplateSyntaxError as error:
        raise InputError(f"template {error.filename or name}, line {error.lineno}: {error.message}") from None
    except jinja2.TemplateError as error:
        raise InputError(f"template {name}: {error.message}", hint="compare it with the packaged template") from None
    except (ArithmeticError, TypeError, ValueError, LookupError, RecursionError) as error:
        if folder is None or isinstance(error, UnicodeDecodeError):
            raise
        raise InputError(f"template {name} failed: {type(error).__name__}: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise FileFault(f"template {name} cannot be read: {error}") from None

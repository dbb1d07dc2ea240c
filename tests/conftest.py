"""Shared by all tests: ``--regold``, and the tools that some tests need."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

NEEDS = {"tex": ("pdflatex", "lualatex"), "browser": ("chromium",)}

settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="write the golden files anew; read the diff")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, by name and with the reason, what needs a tool that is not here."""
    for item in items:
        for marker, tools in NEEDS.items():
            missing = [tool for tool in tools if not shutil.which(tool)]
            if item.get_closest_marker(marker) and missing:
                reason = f"{' and '.join(missing)} not installed (DERIVGEN_SYSTEM=1 make test installs it)"
                item.add_marker(pytest.mark.skip(reason=reason))

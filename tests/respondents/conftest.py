"""Tables of respondents are opened in one engine: its start takes longer than a test reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from nightly import NIGHTLY


@pytest.fixture(scope="package", autouse=True)
def one_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Each opening has a connection of its own, and what it made goes with it; at night each has an engine."""
    connect, engines = duckdb.connect, list[Any]()

    def connection(*given: Any, config: dict[str, Any] | None = None) -> Any:
        if given or config is None:
            return connect(*given)
        if not engines:
            engines.append(connect(config=config | {"temp_directory": str(tmp_path_factory.mktemp("spill"))}))
        return engines[0].cursor()

    with pytest.MonkeyPatch.context() as patch:
        if not NIGHTLY:
            patch.setattr(duckdb, "connect", connection)
        yield

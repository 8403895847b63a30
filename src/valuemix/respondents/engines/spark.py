"""Tables of respondents in Spark, for what one machine cannot hold; the sums are those of the same functions."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import numpy as np
import pyarrow as pa

from valuemix.errors import EditError, InvalidFile, Place, Problem
from valuemix.respondents.engines.answers import Answers, Fold, Part, Progress, query_refused
from valuemix.respondents.engines.duck import text_of
from valuemix.respondents.other_files import OTHER_FILES, as_csv
from valuemix.respondents.sums.kernel import Sums

__all__ = ["SparkAnswers", "opened_by_spark", "spark_session"]

_NUMERIC = ("tinyint", "smallint", "int", "bigint", "float", "double", "decimal")
_SQL = {"spark.sql.ansi.enabled": "true", "spark.sql.ansi.doubleQuotedIdentifiers": "true"}
_LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""Spark on this machine: nothing listens beyond it."""
_POLL = 0.5
_ONE = "part"
_NO_PYSPARK = (
    'Spark needs the package pyspark: install it with pip install "valuemix[spark]", or read with DuckDB'
)
_NO_JAVA = (
    "Spark needs Java 17 or later, which does not start here: install it, set JAVA_HOME to its folder, or read with "
    "DuckDB"
)
Found = TypeVar("Found")


@dataclass(frozen=True)
class SparkAnswers(Answers):
    """A table in a session of Spark."""

    session: Any
    kept: dict[str, Any] = field(default_factory=dict)
    row_number = "monotonically_increasing_id()"

    def text(self, value: str) -> str:
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with _told(self.name):
            return [tuple(row) for row in self.session.sql(sql).collect()]

    def view(self, name: str, sql: str) -> None:
        with _told(self.name):
            self.session.sql(sql).createOrReplaceTempView(name)

    def table(self, name: str, sql: str) -> None:
        with _told(self.name):
            self.keep(name, self.session.sql(sql))

    def codes(self, name: str, codes: Mapping[str, int]) -> None:
        with _told(self.name):
            self.keep(name, self.session.createDataFrame([*codes.items()], "value string, code bigint"))

    def keep(self, name: str, frame: Any) -> None:
        """Keep what a frame holds; what views of before refer to stays until the table is closed."""
        self.kept[f"{name} {len(self.kept)}"] = frame.persist()
        frame.createOrReplaceTempView(name)

    def folded(
        self, sql: str, fold: Fold[Part], progress: Progress | None = None, together: str = ""
    ) -> list[Part]:
        with _told(self.name):
            frame = self.session.sql(sql)
            if together:
                frame = frame.repartition(together).sortWithinPartitions(together)
            parts = frame.mapInArrow(_task(fold), "part binary")
            return [_unpacked(row.part) for row in self._awaited(parts.collect, progress)]

    def _awaited(self, work: Callable[[], Found], progress: Progress | None) -> Found:
        """Result of some work, with its tasks reported; it ends where this one is interrupted."""
        told, tag = self.session.sparkContext.statusTracker(), f"valuemix-{id(self)}"

        def tagged() -> Found:
            self.session.addTag(tag)
            return work()

        with ThreadPoolExecutor(1) as pool:
            found = pool.submit(tagged)
            try:
                while wait([found], _POLL).not_done:
                    for stage in filter(None, map(told.getStageInfo, told.getActiveStageIds())):
                        if progress:
                            progress(stage.numCompletedTasks, stage.numTasks)
            except BaseException:
                self.session.interruptTag(tag)
                raise
        return found.result()


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Say what the engine finds wrong in the words of the project; what our own functions raise stays loud."""
    from pyspark.errors import PySparkException, PythonException

    try:
        yield
    except PythonException:
        raise
    except PySparkException as error:
        raise _refused(name, error) from None


def _task(fold: Fold[Part]) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What Spark runs on each part of a table."""

    def task(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        part = pa.array([_packed(fold(batches))], pa.binary())
        yield pa.RecordBatch.from_arrays([part], names=["part"])

    return task


def _packed(part: object) -> bytes:
    """What a part comes to, in numpy's own format: numbers, and nothing that can run."""
    arrays = part.arrays() if isinstance(part, Sums) else {_ONE: np.asarray(part)}
    np.savez(kept := io.BytesIO(), **arrays)
    return kept.getvalue()


def _unpacked(kept: bytes) -> Any:
    with np.load(io.BytesIO(kept), allow_pickle=False) as found:
        return found[_ONE] if _ONE in found else Sums.from_arrays(found)


@contextmanager
def opened_by_spark(source: str | Path, name: str, hashed: str, *, is_query: bool) -> Iterator[SparkAnswers]:
    """Open a file or a query; see `opened`.

    Raises
    ------
    EditError
        Where there is no Spark, or no Java.
    """
    with spark_session() as session, tempfile.TemporaryDirectory(prefix="valuemix-") as folder:
        with _told(name):
            if is_query:
                frame = session.sql(str(source).rstrip().rstrip(";"))
            else:
                frame, name = _read(session, Path(source), Path(folder))
            types = dict(frame.dtypes)
        numeric = frozenset(column for column, type_ in types.items() if type_.startswith(_NUMERIC))
        answers = SparkAnswers(name, hashed, tuple(types), numeric, session)
        try:
            answers.keep("answers", frame)
            yield answers
        finally:
            for each in answers.kept.values():
                each.unpersist()


def _read(session: Any, path: Path, folder: Path) -> tuple[Any, str]:
    """Table of a file, and what it is called; csv has the columns that DuckDB finds in it, whatever divides them."""
    name = path.name
    if path.suffix.casefold() == ".parquet":
        return session.read.parquet(_plain(path)), name
    if path.suffix.casefold() in OTHER_FILES:
        path, name = as_csv(path, folder)
    try:
        sniffed = f"sniff_csv({text_of(str(path))}, all_varchar = true, header = true)"
        divided, columns = duckdb.execute(f"SELECT Delimiter, Columns FROM {sniffed}").fetchall()[0]
    except duckdb.Error:
        told = "the file cannot be read as a table: it has no columns that a comma, semicolon or tab divides"
        raise _damaged(name, told) from None
    from pyspark.sql.types import StringType, StructField, StructType

    schema = StructType([StructField(each["name"], StringType()) for each in columns])
    reading = session.read.schema(schema).options(
        header=True, sep=divided, quote='"', escape='"', multiLine=True, mode="FAILFAST", enforceSchema=True
    )
    return reading.csv(_plain(path)), name


def _plain(path: Path) -> str:
    """A path without signs that stand for others."""
    return "".join(f"\\{sign}" if sign in "[]{}*?\\" else sign for sign in str(path.resolve()))


@contextmanager
def spark_session() -> Iterator[Any]:
    """Session of its own in the Spark that runs; else in one on this machine, or that of MASTER, which ends with it.

    Raises
    ------
    EditError
        Where there is no Spark, or no Java.
    """
    _check_installed()
    from pyspark import SparkContext
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    running = SparkContext._active_spark_context is not None  # noqa: SLF001 - nothing else tells
    master = os.environ.get("MASTER", "local[*]")
    builder = SparkSession.builder if running else SparkSession.builder.appName("valuemix").master(master)
    if not running and master.startswith("local"):
        os.environ["PYSPARK_PYTHON"] = sys.executable
        for key, value in _LOCAL.items():
            builder = builder.config(key, value)
    try:
        started = builder.getOrCreate()
    except PySparkException:
        raise EditError(_NO_JAVA) from None
    session = started.newSession()
    for key, value in _SQL.items():
        session.conf.set(key, value)
    try:
        yield session
    finally:
        if not running:
            started.stop()


def _check_installed() -> None:
    if find_spec("pyspark") is None:
        raise EditError(_NO_PYSPARK)
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=str(Path(home, "bin")) if home else None):
        raise EditError(_NO_JAVA)


def _refused(name: str, error: Any) -> InvalidFile:
    """What the engine said, without what quotes respondents."""
    if name == "the query":
        from pyspark.errors import AnalysisException

        return query_refused(str(error) if isinstance(error, AnalysisException) else "")
    return _damaged(name, "the file is damaged and cannot be read as a table")


def _damaged(name: str, told: str) -> InvalidFile:
    mend = "Open it where it came from and save it again as CSV UTF-8"
    return InvalidFile([Problem("SYNTAX", told, mend, Place(file=name))])

"""Opening: from the folder of a generation to a snapshot that answers.

Only small files are read; columns are mapped. When columns are missing, damaged
or of another version, they are made again in memory from what Whoosh has stored.
That takes seconds and gives the same answers, until the next run writes them.
"""

import logging
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from searchsvc.engines.local.analysing import analyse
from searchsvc.engines.local.columns import (
    FORMAT_VERSION,
    Array,
    Columns,
    columns_bytes,
    file_checksum,
)
from searchsvc.engines.local.continuing import Values
from searchsvc.engines.local.generations import OVERLAY, REBUILD, STORE, read_manifest
from searchsvc.engines.local.inverting import field_lengths, invert, steady_averages
from searchsvc.engines.local.overlay import overlay_columns
from searchsvc.engines.local.segment import Segment
from searchsvc.engines.local.snapshot import Snapshot
from searchsvc.errors import IndexDamaged
from searchsvc.ranking import RANKING_VERSION
from searchsvc.settings import REBUILDING, Settings
from searchsvc.text.analysis import ANALYSIS_VERSION, Analyzer
from searchsvc.text.stemming import snowball_version

_log = logging.getLogger(__name__)
# What the columns of an index depend on; an index made by others is made again.
VERSIONS = {
    "format": str(FORMAT_VERSION),
    "analysis": str(ANALYSIS_VERSION),
    "ranking": str(RANKING_VERSION),
    "snowball": snowball_version(),
    "unicode": unicodedata.unidata_version,
}


@dataclass(frozen=True)
class Live:
    """The generation that is live.

    Attributes:
        folder: where it lies.
        manifest: what it says of itself.
        snapshot: open for reading.
        analyzer: cuts queries as the texts of this generation were cut.
    """

    folder: Path
    manifest: Mapping[str, Any]
    snapshot: Snapshot
    analyzer: Analyzer

    @cached_property
    def values(self) -> Values:
        """Its tags and categories, to suggest from."""
        return Values(self.snapshot, self.analyzer)


# Several generations, and threads, share the stems that an analyzer remembers.
analyzer_for = lru_cache(maxsize=8)(Analyzer)


def open_live(folder: Path) -> Live:
    """Open a generation, making its columns again in memory if need be.

    Raises:
        IndexDamaged: not even what Whoosh has stored can be read.
        FileNotFoundError: the folder is gone: another generation is live by now.
    """
    manifest = read_manifest(folder)
    reason = other_versions(manifest)
    if not reason:
        try:
            return open_as_built(folder, manifest)
        except (IndexDamaged, FileNotFoundError) as error:
            if not folder.is_dir():
                raise
            reason = str(error)
    _log.warning("%s. Its words are read again from what is stored, in memory", reason)
    analyzer = _analyzer(manifest)
    return Live(folder, manifest, _made_again(folder, manifest, analyzer), analyzer)


def open_as_built(folder: Path, manifest: Mapping[str, Any]) -> Live:
    """Open a generation with the columns that lie in its folder."""
    segments = [Segment.open(folder / name) for name in manifest["segments"]]
    overlay = folder / OVERLAY
    # Small, and every answer depends on it: a wrong code in it could ask for all memory.
    if file_checksum(overlay) != manifest["checksums"][OVERLAY]:
        raise IndexDamaged(f"{overlay} is not what was written. {REBUILD}")
    snapshot = _snapshot(segments, Columns.open(overlay), manifest)
    return Live(folder, manifest, snapshot, _analyzer(manifest))


def other_versions(manifest: Mapping[str, Any]) -> str:
    """Why the columns of a generation cannot be read by this version, or ""."""
    built = manifest["versions"]
    differing = [
        f"{name} {built.get(name)}, now {now}"
        for name, now in VERSIONS.items()
        if built.get(name) != now
    ]
    if not differing:
        return ""
    return f"The index was built by searchsvc {built.get('searchsvc')} ({', '.join(differing)})"


def other_settings(manifest: Mapping[str, Any], settings: Settings) -> str:
    """Why the index does not fit the settings, or ""."""
    if manifest["settings_fingerprint"] == settings.fingerprint:
        return ""
    built = manifest["settings"]
    differing = [
        f"{name} {built.get(name)!r}, now {getattr(settings, name)!r}"
        for name in REBUILDING
        if built.get(name) != getattr(settings, name)
    ]
    return f"The index was built with other settings ({', '.join(differing)})"


def _analyzer(manifest: Mapping[str, Any]) -> Analyzer:
    return analyzer_for(str(manifest["settings"]["language"]))


def _made_again(folder: Path, manifest: Mapping[str, Any], analyzer: Analyzer) -> Snapshot:
    from searchsvc.engines.local import store  # Whoosh: opening does without it as a rule

    table = analyse(store.documents(folder / STORE), analyzer).table
    averages = steady_averages([field_lengths(table)])
    segment = Segment(_in_memory(invert(table, averages, analyzer)))
    overlay = overlay_columns([segment], [np.zeros(len(table), np.bool_)])
    return _snapshot([segment], _in_memory(overlay), manifest)


def _in_memory(arrays: Mapping[str, Array]) -> Columns:
    pieces = columns_bytes(arrays, {"format": FORMAT_VERSION})
    return Columns(b"".join(pieces), "columns in memory")


def _snapshot(segments: list[Segment], overlay: Columns, manifest: Mapping[str, Any]) -> Snapshot:
    return Snapshot(
        segments,
        overlay,
        generation=int(manifest["generation"]),
        build_id=str(manifest["build_id"]),
        built_at=datetime.fromisoformat(manifest["built_at"]),
    )

"""Building: the files of a new generation, from the live one and what changes."""

import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from searchsvc import __version__
from searchsvc.documents import Document
from searchsvc.engines.local.analysing import Analysed, analyse
from searchsvc.engines.local.columns import write_columns
from searchsvc.engines.local.disk import link_or_copy
from searchsvc.engines.local.generations import MANIFEST, OVERLAY, REBUILD, STORE
from searchsvc.engines.local.merging import MergeRule, segments
from searchsvc.engines.local.opening import VERSIONS, Live, analyzer_for
from searchsvc.engines.local.overlay import overlay_columns
from searchsvc.engines.local.segment import Segment
from searchsvc.errors import IndexDamaged
from searchsvc.settings import REBUILDING, Settings
from searchsvc.text.analysis import Analyzer


@dataclass(frozen=True)
class Edits:
    """Documents to put in, by id, and ids of documents to take out."""

    upserts: Mapping[str, Document]
    deletes: frozenset[str]

    @property
    def touched(self) -> frozenset[str]:
        """The ids whose older versions go."""
        return self.deletes | self.upserts.keys()


def build(
    folder: Path,
    number: int,
    *,
    edits: Edits,
    live: Live | None,
    settings: Settings,
    merge_rule: MergeRule,
    on_step: Callable[[str], None],
) -> list[str]:
    """Fill the folder of a new generation.

    Args:
        live: what the edits are made to; None to begin with nothing.

    Returns:
        The names of the columns that were written, and are not links to older ones.
    """
    analyzer = analyzer_for(settings.language)
    new = analyse(edits.upserts.values(), analyzer)
    stored, gone = _fill_store(folder / STORE, edits, new, live, analyzer)
    on_step("stored")
    parts, averages = segments(folder, edits.touched, new.table, live, analyzer, merge_rule)
    opened = [Segment.open(folder / p.name) for p in parts]
    overlay = overlay_columns(opened, [p.gone for p in parts])
    checksums = {p.name: p.checksum for p in parts}
    checksums[OVERLAY] = write_columns(folder / OVERLAY, overlay)
    manifest = {
        "generation": number,
        "build_id": token_hex(8),
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "posts": int((~overlay["deleted"]).sum()),
        "stored": stored,
        "stored_gone": gone,
        "settings": {name: getattr(settings, name) for name in REBUILDING},
        "settings_fingerprint": settings.fingerprint,
        "versions": _versions(),
        "averages": averages,
        "segments": [p.name for p in parts],
        "checksums": checksums,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    on_step("inverted")
    return [OVERLAY, *(p.name for p in parts if p.is_written)]


def _versions() -> dict[str, str]:
    """What builds an index."""
    from searchsvc.engines.local.store import whoosh_version  # as in ``_fill_store``

    return {
        "searchsvc": __version__,
        "python": platform.python_version(),
        "whoosh": whoosh_version(),
        **VERSIONS,
    }


def _fill_store(
    folder: Path, edits: Edits, new: Analysed, live: Live | None, analyzer: Analyzer
) -> tuple[int, int]:
    """Write Whoosh's part; files of the live one that stay are links. Returns its counts."""
    from searchsvc.engines.local import store  # Whoosh: who only answers does without it

    folder.mkdir()
    if live is None:
        return store.fill(folder, new, analyzer)
    for path in _files(live.folder / STORE):
        # Links of segment files only: with the lock file one inode would lock both generations.
        if path.suffix == ".seg":
            link_or_copy(path, folder / path.name)
        elif path.suffix == ".toc":
            (folder / path.name).write_bytes(path.read_bytes())
    return store.change(folder, new, analyzer, deletes=sorted(edits.touched))


def _files(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except FileNotFoundError as error:
        raise IndexDamaged(f"{folder} is gone. {REBUILD}") from error


def is_worn(live: Live) -> bool:
    """Whether Whoosh's files hold more documents that are gone than documents.

    Whoosh merges small segments by itself, and never looks at what a large one has
    lost. Building all anew costs little when it comes once in so many edits.
    """
    return int(live.manifest.get("stored_gone", 0)) > int(live.manifest["posts"])

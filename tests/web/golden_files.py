"""Golden files: what others rely on, held to the letter.

After a change that is meant, write them anew and look at the difference:
``SEARCHSVC_TEST_WRITE_GOLDEN=1 pytest tests/web``.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def golden(name: str, now: str) -> str:
    """The text that is kept under a name."""
    file = FOLDER / name
    if os.environ.get("SEARCHSVC_TEST_WRITE_GOLDEN"):
        file.write_text(now, encoding="utf-8")
    return file.read_text(encoding="utf-8")

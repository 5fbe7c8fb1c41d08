"""Encoding: the bytes of a file → text, clean enough for everything that follows."""

import codecs
import re

from searchsvc.posts.unusable import Unusable

# UTF-32 first: its mark for little-endian begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_ANY_MARK = tuple(mark for mark, _, _ in _MARKS)
# Control characters are in no writing; a NUL would end the text for some readers.
_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32), 127))
# And those beyond ASCII, which steer some terminals as escape sequences do.
_UNCLEAN = re.compile(f"[{re.escape(_CONTROLS.decode())}\x80-\x9f\ud800-\udfff]")


def decode(content: bytes) -> str:
    """Read text: a byte-order mark tells the encoding, else it is UTF-8.

    Returns:
        Text without the mark and without control characters, its lines ended by ``\\n``.

    Raises:
        Unusable: the bytes are not of that encoding; tells the first wrong one.
    """
    mark, codec, name = _encoding(content)
    if codec == "utf-8" and content.count(0) > len(content) // 4:
        raise Unusable("It looks like UTF-16 without a byte-order mark. Save the file as UTF-8")
    try:
        text = content[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        offset = error.start + len(mark)
        line = content.count(b"\n", 0, offset) + 1
        message = f"Byte {content[offset]:#04x} at offset {offset} is not {name}. "
        raise Unusable(f"{message}Save the file as UTF-8", line) from error
    return _tidy(text, content, codec)


def decode_leniently(content: bytes) -> str:
    """Read what can be read; other bytes become U+FFFD."""
    mark, codec, _ = _encoding(content)
    text = content[len(mark) :].decode(codec, errors="replace")
    return _tidy(text, content, codec)


def clean(text: str) -> str:
    """Take out what no text may hold: control characters but tab and newline, lone surrogates."""
    # Nothing of what is taken out counts as printable, and asking for that is quick.
    return text if text.isprintable() else _UNCLEAN.sub("", text)


def _tidy(text: str, content: bytes, codec: str) -> str:
    # Bytes are looked through fifty times as quickly as text.
    if (
        codec != "utf-8"
        or b"\xc2" in content
        or len(content.translate(None, _CONTROLS)) != len(content)
    ):
        text = clean(text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _encoding(content: bytes) -> tuple[bytes, str, str]:
    if content.startswith(_ANY_MARK):
        for mark, codec, name in _MARKS:
            if content.startswith(mark):
                return mark, codec, name
    return b"", "utf-8", "UTF-8"

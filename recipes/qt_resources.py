"""Reads Qt resource files (`.rcc`): path → bytes. GCompris keeps its photographs in them."""

import struct
import zlib
from collections.abc import Iterator

COMPRESSED, FOLDER, ZSTANDARD = 1, 2, 4


def entries(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every file of a resource; Zstandard ones (text only, in what we read) are skipped."""
    magic, version, tree, data, names = struct.unpack_from(">4sIIII", content)
    assert magic == b"qres" and version in (1, 2, 3)
    size = 14 if version == 1 else 22

    def name(offset: int) -> str:
        length = struct.unpack_from(">H", content, names + offset)[0]
        return content[names + offset + 6 : names + offset + 6 + 2 * length].decode("utf-16-be")

    def walk(index: int, path: str) -> Iterator[tuple[str, bytes]]:
        at = tree + index * size
        name_offset, flags = struct.unpack_from(">IH", content, at)
        here = f"{path}/{name(name_offset)}" if index else ""
        if flags & FOLDER:
            count, first = struct.unpack_from(">II", content, at + 6)
            for child in range(first, first + count):
                yield from walk(child, here)
            return
        offset = struct.unpack_from(">I", content, at + 10)[0]
        length = struct.unpack_from(">I", content, data + offset)[0]
        stored = content[data + offset + 4 : data + offset + 4 + length]
        if flags & COMPRESSED:
            stored = zlib.decompress(stored[4:])
        if not flags & ZSTANDARD:
            yield here, stored

    yield from walk(0, "")

"""The OLE compound file behind .xls, .doc and encrypted Office files: the streams of its root storage (MS-CFB)."""

from __future__ import annotations

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FREE = 0xFFFFFFFA  # from here on a sector number means an end or a gap
_STREAM = 2


class CompoundFile:
    """Sector chains and the directory of a compound file. Raises ValueError, IndexError or struct.error when they are broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sector = 1 << struct.unpack_from("<H", data, 30)[0]
        if self._sector not in {512, 4096}:
            raise ValueError("sector size")
        self._cutoff = struct.unpack_from("<I", data, 56)[0]
        self._table = self._read_table()
        directory = self._chain(struct.unpack_from("<I", data, 48)[0])
        self._entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
        if not self._entries:
            raise ValueError("directory")
        self._small_table = self._numbers(self._chain(struct.unpack_from("<I", data, 60)[0]))

    def streams(self) -> dict[str, bytes]:
        """Name → directory entry of every stream that lies directly in the root storage."""
        found, seen = {}, set()
        waiting = [struct.unpack_from("<I", self._entries[0], 76)[0]]
        while waiting:
            number = waiting.pop()
            if number in seen or number >= len(self._entries):
                continue
            seen.add(number)
            entry = self._entries[number]
            if entry[66] == _STREAM:
                found[_entry_name(entry)] = entry
            waiting += struct.unpack_from("<II", entry, 68)
        return found

    def read(self, name: str) -> bytes:
        """The bytes of the root storage's stream `name`. Raises KeyError when there is none."""
        start, size = struct.unpack_from("<II", self.streams()[name], 116)
        if size >= self._cutoff:
            return self._chain(start)[:size]
        container = self._chain(struct.unpack_from("<I", self._entries[0], 116)[0])
        pieces = [container[64 * number : 64 * number + 64] for number in _follow(self._small_table, start)]
        return b"".join(pieces)[:size]

    def _read_table(self) -> list[int]:
        numbers = list(struct.unpack_from("<109I", self._data, 76))
        following, seen = struct.unpack_from("<I", self._data, 68)[0], set()
        while following < _FREE and following not in seen:
            seen.add(following)
            more = self._numbers(self._sector_bytes(following))
            numbers += more[:-1]
            following = more[-1]
        return [entry for number in numbers if number < _FREE for entry in self._numbers(self._sector_bytes(number))]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector_bytes(number) for number in _follow(self._table, start))

    def _sector_bytes(self, number: int) -> bytes:
        at = (number + 1) * self._sector
        piece = self._data[at : at + self._sector]
        if not piece:
            raise ValueError("sector beyond the file")
        return piece.ljust(self._sector, b"\0")

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def stream_names(data: bytes) -> set[str]:
    """The names of the streams in the root storage of a compound file."""
    return set(CompoundFile(data).streams())


def _entry_name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")


def _follow(table: list[int], start: int) -> list[int]:
    """The numbers of a chain; a chain that bites its own tail is broken."""
    chain, seen = [], set()
    while start < _FREE:
        if start in seen:
            raise ValueError("circular chain")
        seen.add(start)
        chain.append(start)
        start = table[start]
    return chain

"""What a copy of a data set is: how many files and bytes, and one hash over all of them."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.corpus.errors import DataError

_PART = re.compile(r"(\w+): ([\d,]+) files?, ([\d,]+) bytes, SHA-256 ([0-9a-f]{64})")


@dataclass(frozen=True)
class Fingerprint:
    """A copy of a set, or of a part of it.

    Attributes:
        n_files, n_bytes: How much it is.
        sha256: Of a file its own hash; of a folder that of the lines `HASH  PATH` of its files, by path, as the command
            sha256sum writes them.
    """

    n_files: int
    n_bytes: int
    sha256: str

    def __str__(self) -> str:
        files = "1 file" if self.n_files == 1 else f"{self.n_files:,} files"
        return f"{files}, {self.n_bytes:,} bytes, SHA-256 {self.sha256}"


def fingerprint(path: Path, patterns: Sequence[str] = ("**/*",)) -> Fingerprint:
    """Reads a copy through.

    Args:
        path: A file or a folder.
        patterns: Of a folder: globs of the files that belong to the set; others do not count.

    Raises:
        DataError: A file cannot be read.
    """
    try:
        if path.is_file():
            return Fingerprint(1, path.stat().st_size, _hash(path))
        paths = {file.relative_to(path).as_posix(): file for glob in patterns for file in path.glob(glob)}
        files = {name: file for name, file in sorted(paths.items()) if file.is_file()}
        lines = "".join(f"{_hash(file)}  {name}\n" for name, file in files.items())
        n_bytes = sum(file.stat().st_size for file in files.values())
        return Fingerprint(len(files), n_bytes, hashlib.sha256(lines.encode()).hexdigest())
    except OSError as error:
        raise DataError(f"{error.filename or path}: cannot be read: {error.strerror}") from error


def parse_parts(text: str) -> dict[str, Fingerprint]:
    """Returns the parts that a loader's header names, `NAME: N files, N bytes, SHA-256 HASH` each."""
    return {
        name: Fingerprint(int(files.replace(",", "")), int(size.replace(",", "")), digest)
        for name, files, size, digest in _PART.findall(text)
    }


def _hash(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

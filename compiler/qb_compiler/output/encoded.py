"""Generated texts as they are written, with their hashes. What the run before encoded is not encoded again."""

from collections.abc import Mapping

from qb_compiler.model.record import record
from qb_compiler.output.manifest import digest, hash_of


@record
class Encoded:
    """A generated text, its bytes and their hash."""

    text: str
    data: bytes
    digest: str

    @classmethod
    def of(cls, text: str) -> "Encoded":
        data = text.encode()
        return cls(text, data, digest(data))


@record
class Outputs:
    """The texts of this run and of the one before, by path."""

    now: Mapping[str, Encoded]
    before: Mapping[str, Encoded]

    @classmethod
    def of(cls, files: Mapping[str, str], last: "Outputs | None") -> "Outputs":
        before = last.now if last else {}
        return cls({path: _encoded(text, before.get(path)) for path, text in files.items()}, before)

    def hash_of(self, path: str, data: bytes | None) -> str | None:
        """The hash of what is on the disk: mostly what was written last time."""
        known = self.before.get(path)
        return known.digest if known and known.data == data else hash_of(data)


def _encoded(text: str, last: Encoded | None) -> Encoded:
    return last if last and last.text == text else Encoded.of(text)

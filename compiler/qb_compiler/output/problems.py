"""What can go wrong between finished texts and the disk. In each case nothing was written, except where it says so."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record


@record
class OutputNotWritable(Problem):
    """The output folder, or a file in it, cannot be written.

    # What it means
    The system refused the write. Everything is as it was before the compile.

    # Example
    A project on a read-only disk, or files that belong to another user.

    # Fix
    Give yourself the right to write (`chmod u+w <folder>`), or compile to another folder with `--out`.

    # See
    compiler/config/output
    """

    code: ClassVar[str] = "QB6001"
    slug: ClassVar[str] = "output-not-writable"
    docs: ClassVar[str] = "compiler/config/output"

    path: str
    reason: str

    def message(self) -> str:
        return f"`{self.path}` cannot be written: {self.reason}"

    def hint(self) -> str | None:
        return "give yourself the right to write there, or use `quickback compile --out <folder>`"


@record
class OutputThroughLink(Problem):
    """A generated file would be written through a symbolic link.

    # What it means
    A link among the output folders leads somewhere else. Writing through it could change files outside the project.

    # Example
    `src -> ../other-app/src`

    # Fix
    Remove the link: `rm <path>`. The compile makes a real folder in its place.

    # See
    compiler/config/output
    """

    code: ClassVar[str] = "QB6002"
    slug: ClassVar[str] = "output-through-link"
    docs: ClassVar[str] = "compiler/config/output"

    path: str

    def message(self) -> str:
        return f"`{self.path}` is a symbolic link; nothing is written through it"

    def hint(self) -> str | None:
        return f"rm {self.path}"


@record
class EditedFileKept(Problem):
    """A generated file was changed by hand, so it was kept.

    # What it means
    The file is not as the last compile wrote it, or was there before the first one. Its new text was not written; all
    other files were.

    # Example
    A line added to `src/index.ts`.

    # Fix
    Move the change into the definitions, then take the generated text: `quickback compile --force`.

    # See
    compiler/config/output
    """

    code: ClassVar[str] = "QB6003"
    slug: ClassVar[str] = "edited-file-kept"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "compiler/config/output"

    path: str

    def message(self) -> str:
        return f"`{self.path}` was edited by hand and was kept"

    def hint(self) -> str | None:
        return "quickback compile --force"


@record
class OutputBusy(Problem):
    """Another compile is writing to the same project.

    # What it means
    Writers take turns. The other one did not finish within half a minute.

    # Example
    `quickback dev` and `quickback compile` at the same moment, one of them suspended.

    # Fix
    Wait for the other process, or end it, and compile again.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB6004"
    slug: ClassVar[str] = "output-busy"
    docs: ClassVar[str] = "compiler/troubleshooting"

    def message(self) -> str:
        return "another compile is writing to this project"

    def hint(self) -> str | None:
        return "wait for it, then run `quickback compile` again"


@record
class DiskFull(Problem):
    """The disk has no room for the generated files.

    # What it means
    Writing stopped before any file was replaced. Everything is as it was before the compile.

    # Example
    A full disk or an exhausted quota.

    # Fix
    Free some space and compile again.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB6005"
    slug: ClassVar[str] = "disk-full"
    docs: ClassVar[str] = "compiler/troubleshooting"

    path: str

    def message(self) -> str:
        return f"the disk is full: `{self.path}` could not be written"

    def hint(self) -> str | None:
        return "free some space, then run `quickback compile` again"


PROBLEMS: tuple[type[Problem], ...] = (OutputNotWritable, OutputThroughLink, EditedFileKept, OutputBusy, DiskFull)

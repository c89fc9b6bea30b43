"""What can be wrong before a character is parsed: no project, files that are not text, links that lead astray."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record


@record
class ProjectNotFound(Problem):
    """No Quickback project was found.

    # What it means
    A project is a folder that holds `quickback/quickback.config.ts`. The folder you named, and the folders above it,
    hold none.

    # Example
    `quickback compile` in your home folder.

    # Fix
    Change into the project, or start one: `quickback create cloudflare my-app`.

    # See
    compiler/getting-started
    """

    code: ClassVar[str] = "QB1001"
    slug: ClassVar[str] = "project-not-found"
    docs: ClassVar[str] = "compiler/getting-started"

    start: str

    def message(self) -> str:
        return f"no quickback/quickback.config.ts in `{self.start}` or in a folder above it"

    def hint(self) -> str | None:
        return "quickback create cloudflare my-app"


@record
class FileProblem(Problem):
    """The base of what is wrong with one path; `path` is relative to the project."""

    path: str


@record
class FileUnreadable(FileProblem):
    """A file exists, but the system does not let us read it.

    # What it means
    Reading failed: usually the permissions, sometimes a disk or network fault.

    # Example
    `chmod 000 quickback/features/jobs/jobs.ts`

    # Fix
    Give yourself the right to read it: `chmod u+r <file>`.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1002"
    slug: ClassVar[str] = "file-unreadable"
    docs: ClassVar[str] = "compiler/troubleshooting"

    reason: str

    def message(self) -> str:
        return f"`{self.path}` cannot be read: {self.reason}"

    def hint(self) -> str | None:
        return f"chmod u+r {self.path}"


@record
class FileBinary(FileProblem):
    """A file with the name of a source file holds binary data.

    # What it means
    The file contains zero bytes, so it is no text: an image, an archive, or text saved as UTF-16.

    # Example
    `cp logo.png quickback/features/jobs/jobs.ts`

    # Fix
    Save it as UTF-8 text, or move it out of `quickback/`.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1003"
    slug: ClassVar[str] = "file-binary"
    docs: ClassVar[str] = "compiler/troubleshooting"

    def message(self) -> str:
        return f"`{self.path}` is not a text file"

    def hint(self) -> str | None:
        return "save it as UTF-8 text, or move it out of the definitions"


@record
class FileNotUtf8(FileProblem):
    """A file is text in another encoding than UTF-8.

    # What it means
    Source files are UTF-8. The marked place holds bytes that are not.

    # Example
    A file saved as Latin-1 with `é` in a comment.

    # Fix
    Save it as UTF-8: `iconv -f latin1 -t utf-8 old.ts > new.ts`.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1004"
    slug: ClassVar[str] = "file-not-utf8"
    docs: ClassVar[str] = "compiler/troubleshooting"

    def message(self) -> str:
        return f"`{self.path}` is not UTF-8 text"

    def label(self) -> str:
        return "these bytes are not UTF-8"

    def hint(self) -> str | None:
        return "save the file with the encoding UTF-8"


@record
class FileTooLarge(FileProblem):
    """A source file is larger than the compiler reads.

    # What it means
    Definitions are written by people; a file over 1 MB is generated data or a mistake. It is not read.

    # Example
    A 5 MB list of postal codes in `quickback/features/places/codes.ts`.

    # Fix
    Put the data into the database, or split the file.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1005"
    slug: ClassVar[str] = "file-too-large"
    docs: ClassVar[str] = "compiler/troubleshooting"

    size: int
    limit: int

    def message(self) -> str:
        return f"`{self.path}` has {self.size / 1_000_000:.1f} MB; at most {self.limit / 1_000_000:g} MB are read"

    def hint(self) -> str | None:
        return "split the file, or keep the data in the database"


@record
class LinkLeavesProject(FileProblem):
    """A symbolic link leads out of the project.

    # What it means
    The compiler reads nothing outside the project folder, so that compiling a project cannot pull in files of the
    machine it is compiled on.

    # Example
    `ln -s /etc/hosts quickback/features/jobs/hosts.ts`

    # Fix
    Copy the file into the project: `cp --remove-destination "$(readlink -f <link>)" <link>`.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1006"
    slug: ClassVar[str] = "link-leaves-project"
    docs: ClassVar[str] = "compiler/troubleshooting"

    def message(self) -> str:
        return f"`{self.path}` is a link out of the project; it was not followed"

    def hint(self) -> str | None:
        return "put a copy of the file into the project"


@record
class LinkLoop(FileProblem):
    """A symbolic link leads to itself or to a folder above it.

    # What it means
    Following the link would never end.

    # Example
    `ln -s .. quickback/features/jobs/again`

    # Fix
    Remove the link: `rm <link>`.

    # See
    compiler/troubleshooting
    """

    code: ClassVar[str] = "QB1007"
    slug: ClassVar[str] = "link-loop"
    docs: ClassVar[str] = "compiler/troubleshooting"

    def message(self) -> str:
        return f"`{self.path}` is a link that leads back to itself"

    def hint(self) -> str | None:
        return f"rm {self.path}"


@record
class NotAFile(FileProblem):
    """Something with the name of a source file is a folder, a pipe or a device.

    # What it means
    Only regular files are read.

    # Example
    `mkdir quickback/features/jobs/jobs.ts`

    # Fix
    Rename the folder, or remove it.

    # See
    compiler/definitions/schema
    """

    code: ClassVar[str] = "QB1008"
    slug: ClassVar[str] = "not-a-file"
    docs: ClassVar[str] = "compiler/definitions/schema"

    kind: str

    def message(self) -> str:
        return f"`{self.path}` is {self.kind}, not a file"

    def hint(self) -> str | None:
        return "rename or remove it"


@record
class FileNameNotText(FileProblem):
    """The name of a file is not valid text.

    # What it means
    Names of files become names of routes and of generated files, so they must be UTF-8 without control characters.

    # Example
    A file name with a line break.

    # Fix
    Rename the file.

    # See
    compiler/definitions/schema
    """

    code: ClassVar[str] = "QB1009"
    slug: ClassVar[str] = "file-name-not-text"
    docs: ClassVar[str] = "compiler/definitions/schema"

    def message(self) -> str:
        return f"the file name `{self.path}` holds characters that are not text"

    def hint(self) -> str | None:
        return "rename the file"


@record
class TsconfigInvalid(FileProblem):
    """`tsconfig.json` cannot be used, so its `paths` do not apply.

    # What it means
    The compiler reads `compilerOptions.paths` and `baseUrl`, and follows `extends` inside the project. The rest of
    the file does not concern it. It could not make sense of the file.

    # Example
    `{ "compilerOptions": { "paths": "src/*" } }`

    # Fix
    Write `paths` as TypeScript expects it: `"paths": { "@shared/*": ["./quickback/shared/*"] }`.

    # See
    compiler/config
    """

    code: ClassVar[str] = "QB1010"
    slug: ClassVar[str] = "tsconfig-invalid"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "compiler/config"

    reason: str

    def message(self) -> str:
        return f"`{self.path}` is not used: {self.reason}"

    def hint(self) -> str | None:
        return '"paths": { "@shared/*": ["./quickback/shared/*"] }'


@record
class ConfigMissing(Problem):
    """The project has definitions, but no config file.

    # What it means
    `quickback/quickback.config.ts` names the project, its runtime, its database and its sign-in.

    # Example
    A folder with `quickback/features/` and nothing else.

    # Fix
    Write the config: `quickback init` makes one.

    # See
    compiler/config
    """

    code: ClassVar[str] = "QB1011"
    slug: ClassVar[str] = "config-missing"
    docs: ClassVar[str] = "compiler/config"

    def message(self) -> str:
        return "there is no quickback/quickback.config.ts"

    def hint(self) -> str | None:
        return "quickback init"


@record
class TooManyFiles(FileProblem):
    """A folder of definitions holds more files than any project has.

    # What it means
    Reading stopped at the limit. Usually a folder of packages or of build output lies among the definitions.

    # Example
    `quickback/features/vendor/` with a copy of a package registry.

    # Fix
    Move what is no definition out of `quickback/`.

    # See
    compiler/definitions/schema
    """

    code: ClassVar[str] = "QB1012"
    slug: ClassVar[str] = "too-many-files"
    docs: ClassVar[str] = "compiler/definitions/schema"

    limit: int

    def message(self) -> str:
        return f"`{self.path}` holds more than {self.limit} files"

    def hint(self) -> str | None:
        return "move what is no definition out of the folder"


PROBLEMS: tuple[type[Problem], ...] = (
    ProjectNotFound, FileUnreadable, FileBinary, FileNotUtf8, FileTooLarge, LinkLeavesProject, LinkLoop, NotAFile,
    FileNameNotText, TsconfigInvalid, ConfigMissing, TooManyFiles,
)  # fmt: skip

"""Names and imports that lead nowhere."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.evaluate.problems.base import EvaluationProblem, renamed
from qb_compiler.evaluate.problems.importable import import_line
from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class UnknownName(EvaluationProblem):
    """A name is used that nothing declares.

    # What it means
    The name is neither declared in the file, nor imported, nor one of JavaScript's own.

    # Example
    `access: { roles: ADMIN_ROLE }` where the constant is called `ADMIN_ROLES`.

    # Fix
    Correct the name, or import it. `quickback check --fix` corrects a near miss.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2001"
    slug: ClassVar[str] = "unknown-name"

    name: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"nothing called `{self.name}` is declared or imported here"

    def label(self) -> str:
        return "unknown name"

    def hint(self) -> str | None:
        line, near = import_line(self.name), nearest(self.name, self.known)
        if line:
            return f"add `{line}`"
        return f"did you mean `{near[0]}`?" if near else f"declare or import `{self.name}`"

    def edits(self) -> tuple[Edit, ...]:
        line = import_line(self.name)
        if line:
            return (Edit(Span(self.span.file, 0, 0), f"{line}\n"),)
        return renamed(self.span, self.name, self.known)


@record
class ImportedFileMissing(EvaluationProblem):
    """An import names a file of the project that does not exist.

    # What it means
    The path after `from` is read as TypeScript reads it: relative to the file, `.js` for `.ts`, `index` files, and
    `paths` of the tsconfig. No file is there.

    # Example
    `import { ROLES } from "../shared/role";` where the file is `roles.ts`.

    # Fix
    Correct the path, or write the file.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2002"
    slug: ClassVar[str] = "imported-file-missing"

    specifier: str
    tried: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"`{self.specifier}` is no file of this project"

    def label(self) -> str:
        return f"looked for {self.tried}.ts"

    def hint(self) -> str | None:
        return (
            f"did you mean `{near[0]}`?"
            if (near := nearest(self.specifier, self.known))
            else "correct the path, or write the file"
        )

    def edits(self) -> tuple[Edit, ...]:
        return renamed(self.span, self.specifier, self.known)


@record
class NameNotExported(EvaluationProblem):
    """An import names something that the file does not export.

    # What it means
    The file exists, but it exports nothing of that name.

    # Example
    `import { ADMIN } from "./roles";` where `roles.ts` exports `ADMINS`.

    # Fix
    Correct the name, or export it there. `quickback check --fix` corrects a near miss.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2003"
    slug: ClassVar[str] = "name-not-exported"

    name: str
    path: str
    known: tuple[str, ...]

    def message(self) -> str:
        return (
            f"`{self.path}` has no default export"
            if self.name == "default"
            else f"`{self.path}` does not export `{self.name}`"
        )

    def label(self) -> str:
        return "not exported there"

    def hint(self) -> str | None:
        return (
            f"did you mean `{near[0]}`?"
            if (near := nearest(self.name, self.known))
            else f"export `{self.name}` from `{self.path}`"
        )

    def edits(self) -> tuple[Edit, ...]:
        return renamed(self.span, self.name, self.known)


@record
class ImportLeavesProject(EvaluationProblem):
    """An import leads out of the project.

    # What it means
    The compiler reads nothing outside the project folder.

    # Example
    `import { ROLES } from "../../../other-app/roles";`

    # Fix
    Copy the file into the project, or make it a package that both projects import.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2004"
    slug: ClassVar[str] = "import-leaves-project"

    specifier: str

    def message(self) -> str:
        return f"`{self.specifier}` lies outside the project"

    def label(self) -> str:
        return "leads out of the project"

    def hint(self) -> str | None:
        return "copy the file into the project"


@record
class ImportNotRead(EvaluationProblem):
    """A file is imported that cannot be read.

    # What it means
    The file is there, and it holds no value. Of JSON files that is usually a comment, a trailing comma or a single
    quote: JSON has none of them.

    # Example
    `import stages from "./stages.json";` where that file ends with `"closed",]`.

    # Fix
    Mend the file at the marked place, or write the data as a module: `export const stages = ["open", "closed"];`.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2005"
    slug: ClassVar[str] = "import-not-read"

    path: str
    reason: str

    def message(self) -> str:
        return f"`{self.path}` cannot be read: {self.reason}"

    def label(self) -> str:
        return "here"

    def hint(self) -> str | None:
        return "mend the file, or export the data from a `.ts` module"


@record
class MemberMissing(EvaluationProblem):
    """A constant has no such member.

    # What it means
    The object, enum, array or string is known, and it has no property of that name.

    # Example
    `ROLES.amin` where the object has `admin`.

    # Fix
    Correct the name. `quickback check --fix` corrects a near miss.

    # See
    compiler/definitions/typescript
    """

    code: ClassVar[str] = "QB2015"
    slug: ClassVar[str] = "member-missing"

    name: str
    owner: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f"`{self.owner}` has no member `{self.name}`"

    def label(self) -> str:
        return "no such member"

    def hint(self) -> str | None:
        return (
            f"did you mean `{near[0]}`?"
            if (near := nearest(self.name, self.known))
            else f"it has {', '.join(f'`{name}`' for name in self.known[:8])}"
            if self.known
            else "use another member"
        )

    def edits(self) -> tuple[Edit, ...]:
        return renamed(self.span, self.name, self.known)

"""Source text that is carried over into the generated project instead of being evaluated."""

from qb_compiler.model.record import record
from qb_compiler.span import SourceFile, Span


@record
class CarriedImport:
    """One binding that carried text needs. `name` is the exported name, "default" or "*".

    `file` is the project-relative path (`quickback/features/x/shared.ts`) when the module is a project file, else None.
    """

    module: str
    name: str
    alias: str
    type_only: bool = False
    file: str | None = None


@record
class Carried:
    """An expression or function as written, with the imports and declarations of its module that it uses, in order."""

    text: str
    span: Span
    imports: tuple[CarriedImport, ...] = ()
    declarations: tuple[str, ...] = ()


@record
class CarriedModule:
    """A module of the author's that carried code imports. `imports` are the project files whose values it uses."""

    file: SourceFile
    imports: tuple[str, ...] = ()

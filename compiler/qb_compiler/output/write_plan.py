"""What a write does, or would do, to each path."""

from qb_compiler.model.record import record


@record
class WritePlan:
    """Project-relative paths by what happens to them. `kept` were edited by a person and are left alone."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        return bool(self.created or self.updated or self.removed)

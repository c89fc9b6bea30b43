"""`src/env.ts`: the type of what the Worker is given."""

from qb_compiler.model.literal import Scalar
from qb_compiler.model.project import Project
from qb_compiler.model.variables import auth_variables
from qb_compiler.targets.api.code import key
from qb_compiler.targets.deploy.databases import deployed_databases
from qb_compiler.targets.deploy.wrangler import PUBLIC_LIMITER
from qb_compiler.targets.rendering import render


def env_ts(project: Project) -> str:
    written = dict(project.config.database.vars)
    known = [variable for variable in auth_variables(project.config.auth) if variable.name not in written]
    variables = [(key(name), _type(value)) for name, value in written.items() if name != "BETTER_AUTH_URL"]
    return render(
        "targets/deploy/env.ts.jinja",
        databases=[database.binding for database in deployed_databases(project)],
        limiter=PUBLIC_LIMITER,
        known=known,
        variables=variables,
    )


def _type(value: Scalar) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "string"

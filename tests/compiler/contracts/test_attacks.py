"""Fifty-seven ways to make a gate void while its words stay in the text: the contracts notice every one."""

import re
import shutil
from dataclasses import dataclass

import pytest

from http_suite.apps import PROJECTS
from qb_compiler import compile_project
from qb_compiler.contracts.examine import examine
from qb_compiler.model.project import Project

JOBS = "src/features/jobs/jobs.routes.ts"
CANDIDATES = "src/features/candidates/candidates.routes.ts"
COUNTRIES = "src/features/reference/countries.routes.ts"
FILES = "src/features/files/standalone.routes.ts"
INDEX = "src/index.ts"
BOOKMARKS = "src/features/personal/bookmarks.routes.ts"
RESOURCE = "src/features/jobs/jobs.resource.ts"


@dataclass(frozen=True)
class Attack:
    """The first place that the pattern matches is edited."""

    name: str
    path: str
    pattern: str
    replacement: str


ROLE = r"  requireRole\(access\.list, ctx\);\n"
MASKED = r"maskRows\(resource, ctx, found, query\.columns\)"
ATTACKS = [
    Attack("a gate under a flag", JOBS, ROLE, "  if (c.env.STRICT) requireRole(access.list, ctx);\n"),
    Attack("a gate behind &&", JOBS, ROLE, "  ctx.userId && requireRole(access.list, ctx);\n"),
    Attack("a gate in a function nobody calls", JOBS, ROLE,
           "  const gate = () => requireRole(access.list, ctx);\n"),
    Attack("a gate whose refusal is caught", JOBS, ROLE,
           "  try {\n    requireRole(access.list, ctx);\n  } catch {}\n"),
    Attack("a gate in a comment", JOBS, ROLE, "  // requireRole(access.list, ctx);\n"),
    Attack("a gate after an early return", JOBS, ROLE,
           "  if (ctx.userId) return send(c, await db.select().from(jobs));\n  requireRole(access.list, ctx);\n"),
    Attack("a gate in a loop that never runs", JOBS, ROLE,
           "  for (const _ of []) requireRole(access.list, ctx);\n"),
    Attack("a gate with another operation's rule", JOBS, r"requireRole\(access\.delete, ctx\)",
           "requireRole(access.list, ctx)"),
    Attack("a gate for a caller of its own making", JOBS, r"requireRole\(access\.list, ctx\)",
           'requireRole(access.list, { ...ctx, roles: ["owner"] })'),
    Attack("a gate by another name", JOBS, r"requireRole \} from", "requireRole as ask } from"),
    Attack("a step imported under a gate's name", JOBS, r"import \{ textId|textId \} from|, textId\b",
           ", textIds as textId"),
    Attack("a gate imported from elsewhere", JOBS, r'from "\.\./\.\./lib/access"', 'from "../../lib/access-lax"'),
    Attack("a gate that is shadowed in the handler", JOBS, ROLE,
           "  const requireRole = (..._: unknown[]) => undefined;\n  requireRole(access.list, ctx);\n"),
    Attack("a gate that is replaced in the module", JOBS, r"export const routes = new Hono<AppEnv>\(\);\n",
           "export const routes = new Hono<AppEnv>();\nconst allow = () => undefined;\n"),
    Attack("a parameter that hides the rules", CANDIDATES, r"\(record\) => checkCreate", "(guards) => checkCreate"),
    Attack("the caller is not waited for", JOBS, r"await authenticate\(c\)", "authenticate(c)"),
    Attack("references are not waited for", JOBS, r"await requireReferences\(", "requireReferences("),
    Attack("a caller that anybody may be", JOBS, r"await authenticate\(c\)", "await identify(c)"),
    Attack("a caller that changes", JOBS, r"const ctx = await", "let ctx = await"),
    Attack("an organization from the query string", JOBS, r"  requireOrganization\(ctx\);\n",
           '  requireOrganization(ctx);\n  Object.assign(ctx, { activeOrgId: c.req.query("org") });\n'),
    Attack("a where that is widened", JOBS, r"allOf\(firewall\(ctx\), query\.filter\)",
           "or(allOf(firewall(ctx), query.filter), sql`true`)"),
    Attack("a where with its firewall in a condition", JOBS, r"allOf\(firewall\(ctx\), query\.filter\)",
           "ctx.userId ? query.filter : allOf(firewall(ctx), query.filter)"),
    Attack("a second where", JOBS, r"\.from\(jobs\)\.where\(where\);", ".from(jobs).where(where).where(query.filter);"),
    Attack("a second query", JOBS, r"  const data = maskRows",
           "  await db.select().from(jobs);\n  const data = maskRows"),
    Attack("a query past Drizzle", JOBS, r"  const db = featuresDb\(c\.env\);\n",
           '  const db = featuresDb(c.env);\n  await c.env.DB.prepare("delete from jobs").run();\n'),
    Attack("a join of another table", JOBS, r"\.from\(jobs\)\.where", ".from(jobs).leftJoin(users, on).where"),
    Attack("rows that are not masked", JOBS, MASKED, "found.rows"),
    Attack("rows beside the masked ones", JOBS, r"\{ data, pagination", "{ data, raw: found.rows, pagination"),
    Attack("masked rows with the raw ones spread over them", JOBS, MASKED,
           "maskRows(resource, ctx, found, query.columns).map((row, at) => ({ ...row, ...found.rows[at] }))"),
    Attack("masks of another table", JOBS, MASKED,
           "maskRows({ ...resource, masks: new Map() }, ctx, found, query.columns)"),
    Attack("masks for another caller", JOBS, MASKED, "maskRows(resource, { ...ctx, roles }, found, query.columns)"),
    Attack("a cast that silences the types", JOBS, MASKED, "found.rows as unknown as Row[]"),
    Attack("a dynamic import", JOBS, r"  const data = maskRows",
           '  const { leak } = await import("../../lib/leak");\n  const data = maskRows'),
    Attack("a body that no guard saw", JOBS, r"checkCreate\(guards, await readBody\(c, bodies\.create\)\)",
           "(await readBody(c, bodies.create)).values"),
    Attack("what was sent put over what was checked", JOBS, r"insertRow\(db, ctx, resource, values\)",
           "insertRow(db, ctx, resource, { ...values, ...(await readJson(c)) })"),
    Attack("guards of the update for a create", JOBS, r"checkCreate\(guards, await readBody\(c, bodies\.create\)\)",
           "checkCreate(guards, await readBody(c, bodies.update))"),
    Attack("another middleware around a route", JOBS, r'routes\.get\("/", async', 'routes.get("/", cache(), async'),
    Attack("a wildcard route", JOBS, r"\Z", '\nroutes.all("*", async (c) => send(c, { success: true, id }));\n'),
    Attack("a route that nobody declared", JOBS, r"\Z",
           '\nroutes.get("/all", async (c) => {\n  const ctx = await authenticate(c);\n'
           "  return send(c, { success: true, id });\n});\n"),
    Attack("middleware on the router", JOBS, r"\Z", "\nroutes.use(async (_c, next) => next());\n"),
    Attack("a batch that is not offered becomes an id", BOOKMARKS, r'routes\.all\("/batch".+\n', ""),
    Attack("the same for another path", BOOKMARKS, r'routes\.all\("/batch"', 'routes.all("/batches"'),
    Attack("a batch that is offered cut off", JOBS, r"\Z", '\nroutes.all("/batch", (c) => c.notFound());\n'),
    Attack("an action with the whole database", CANDIDATES, r"db: actionDb\(c\.env, ctx\)", "db: featuresDb(c.env)"),
    Attack("an action on input that was not parsed", FILES, r"await readInput\(c, actions\.echo\.input\)",
           "await c.req.json()"),
    Attack("an unsafe action without its trail", JOBS, r"  audited\(\{[^}]*\}\),\n", ""),
    Attack("a public write without its trail", COUNTRIES, r"audited\(\{[^}]*\}\), ", ""),
    Attack("a public route that is not counted", COUNTRIES, r"  await limitPublic\(c\);\n", ""),
    Attack("a firewall with a way round", RESOURCE, r"allOf\(matches\(jobs\.organizationId, ctx\.activeOrgId\), ",
           "ctx.userId ? everyRow : allOf(matches(jobs.organizationId, ctx.activeOrgId), "),
    Attack("the secret is asked for last", INDEX, r"app\.use\(requireSecret\);\n", ""),
    Attack("origins are checked after the routes", INDEX, r"app\.use\(crossOrigin\);\n((?:.|\n)*)(?=app\.onError)", ""),
    Attack("an origin that the config does not name", INDEX, r"trustedOrigins: \[",
           'trustedOrigins: ["https://evil.example", '),
    Attack("a wildcard before all routers", INDEX, r'app\.get\("/health"',
           'app.all("*", (c) => c.json({}));\napp.get("/health"'),
    Attack("a table under a second path", INDEX, r'app\.route\("/api/v1/jobs"',
           'app.route("/api/v1/open", jobsRoutes);\napp.route("/api/v1/jobs"'),
    Attack("a router of another module", INDEX, r'from "\./features/jobs/jobs\.routes"', 'from "./features/jobs/open"'),
    Attack("a schema for everybody", INDEX, r"  await authenticate\(c\);\n", ""),
    Attack("raw SQL", JOBS, r"const where = allOf\(", 'const where = sql.raw("1=1") ?? allOf('),
]  # fmt: skip


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[str, str]]:
    root = shutil.copytree(PROJECTS / "hiring", tmp_path_factory.mktemp("attacked") / "hiring")
    result = compile_project(root, write=False)
    assert result.ok and result.project, result.diagnostics
    return result.project, dict(result.files)


def test_untouched_the_files_pass(compiled: tuple[Project, dict[str, str]]) -> None:
    assert examine(*compiled).violations == []


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_edit_that_makes_a_gate_void_is_noticed(compiled: tuple[Project, dict[str, str]], attack: Attack) -> None:
    project, files = compiled
    replacement = attack.replacement.replace("\\", r"\\")
    text, times = re.subn(attack.pattern, lambda _: replacement, files[attack.path], count=1)
    assert times == 1, "nothing to edit"
    assert examine(project, {**files, attack.path: text}).violations

"""`llms.txt`: what there is to read, for language models; every topic is also served as markdown."""

from qb_mcp.corpus.site.outline import Group, outline

SUMMARY = """\
# Quickback

> Compiles TypeScript definitions (Drizzle tables with firewall, access, guards and masking) into a tenant-safe API of \
plain Hono, Drizzle and Better Auth code on Cloudflare Workers. The compiler reads definitions without running them.

Each link below is a page in markdown."""


def llms_txt() -> str:
    """The list, by group."""
    return "\n\n".join([SUMMARY, *(section(group) for group in outline())]) + "\n"


def section(group: Group) -> str:
    lines = [f"- [{topic.title}](/{topic.key}.md): {topic.description}" for topic in group.topics]
    return "\n".join([f"## {group.title}", "", *lines])

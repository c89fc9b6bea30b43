"""The tools over the documentation. They answer with text alone: clients that get structured content show only that,
and markdown would reach the model as an escaped string."""

from qb_mcp.corpus import Hit, SearchResult, Section
from qb_mcp.operations.explain_error import explain_error
from qb_mcp.operations.list_docs import list_docs
from qb_mcp.operations.read_doc import Doc, read_doc
from qb_mcp.operations.search_docs import search_docs
from qb_mcp.server.tool import Answer, Call, Parameter, Tool

_TOPIC_ALIASES = ("name", "doc", "topic_name", "title", "slug", "page", "key", "uri", "id", "path")


def _list_topics(call: Call) -> Answer:
    topics = list_docs(call.text("under"))
    lines = [f"{topic.key} - {topic.title} ({topic.size})" for topic in topics]
    head = f"{len(topics)} topics (size in tokens). Read one with get_doc; find a passage with search_docs."
    return Answer("\n".join([head, *lines]))


LIST_TOPICS = Tool(
    "list_topics",
    "List topics",
    "List the documentation topics with titles and sizes, to see what is covered. For a question use search_docs, to"
    " read one get_doc.",
    (Parameter("under", "string", "Only this folder, e.g. compiler/definitions.", aliases=("prefix", "folder")),),
    _list_topics,
    quick=True,
)


def _get_doc(call: Call) -> Answer:
    doc = read_doc(call.text("topic"), call.optional("section"), call.number("offset"))
    parts = [*_notes(doc), doc.text.strip(), *_outlook(doc)]
    return Answer("\n\n".join(parts))


def _notes(doc: Doc) -> list[str]:
    notes = [f"Note: {doc.note}."] if doc.note else []
    if doc.alternatives:
        notes.append(f"Other topics of that name: {', '.join(doc.alternatives)}.")
    return notes


def _outlook(doc: Doc) -> list[str]:
    """What else there is of the topic, and how to get it."""
    key = doc.page.key
    lines = [f"--- {key}{f'#{doc.section}' if doc.section else ''}, characters {doc.offset}-{doc.end} of {doc.size}"]
    if doc.next_offset is not None:
        section = f', section="{doc.section}"' if doc.section else ""
        lines.append(f'Next part: get_doc(topic="{key}"{section}, offset={doc.next_offset})')
    if doc.section or doc.next_offset is not None:
        lines.append(f"Sections (tokens): {', '.join(_sized(section) for section in doc.sections if section.anchor)}")
    if doc.page.related:
        lines.append(f"Related: {', '.join(doc.page.related)}")
    return ["\n".join(lines)]


def _sized(section: Section) -> str:
    return f"{section.anchor} {section.size}"


GET_DOC = Tool(
    "get_doc",
    "Read a topic",
    "Read a documentation topic, or one section, as markdown; misspelt names are understood. For questions use"
    " search_docs. Long topics come in parts under 8,000 tokens that name the next offset.",
    (
        Parameter("topic", "string", "Name or key, e.g. firewall or compiler/config#auth.", True, _TOPIC_ALIASES),
        Parameter("section", "string", "Only this heading or anchor.", aliases=("heading", "anchor")),
        Parameter("offset", "integer", "Where to go on, as told before.", aliases=("start", "cursor")),
    ),
    _get_doc,
    quick=True,
)


def _search_docs(call: Call) -> Answer:
    found = search_docs(call.text("query"), min(call.number("limit", 6), 20) or 6)
    if not found.hits:
        return Answer("Nothing found. Try other words, or list_topics to see what is covered.")
    hits = [_hit(number, hit) for number, hit in enumerate(found.hits, start=1)]
    return Answer("\n".join([*_corrections(found), *hits, f'Read one with get_doc(topic="{found.hits[0].address}").']))


def _corrections(found: SearchResult) -> list[str]:
    return [f"`{c.typed}` was searched for as `{c.used}`." for c in found.corrections]


def _hit(number: int, hit: Hit) -> str:
    snippet = " ".join(hit.snippet.split())
    return f"{number}. {hit.address} - {hit.title}: {hit.heading} ({hit.size} tokens; {hit.why})\n   {snippet}"


SEARCH_DOCS = Tool(
    "search_docs",
    "Search docs",
    "Search the documentation by words or a question. Hits are topic#section with snippet and size; read one with"
    " get_doc. Typing slips and synonyms are understood.",
    (
        Parameter(
            "query",
            "string",
            "Words, an identifier or a question.",
            True,
            ("q", "search", "text", "keywords", "question"),
        ),
        Parameter("limit", "integer", "Default 6, at most 20.", aliases=("max_results", "top_k", "n")),
    ),
    _search_docs,
)


def _explain_error(call: Call) -> Answer:
    explanation = explain_error(call.text("code"))
    more = [f'More: get_doc(topic="{explanation.docs}")'] if explanation.docs else []
    return Answer("\n\n".join([explanation.text.strip(), *more]))


EXPLAIN_ERROR = Tool(
    "explain_error",
    "Explain an error",
    "Explain a diagnostic code: what it means, an example, the fix. Use it when a finding of compile does not say"
    " enough; its doc link is for get_doc.",
    (Parameter("code", "string", "Code or name, e.g. QB4401.", True, ("error", "error_code", "slug", "name", "id")),),
    _explain_error,
)

import { feature, q } from "@quickback/compiler";

export const reviews = feature("reviews", {
  columns: {
    id: q.id(),
    organizationId: q.scope("organization"),
    title: q.text({ maxLength: 20 }).required(),
    site: q.url(),
    stage: q.enum(["draft", "open", "done"]).required().default("draft").filterable("eq"),
    notes: q.text(),
  },
  unique: [["organizationId", "title"]],
  firewallErrorMode: "hide",
  guards: { createable: ["title", "site", "notes"], protected: { stage: ["publish", "move", "finish"] } },
  masking: { notes: { type: "redact", show: { roles: ["owner"] } } },
  read: {
    access: { roles: ["owner", "admin", "member"] },
    views: { titles: { fields: ["id", "title"] }, all: { fields: ["id", "notes"], access: { roles: ["owner"] } } },
  },
  crud: { create: { access: { roles: ["owner", "admin"] } }, delete: { access: { roles: ["owner"] } } },
});

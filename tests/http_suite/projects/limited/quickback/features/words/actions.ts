import { ActionError, defineActions } from "@quickback/compiler";
import { z } from "zod";
import { words } from "./words";

export default defineActions(words, {
  redact: {
    description: "Takes a word out of everybody's list",
    access: { roles: ["AUTHENTICATED"], record: { word: { in: ["rude", "ruder"] } } },
    unsafe: { reason: "Moderators redact", crossTenant: true, targetScope: "all" },
    execute: ({ record }) => ({ redacted: record.word }),
  },
  review: {
    description: "Answers with the status that the caller asks for",
    standalone: true,
    input: z.object({ status: z.number(), thrown: z.boolean() }),
    access: { roles: ["AUTHENTICATED"] },
    unsafe: { reason: "Moderators review", crossTenant: true },
    execute: ({ input }) => {
      if (input.thrown) throw new ActionError("Refused", "REVIEW_REFUSED", 403);
      return new Response(null, { status: input.status });
    },
  },
});

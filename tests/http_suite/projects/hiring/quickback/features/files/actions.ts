import { defineActions } from "@quickback/compiler";
import { z } from "zod";

export default defineActions(null, {
  echo: {
    description: "Says what it was told",
    standalone: true,
    input: z.object({ text: z.string() }),
    access: { roles: ["AUTHENTICATED"] },
    execute: ({ input, ctx }) => ({ text: input.text, caller: ctx.userId }),
  },
  ping: {
    description: "For anybody",
    standalone: true,
    access: { roles: ["PUBLIC"] },
    execute: () => ({ pong: true }),
  },
});

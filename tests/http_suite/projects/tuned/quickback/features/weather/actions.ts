import { defineActions } from "@quickback/compiler";
import { readings } from "./readings";

export default defineActions(readings, {
  greet: {
    description: "Says what the deployment's variable says",
    standalone: true,
    method: "GET",
    access: { roles: ["member", "owner"] },
    execute: ({ env }) => ({ greeting: env.GREETING, names: Object.keys(env) }),
  },
  recall: {
    description: "Everywhere, so it leaves a trail",
    standalone: true,
    unsafe: { reason: "Support recalls readings", crossTenant: true, targetScope: "all" },
    access: { roles: ["AUTHENTICATED"] },
    execute: async ({ rawDb }) => ({ all: (await rawDb.select().from(readings)).length > 0 }),
  },
});

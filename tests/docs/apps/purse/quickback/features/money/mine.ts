export const mine = { access: { roles: ["AUTHENTICATED"] } };
export const all = { list: mine, get: mine, create: mine, update: mine, delete: mine };

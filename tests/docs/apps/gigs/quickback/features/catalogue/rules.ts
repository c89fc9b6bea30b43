export const anybody = { access: { roles: ["PUBLIC"] } };
export const staff = { access: { userRole: ["admin"] } };
export const kept = { list: anybody, get: anybody, create: staff, update: staff, delete: staff };

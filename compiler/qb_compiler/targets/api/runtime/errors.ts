// Every refusal of the API is one flat body: what was refused, by which layer, and what to do next.
import type { ContentfulStatusCode } from "hono/utils/http-status";

export type Layer =
  | "authentication"
  | "firewall"
  | "access"
  | "guards"
  | "validation"
  | "database"
  | "action"
  | "routing"
  | "internal";

export type Details = Readonly<Record<string, unknown>>;

export type ErrorBody = {
  error: string;
  layer: Layer;
  code: string;
  hint: string;
  details?: Details;
};

export class ApiError extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    readonly layer: Layer,
    readonly code: string,
    message: string,
    readonly hint: string,
    readonly details?: Details,
  ) {
    super(message);
  }

  body(): ErrorBody {
    const { message: error, layer, code, hint, details } = this;
    return details ? { error, layer, code, hint, details } : { error, layer, code, hint };
  }
}

/** What an action throws to refuse: its message, code and status reach the client. */
export class ActionError extends ApiError {
  constructor(message: string, code: string, status: ContentfulStatusCode = 400, details?: Details) {
    super(status, "action", code, message, "The action refused this request.", details);
  }
}

export const authMissing = (): ApiError =>
  new ApiError(
    401,
    "authentication",
    "AUTH_MISSING",
    "Authentication required",
    "Sign in and send the session cookie or a bearer token.",
  );

export const authInvalidToken = (): ApiError =>
  new ApiError(
    401,
    "authentication",
    "AUTH_INVALID_TOKEN",
    "API key not valid",
    "Send a key that exists and is enabled, or none.",
  );

export const authExpired = (): ApiError =>
  new ApiError(401, "authentication", "AUTH_EXPIRED", "API key expired", "Make a new key.");

export const originNotTrusted = (): ApiError =>
  new ApiError(
    403,
    "authentication",
    "ORIGIN_NOT_TRUSTED",
    "Request origin is not trusted",
    "A write with a cookie needs an Origin header that is this server's or listed in trustedOrigins.",
  );

export const unsupportedMediaType = (): ApiError =>
  new ApiError(
    415,
    "validation",
    "UNSUPPORTED_MEDIA_TYPE",
    "Request body must be JSON",
    "Send the body with Content-Type: application/json.",
  );

export const noOrganization = (): ApiError =>
  new ApiError(
    403,
    "access",
    "ACCESS_NO_ORG",
    "Organization context required",
    "Make one of your organizations the active one, then try again.",
  );

export const noScope = (path: string): ApiError =>
  new ApiError(
    403,
    "access",
    "ACCESS_NO_SCOPE",
    "Scope context required",
    `Your session has no ${path}, which this table's records are scoped by.`,
  );

export const roleRequired = (details: Details): ApiError =>
  new ApiError(
    403,
    "access",
    "ACCESS_ROLE_REQUIRED",
    "Insufficient permissions",
    "Ask an owner of the organization for one of the required roles.",
    details,
  );

export const conditionFailed = (): ApiError =>
  new ApiError(
    403,
    "access",
    "ACCESS_CONDITION_FAILED",
    "Access condition not met",
    "Your role allows this operation, but not on this record as it is now.",
  );

export const crossTenantForbidden = (): ApiError =>
  new ApiError(
    403,
    "access",
    "ACCESS_CROSS_TENANT_FORBIDDEN",
    "Cross-tenant access is not allowed for this action",
    "Only platform admins may reach beyond their own organization.",
  );

export const adminRequired = (): ApiError =>
  new ApiError(
    403,
    "access",
    "ACCESS_ADMIN_REQUIRED",
    "Platform admin role required",
    "Only platform admins may use this action.",
  );

export const fieldMasked = (fields: readonly string[]): ApiError =>
  new ApiError(
    403,
    "access",
    "ACCESS_FIELD_MASKED",
    "Filtering or sorting by a field that you do not see plainly",
    "Leave these fields out of filters and sort.",
    { fields },
  );

export type ErrorMode = "reveal" | "hide";

/** Absent, deleted and foreign rows get the same answer. */
export const notVisible = (mode: ErrorMode, details?: Details): ApiError =>
  mode === "hide"
    ? new ApiError(404, "firewall", "NOT_FOUND", "Not found", "Check the id.", details)
    : new ApiError(
        403,
        "firewall",
        "FIREWALL_NOT_FOUND",
        "Record not found or not accessible",
        "Check the id, and that the record belongs to your active organization.",
        details,
      );

export const validationFailed = (fields: Readonly<Record<string, string>>): ApiError =>
  new ApiError(
    400,
    "validation",
    "VALIDATION_FAILED",
    "Input validation failed",
    "Correct the fields named in details.fields.",
    { fields },
  );

export const invalidJson = (): ApiError =>
  new ApiError(
    400,
    "validation",
    "INVALID_JSON",
    "Request body must be valid JSON",
    "Send one JSON value as the body.",
  );

export const payloadTooLarge = (limit: number): ApiError =>
  new ApiError(413, "validation", "PAYLOAD_TOO_LARGE", "Request body is too large", "Send less in one request.", {
    limit,
  });

export const queryInvalid = (fields: Readonly<Record<string, string>>): ApiError =>
  new ApiError(
    400,
    "validation",
    "QUERY_INVALID",
    "Query parameters are not valid",
    "Correct the parameters named in details.fields.",
    { fields },
  );

export const referenceNotFound = (field: string): ApiError =>
  new ApiError(
    400,
    "validation",
    "FK_NOT_FOUND",
    "Referenced record not found",
    "Point the field at a record that you can see.",
    { field },
  );

export const uniqueViolation = (details?: Details): ApiError =>
  new ApiError(
    409,
    "database",
    "UNIQUE_VIOLATION",
    "Duplicate value",
    "Another record already has this value.",
    details,
  );

export const notNullViolation = (details?: Details): ApiError =>
  new ApiError(400, "database", "NOT_NULL_VIOLATION", "Missing required field", "Send a value for the field.", details);

export const checkViolation = (): ApiError =>
  new ApiError(
    400,
    "database",
    "CHECK_VIOLATION",
    "A value breaks a rule of the table",
    "Send values that satisfy the table's checks.",
  );

export const inUse = (): ApiError =>
  new ApiError(
    409,
    "database",
    "FK_IN_USE",
    "Record is referenced by other records",
    "Delete or change the records that point at this one first.",
  );

export const rateLimited = (): ApiError =>
  new ApiError(429, "access", "RATE_LIMITED", "Too many requests", "Wait for the time in Retry-After, then try again.");

export const routeNotFound = (): ApiError =>
  new ApiError(404, "routing", "ROUTE_NOT_FOUND", "No such route", "Compare the path with openapi.json.");

export const methodNotAllowed = (allowed: readonly string[]): ApiError =>
  new ApiError(
    405,
    "routing",
    "METHOD_NOT_ALLOWED",
    "Method not allowed on this route",
    "Use one of the methods in the Allow header.",
    { allowed },
  );

export const misconfigured = (missing: readonly string[]): ApiError =>
  new ApiError(
    503,
    "internal",
    "MISSING_ENV",
    "Service misconfigured",
    "Set BETTER_AUTH_SECRET to a random value of at least 32 characters.",
    { missing },
  );

export const internalError = (): ApiError =>
  new ApiError(
    500,
    "internal",
    "INTERNAL_ERROR",
    "Internal server error",
    "Report the request id; the server's log has the cause.",
  );

import { S3Error } from '../errors.ts';

export interface CorsRule {
  id?: string;
  origins: string[];
  methods: string[];
  headers: string[];
  exposed: string[];
  maxAgeSeconds?: number;
}

const VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

/** Headers for the answer to a request from another origin; none where no rule allows it. */
export function corsHeaders(
  rules: CorsRule[] | undefined,
  origin: string,
  method: string,
): Record<string, string> {
  const rule = rules?.find((candidate) => allows(candidate, origin, method));
  return rule ? { ...originHeaders(rule, origin), ...exposedHeaders(rule) } : {};
}

/** Headers for the answer to a preflight. Throws `AccessForbidden`. */
export function preflightHeaders(
  rules: CorsRule[] | undefined,
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const { origin, 'access-control-request-method': method } = headers;
  if (!origin || !method) {
    throw new S3Error('InvalidRequest', 'Origin and Access-Control-Request-Method are required.');
  }
  const wanted = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const rule = rules?.find(
    (candidate) =>
      allows(candidate, origin, method) &&
      wanted.every((name) => matchesAny(candidate.headers, name)),
  );
  if (!rule)
    throw new S3Error('AccessForbidden', 'CORSResponse: This CORS request is not allowed.');
  return {
    ...originHeaders(rule, origin),
    ...(wanted.length > 0 && { 'Access-Control-Allow-Headers': wanted.join(', ') }),
    ...(rule.maxAgeSeconds !== undefined && {
      'Access-Control-Max-Age': String(rule.maxAgeSeconds),
    }),
    ...exposedHeaders(rule),
  };
}

function allows(rule: CorsRule, origin: string, method: string): boolean {
  return rule.methods.includes(method) && rule.origins.some((pattern) => matches(pattern, origin));
}

function matchesAny(patterns: string[], name: string): boolean {
  return patterns.some((pattern) => matches(pattern.toLowerCase(), name));
}

/** A pattern holds at most one asterisk. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}

function originHeaders(rule: CorsRule, origin: string): Record<string, string> {
  const any = rule.origins.includes('*');
  return {
    'Access-Control-Allow-Origin': any ? '*' : origin,
    ...(!any && { 'Access-Control-Allow-Credentials': 'true' }),
    'Access-Control-Allow-Methods': rule.methods.join(', '),
    Vary: VARY,
  };
}

function exposedHeaders(rule: CorsRule): Record<string, string> {
  return rule.exposed.length > 0
    ? { 'Access-Control-Expose-Headers': rule.exposed.join(', ') }
    : {};
}

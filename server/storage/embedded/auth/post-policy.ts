import { z } from 'zod';
import { S3Error } from '../errors.ts';
import { parseScope } from './scope.ts';
import type { RequestSigner } from './signer.ts';

/** What a form may upload, once its policy is verified: sizes in bytes, both bounds included. */
export interface PostGrant {
  minSize: number;
  maxSize: number;
}

const MAX_POST_BYTES = 5 * 1024 ** 3;

const sizeSchema = z.union([
  z.int().min(0),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);
const conditionSchema = z.union([
  z.tuple([z.literal('content-length-range'), sizeSchema, sizeSchema]),
  z.tuple([z.enum(['eq', 'starts-with']), z.string().regex(/^\$./), z.string()]),
  z.record(z.string(), z.string()).refine((record) => Object.keys(record).length === 1),
]);
const policySchema = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(conditionSchema),
});

type Policy = z.infer<typeof policySchema>;

/** Fields that no condition needs to name. */
const EXEMPT = new Set(['policy', 'x-amz-signature', 'bucket']);

/**
 * Verifies the signature of a form's policy, its expiry, and that every field is as it demands.
 * `fields` have lower-case names and came before the file.
 */
export async function verifyPostPolicy(
  fields: Readonly<Record<string, string>>,
  bucket: string,
  signer: RequestSigner,
): Promise<PostGrant> {
  const policyText = fields.policy;
  const signature = fields['x-amz-signature'];
  if (!policyText && !signature) throw new S3Error('AccessDenied', 'Access Denied.');
  if (!policyText || !signature || fields['x-amz-algorithm'] !== 'AWS4-HMAC-SHA256') {
    throw new S3Error(
      'InvalidArgument',
      'The form lacks its policy, its signature or its algorithm.',
    );
  }
  if (fields['x-amz-security-token'] !== undefined) {
    throw new S3Error('InvalidToken', 'The provided token is malformed or otherwise invalid.');
  }
  const credential = fields['x-amz-credential'] ?? '';
  const scope = parseScope(credential, fields['x-amz-date'] ?? '', signer, 'InvalidArgument');
  await signer.verifyText(policyText, scope, signature);
  const policy = parsePolicy(policyText);
  if (Date.parse(policy.expiration) <= Date.now()) deny('Policy expired.');
  return checkConditions(policy, { ...fields, bucket });
}

/** Throws `InvalidPolicyDocument`. */
export function parsePolicy(base64: string): Policy {
  try {
    return policySchema.parse(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')));
  } catch (cause) {
    throw new S3Error('InvalidPolicyDocument', 'Invalid Policy.', { cause });
  }
}

/** Throws `AccessDenied` where a condition fails or a field has none. */
export function checkConditions(
  policy: Policy,
  fields: Readonly<Record<string, string>>,
): PostGrant {
  const grant: PostGrant = { minSize: 0, maxSize: MAX_POST_BYTES };
  const named = new Set<string>();
  for (const condition of policy.conditions) {
    if (Array.isArray(condition) && condition[0] === 'content-length-range') {
      grant.minSize = Math.max(grant.minSize, condition[1]);
      grant.maxSize = Math.min(grant.maxSize, condition[2]);
      continue;
    }
    const { operator, field, wanted } = readMatch(condition);
    named.add(field);
    const value = Object.hasOwn(fields, field) ? (fields[field] ?? '') : '';
    const holds = operator === 'eq' ? value === wanted : value.startsWith(wanted);
    if (!holds) deny(`Policy condition failed for the field ${field}.`);
  }
  const extra = Object.keys(fields).find(
    (field) => !named.has(field) && !EXEMPT.has(field) && !field.startsWith('x-ignore-'),
  );
  if (extra !== undefined) deny(`Extra input field: ${extra}.`);
  return grant;
}

function readMatch(
  condition: Exclude<Policy['conditions'][number], ['content-length-range', ...unknown[]]>,
) {
  if (Array.isArray(condition)) {
    const [operator, field, wanted] = condition as ['eq' | 'starts-with', string, string];
    return { operator, field: field.slice(1).toLowerCase(), wanted };
  }
  const [[field, wanted] = ['', '']] = Object.entries(condition);
  return { operator: 'eq' as const, field: field.toLowerCase(), wanted };
}

function deny(reason: string): never {
  throw new S3Error('AccessDenied', `Invalid according to Policy: ${reason}`);
}

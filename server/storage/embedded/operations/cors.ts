import { z } from 'zod';
import { findBucket, readCorsRules, writeCorsRules } from '../disk/buckets.ts';
import { S3Error } from '../errors.ts';
import { type Reply, readSmallBody, type SignedCall, xmlReply } from '../http/call.ts';
import type { CorsRule } from '../http/cors.ts';
import { element, malformedXml, optional, parseXml, xmlDocument } from '../http/xml.ts';

const MAX_BODY_BYTES = 64 * 1024;
const LISTS = ['CORSRule', 'AllowedOrigin', 'AllowedMethod', 'AllowedHeader', 'ExposeHeader'];

const pattern = z.string().refine((text) => text.split('*').length <= 2);
const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/);
const documentSchema = z.object({
  CORSConfiguration: z.object({
    CORSRule: z
      .array(
        z.object({
          ID: z.string().max(255).optional(),
          AllowedOrigin: z.array(pattern).min(1),
          AllowedMethod: z.array(z.enum(['GET', 'PUT', 'POST', 'DELETE', 'HEAD'])).min(1),
          AllowedHeader: z.array(pattern).default([]),
          ExposeHeader: z.array(headerName).default([]),
          MaxAgeSeconds: z.coerce.number().int().min(0).optional(),
        }),
      )
      .min(1)
      .max(100),
  }),
});

export async function putBucketCors(call: SignedCall): Promise<Reply> {
  const bucket = await findBucket(call.store, call.request.bucket);
  const body = parseXml(await readSmallBody(call, MAX_BODY_BYTES), LISTS);
  const parsed = documentSchema.safeParse(body);
  if (!parsed.success) throw malformedXml(parsed.error);
  const rules = parsed.data.CORSConfiguration.CORSRule.map(
    (rule): CorsRule => ({
      id: rule.ID,
      origins: rule.AllowedOrigin,
      methods: rule.AllowedMethod,
      headers: rule.AllowedHeader,
      exposed: rule.ExposeHeader,
      maxAgeSeconds: rule.MaxAgeSeconds,
    }),
  );
  await writeCorsRules(bucket, rules);
  return { status: 200 };
}

export async function getBucketCors({ request, store }: SignedCall): Promise<Reply> {
  await findBucket(store, request.bucket);
  const rules = await readCorsRules(store, request.bucket);
  if (!rules) {
    throw new S3Error('NoSuchCORSConfiguration', 'The CORS configuration does not exist.');
  }
  return xmlReply(xmlDocument('CORSConfiguration', rules.map(describeRule)));
}

function describeRule(rule: CorsRule) {
  return element(
    'CORSRule',
    optional('ID', rule.id),
    rule.origins.map((text) => element('AllowedOrigin', text)),
    rule.methods.map((text) => element('AllowedMethod', text)),
    rule.headers.map((text) => element('AllowedHeader', text)),
    rule.exposed.map((text) => element('ExposeHeader', text)),
    optional('MaxAgeSeconds', rule.maxAgeSeconds),
  );
}

import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import {
  codeOfAnswer,
  sha256,
  signForm,
  someBytes,
  statusOf,
  submitForm,
  uniqueKey,
} from './helpers.ts';
import type { Suite, Target } from './target.ts';

const FILE = someBytes(200_000);

async function expectNothing({ client, bucket: Bucket }: Target, Key: string): Promise<void> {
  expect(await statusOf(client.send(new HeadObjectCommand({ Bucket, Key })))).toBe(404);
}

/** Sends a form that must be refused, and sees that it left nothing. */
async function expectRefusal(
  target: Target,
  form: { url: string; fields: Record<string, string>; key: string },
  content: Uint8Array,
  code?: string,
): Promise<void> {
  const answer = await submitForm(form.url, form.fields, content);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  if (code) expect(await codeOfAnswer(answer)).toBe(code);
  await expectNothing(target, form.key);
}

/** The browser's upload by a presigned form. */
export const formSuite: Suite = (check) => {
  check('takes the file that the form was signed for', async (target) => {
    const form = await signForm(target, FILE);
    const answer = await submitForm(form.url, form.fields, FILE);
    expect(answer.status).toBe(204);
    const object = { Bucket: target.bucket, Key: form.key };
    const got = await target.client.send(
      new GetObjectCommand({ ...object, ChecksumMode: 'ENABLED' }),
    );
    expect(got.ContentType).toBe('application/pdf');
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(FILE)).toBe(true);
  });

  check('knows the SHA-256 that the form declared', async (target) => {
    const form = await signForm(target, FILE);
    await submitForm(form.url, form.fields, FILE);
    const object = { Bucket: target.bucket, Key: form.key };
    const head = await target.client.send(
      new HeadObjectCommand({ ...object, ChecksumMode: 'ENABLED' }),
    );
    expect(head).toMatchObject({ ChecksumSHA256: sha256(FILE), ChecksumType: 'FULL_OBJECT' });
  });

  check('answers with the status that the form asks for', async (target) => {
    for (const status of ['200', '201', '204']) {
      const Fields = { success_action_status: status };
      const form = await signForm(target, FILE, { Fields });
      const answer = await submitForm(form.url, form.fields, FILE);
      expect(answer.status).toBe(Number(status));
      const text = await answer.text();
      if (status === '201') expect(text).toContain(`<Key>${form.key}</Key>`);
    }
  });

  check('takes a key by the prefix that the policy allows', async (target) => {
    const prefix = uniqueKey('');
    const { url, fields } = await signForm(target, FILE, {
      key: `${prefix}\${filename}`,
      Fields: {},
      Conditions: [['starts-with', '$Content-Type', 'application/']],
    });
    const form = { ...fields, key: `${prefix}chosen`, 'Content-Type': 'application/json' };
    expect((await submitForm(url, form, FILE)).status).toBe(204);
    const outside = uniqueKey('outside');
    await expectRefusal(
      target,
      { url, fields: { ...form, key: outside }, key: outside },
      FILE,
      'AccessDenied',
    );
  });

  check('refuses a file that is too large or too small', async (target) => {
    const larger = await signForm(target, FILE, {
      Conditions: [['content-length-range', 1, FILE.length - 1]],
    });
    await expectRefusal(target, larger, FILE, 'EntityTooLarge');
    const smaller = await signForm(target, FILE, {
      Conditions: [['content-length-range', FILE.length + 1, FILE.length * 2]],
    });
    await expectRefusal(target, smaller, FILE, 'EntityTooSmall');
  });

  check('stops reading a file that is far too large', async (target) => {
    const form = await signForm(target, FILE, {
      Conditions: [['content-length-range', 1, 1000]],
      Fields: {},
    });
    await expectRefusal(target, form, someBytes(8_000_000), 'EntityTooLarge');
  });

  check('refuses other bytes under a form that was signed', async (target) => {
    const form = await signForm(target, FILE);
    await expectRefusal(target, form, someBytes(FILE.length), 'BadDigest');
  });

  check('refuses a replay with other bytes and keeps the first', async (target) => {
    const form = await signForm(target, FILE);
    await submitForm(form.url, form.fields, FILE);
    const answer = await submitForm(form.url, form.fields, someBytes(FILE.length));
    expect(await codeOfAnswer(answer)).toBe('BadDigest');
    const got = await target.client.send(
      new GetObjectCommand({ Bucket: target.bucket, Key: form.key }),
    );
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(FILE)).toBe(true);
  });

  check('refuses another type, key or checksum than was signed', async (target) => {
    const { url, fields, key } = await signForm(target, FILE);
    const other = uniqueKey('other');
    await expectRefusal(
      target,
      { url, key, fields: { ...fields, 'Content-Type': 'text/html' } },
      FILE,
      'AccessDenied',
    );
    await expectRefusal(
      target,
      { url, key: other, fields: { ...fields, key: other } },
      FILE,
      'AccessDenied',
    );
    const evil = someBytes(FILE.length);
    const forged = { ...fields, 'x-amz-checksum-sha256': sha256(evil) };
    await expectRefusal(target, { url, key, fields: forged }, evil, 'AccessDenied');
  });

  check('refuses a form that lacks a field of its policy', async (target) => {
    const { url, fields, key } = await signForm(target, FILE);
    for (const name of [
      'Content-Type',
      'x-amz-checksum-sha256',
      'key',
      'X-Amz-Signature',
      'Policy',
    ]) {
      const { [name]: _, ...rest } = fields;
      await expectRefusal(target, { url, key, fields: rest }, FILE);
    }
  });

  check('refuses a form with a field that its policy does not name', async (target) => {
    const { url, fields, key } = await signForm(target, FILE);
    await expectRefusal(
      target,
      { url, key, fields: { ...fields, 'x-amz-meta-a': 'b' } },
      FILE,
      'AccessDenied',
    );
  });

  check('refuses an expired policy', async (target) => {
    await expectRefusal(
      target,
      await signForm(target, FILE, { Expires: -10 }),
      FILE,
      'AccessDenied',
    );
  });

  check('refuses a forged policy or signature', async (target) => {
    const { url, fields, key } = await signForm(target, FILE);
    const policy = JSON.parse(Buffer.from(fields.Policy ?? '', 'base64').toString());
    policy.expiration = '2099-01-01T00:00:00Z';
    const Policy = Buffer.from(JSON.stringify(policy)).toString('base64');
    await expectRefusal(target, { url, key, fields: { ...fields, Policy } }, FILE);
    const forged = { ...fields, 'X-Amz-Signature': '0'.repeat(64) };
    await expectRefusal(target, { url, key, fields: forged }, FILE);
    const stranger = (fields['X-Amz-Credential'] ?? '').replace(target.accessKeyId, 'AKIDSTRANGER');
    await expectRefusal(
      target,
      { url, key, fields: { ...fields, 'X-Amz-Credential': stranger } },
      FILE,
    );
  });

  check('refuses the form at another bucket', async (target) => {
    const { url, fields, key } = await signForm(target, FILE);
    const elsewhere = url.replace(target.bucket, 'elsewhere');
    expect((await submitForm(elsewhere, fields, FILE)).status).toBeGreaterThanOrEqual(400);
    await expectNothing(target, key);
  });

  check('refuses a form without a signature', async (target) => {
    const key = uniqueKey();
    const url = `${target.url}/${target.bucket}`;
    await expectRefusal(target, { url, key, fields: { key } }, FILE, 'AccessDenied');
  });

  check('passes over fields that come after the file', async (target) => {
    const { url, fields, key } = await signForm(target, FILE);
    expect((await submitForm(url, fields, FILE, true)).status).toBeGreaterThanOrEqual(400);
    await expectNothing(target, key);
  });

  check('refuses a form without a file, and a body that is no form', async (target) => {
    const { url, fields, key } = await signForm(target, FILE);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(400);
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    expect((await fetch(url, { method: 'POST', body: 'nonsense', headers })).status).toBe(400);
    await expectNothing(target, key);
  });

  check('keeps an existing object where a form is refused', async (target) => {
    const form = await signForm(target, FILE);
    await target.client.send(
      new PutObjectCommand({ Bucket: target.bucket, Key: form.key, Body: 'before' }),
    );
    await submitForm(form.url, form.fields, someBytes(FILE.length + 1));
    const got = await target.client.send(
      new GetObjectCommand({ Bucket: target.bucket, Key: form.key }),
    );
    expect(await got.Body?.transformToString()).toBe('before');
  });
};

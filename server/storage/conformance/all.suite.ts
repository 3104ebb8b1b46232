import { afterAll, beforeAll, describe } from 'vitest';
import { corsSuite } from './cors.suite.ts';
import type { TargetName } from './differs.ts';
import { formSuite } from './form.suite.ts';
import { keySuite } from './key.suite.ts';
import { listingSuite } from './listing.suite.ts';
import { multipartSuite } from './multipart.suite.ts';
import { objectSuite } from './object.suite.ts';
import { presignedSuite } from './presigned.suite.ts';
import { signatureSuite } from './signature.suite.ts';
import { streamingSuite } from './streaming.suite.ts';
import { checkFor, prepareTarget, type Server, type Target } from './target.ts';

const SUITES = {
  objects: objectSuite,
  keys: keySuite,
  listings: listingSuite,
  multipart: multipartSuite,
  'presigned addresses': presignedSuite,
  forms: formSuite,
  signatures: signatureSuite,
  'streamed bodies': streamingSuite,
  CORS: corsSuite,
};

/** Runs the whole suite against one server, started once. */
export function describeConformance(name: TargetName, start: () => Promise<Server>): void {
  describe(`S3 as spoken by ${name}`, () => {
    let target: Target | undefined;
    beforeAll(async () => {
      target = await prepareTarget(await start());
    }, 120_000);
    afterAll(async () => {
      target?.client.destroy();
      await target?.stop();
    });
    const current = () => {
      if (!target) throw new Error(`${name} did not start.`);
      return target;
    };
    for (const [title, suite] of Object.entries(SUITES)) {
      describe(title, () => suite(checkFor(name, current)));
    }
  });
}

import { test } from 'vitest';
import { describeConformance } from './all.suite.ts';
import { isRadosgwInstalled, startRadosgw } from './radosgw.ts';

if (isRadosgwInstalled()) describeConformance('radosgw', startRadosgw);
else test.skip('S3 as spoken by radosgw (skipped: radosgw is not installed)', () => undefined);

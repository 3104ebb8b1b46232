import { describeConformance } from './all.suite.ts';
import { startEmbedded } from './embedded.ts';

describeConformance('embedded', startEmbedded);

import { FanfoldError } from '#server/errors.ts';
import type { Answers, Question } from './protocol.ts';

const NO_ANSWERS: Answers = {
  async transcribe() {
    throw new FanfoldError('ENGINE_MISSING');
  },
  recall: async () => undefined,
};

/** Answers a page process; what is not given is not known, and there is no model. */
export function answerOf(given: Partial<Answers> | undefined, asked: Question) {
  const answers = { ...NO_ANSWERS, ...given };
  return asked.question === 'recall'
    ? answers.recall(asked.subject)
    : answers.transcribe(asked.subject);
}

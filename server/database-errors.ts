/**
 * Postgres's and the network's codes for a database that is not there, or that has ended what was
 * asked of it: by a timeout, or to resolve a deadlock. All of them pass; the same may work next time.
 */
const UNAVAILABLE =
  /^(08...|57P0[1-5]|57014|25P0[34]|40001|40P01|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT)$/;
const UNAVAILABLE_MESSAGE =
  /connection (terminated|timeout|ended)|timeout exceeded when trying to connect|query read timeout|not queryable/i;

/** Whether an error, or what caused it, says that the database cannot be reached now. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && UNAVAILABLE.test(code)) return true;
  return UNAVAILABLE_MESSAGE.test(error.message) || isDatabaseUnavailable(error.cause);
}

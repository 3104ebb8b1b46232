import { ERRORS, type ErrorCode, FanfoldError } from '../errors.ts';

/** An error of the closed list as a plain JSON answer. */
export function errorResponse(error: FanfoldError): Response {
  const { code, sentence } = error;
  const headers = ERRORS[code].status === 503 ? { 'Retry-After': '5' } : undefined;
  return Response.json(
    { code, sentence },
    { status: ERRORS[code].status, ...(headers && { headers }) },
  );
}

export function unavailable(): Response {
  return errorResponse(new FanfoldError('UNAVAILABLE'));
}

export function refusal(code: ErrorCode): Response {
  return errorResponse(new FanfoldError(code));
}

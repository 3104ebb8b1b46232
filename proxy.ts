import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from '#server/web/content-security-policy.ts';

/** Gives each page its Content-Security-Policy; Next takes the scripts' nonce from the header. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID();
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  matcher: [{ source: '/((?!api/|_next/static|_next/image|icon|favicon).*)' }],
};

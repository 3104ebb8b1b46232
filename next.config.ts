import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The first start builds; `npm test` is where types are checked.
  typescript: { ignoreBuildErrors: true },
  // Messages are compiled where they are sent (components/i18n/request.ts): no parser goes to browsers.
  turbopack: {
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  logging: { incomingRequests: { ignore: [/^\/api\//] } },
  serverExternalPackages: ['pg', 'pg-boss', 'pino', 'file-type'],
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'same-origin' },
      ],
    },
  ],
};

export default config;

'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { createApiClient } from '../data/api-client.ts';
import { createQueryClient } from '../data/query-client.ts';
import { TRPCProvider } from '../data/trpc.ts';
import { LiveProvider } from '../live/live-provider.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { Tooltips } from '../ui/tooltips.tsx';
import { UploadProvider } from '../upload/upload-provider.tsx';

/** Everything that outlives a change of page: the cache, the live stream and running uploads. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(createApiClient);
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce ? { nonce } : {})}
    >
      <CSPProvider {...(nonce ? { nonce } : {})}>
        <QueryClientProvider client={queryClient}>
          <TRPCProvider trpcClient={client} queryClient={queryClient}>
            <LiveProvider>
              <UploadProvider>{children}</UploadProvider>
            </LiveProvider>
          </TRPCProvider>
        </QueryClientProvider>
        <Toasts />
        <Tooltips />
      </CSPProvider>
    </ThemeProvider>
  );
}

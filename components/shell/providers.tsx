'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { createApiClient } from '../data/api-client.ts';
import { createQueryClient } from '../data/query-client.ts';
import { TRPCProvider } from '../data/trpc.ts';
import { LiveProvider } from '../live/live-provider.tsx';
import { UploadProvider } from '../upload/upload-provider.tsx';

const Toaster = dynamic(() => import('../ui/toaster.tsx').then((module) => module.Toaster), {
  ssr: false,
});

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
            <Tooltip.Provider>
              <LiveProvider>
                <UploadProvider>{children}</UploadProvider>
              </LiveProvider>
            </Tooltip.Provider>
          </TRPCProvider>
        </QueryClientProvider>
        <Toaster />
      </CSPProvider>
    </ThemeProvider>
  );
}

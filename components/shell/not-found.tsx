'use client';

import dynamic from 'next/dynamic';

/** Every page carries what is shown where there is none: it is loaded when that happens. */
export const NotFoundScreen = dynamic(() =>
  import('./not-found-screen.tsx').then((loaded) => loaded.NotFoundScreen),
);

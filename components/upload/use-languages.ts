'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTRPC } from '../data/trpc.ts';
import { rememberedLanguages, rememberLanguages } from './languages.ts';

/** What can be chosen and what is chosen; null until the browser's memory was read. */
export function useLanguages() {
  const trpc = useTRPC();
  const { data: info } = useQuery(trpc.system.info.queryOptions());
  const [chosen, setChosen] = useState<string[] | null>(null);
  const installed = info?.languages;

  useEffect(() => setChosen(rememberedLanguages(installed)), [installed]);

  const choose = (codes: string[]) => {
    setChosen(codes);
    rememberLanguages(codes);
  };
  return { installed, chosen, choose, maxFileBytes: info?.maxFileBytes };
}

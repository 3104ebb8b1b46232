'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/router.ts';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

type Outputs = inferRouterOutputs<AppRouter>;
export type DocumentSummary = Outputs['documents']['list']['documents'][number];
export type DocumentDetail = Outputs['documents']['get'];
export type Page = Outputs['pages']['list'][number];
export type DocumentListPage = Outputs['documents']['list'];
export type PageHit = Outputs['search']['pages']['hits'][number];

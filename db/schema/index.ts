export * from './corrections.ts';
export * from './documents.ts';
export * from './events.ts';
export * from './outputs.ts';
export * from './owners.ts';
export * from './pages.ts';
export * from './rate-limits.ts';
export * from './removals.ts';

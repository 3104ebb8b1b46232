/** What can turn pixels into words. See docs/engines.md. */
export const ENGINE_NAMES = ['tesseract', 'tesseract-native', 'vision', 'null'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

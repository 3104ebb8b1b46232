/** Below this confidence, 0–100, a page or a word is worth a second look. */
export const DOUBTFUL = 75;

/** A text as people compare it: whatever its case, its accents and its kind of apostrophe. */
export const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[‘’]/g, "'").toLowerCase()

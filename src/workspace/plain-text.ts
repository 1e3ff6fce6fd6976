const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'", nbsp: ' ' }

/** Where a line ends in what HTML shows. */
const lineEnd = /<br\s*\/?>|<\/(p|div|li|h[1-6]|t[rdh]|pre|blockquote)>/gi

/** What a reader sees of the HTML of a message. */
export const textOf = (html: string): string =>
  html
    .replace(lineEnd, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&([a-z]+|#39);/gi, (whole, name: string) => entities[name.toLowerCase()] ?? whole)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n')

/** The words of a message, each once. */
export const wordsOf = (html: string): string[] => [...new Set(textOf(html).toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’_-]*/gu))]

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

/** Plain text as the HTML of a message: a blank line parts paragraphs. Any HTML in it becomes text. */
export const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('\n')

/** What a teammate wrote: HTML is cleaned, plain text is wrapped. */
export const written = (body: string): string => (/<[a-z][^<>]*>/i.test(body) ? cleaned(body) : paragraphs(body))

// [inferred] what Intercom strips: what runs or loads something, with all that is in it, and the page around the body
const removed = new Set(['script', 'style', 'iframe', 'object', 'head', 'title'])
const unwrapped = new Set(['html', 'body', 'form', 'embed', 'meta', 'link', 'base'])

/**
 * HTML without what runs or loads something; plain text stays as it is, but for a stray `<`. Looks at each tag once, so that
 * no text, however it is nested, takes more than its length.
 */
export const cleaned = (html: string): string => {
  const kept: string[] = []
  let end: string | undefined
  for (const piece of html.split(/(<[^<>]*>)/)) {
    const name = /^<(\/?[a-z][a-z0-9]*)/i.exec(piece)?.[1]?.toLowerCase() ?? ''
    if (end !== undefined) end = name === end ? undefined : end
    else if (removed.has(name)) end = `/${name}`
    else if (!unwrapped.has(name.replace('/', ''))) kept.push(name === '' ? plain(piece) : harmless(piece))
  }
  return kept.join('').replace(/>\s+</g, '>\n<').trim()
}

/** Text, or what only looks like a tag: a comment, a stray sign. */
const plain = (piece: string): string => (piece.startsWith('<!') ? '' : piece.replaceAll('<', '&lt;'))

/** A slash parts a tag's name from its attributes as a blank does: <img/onload=...>. */
const harmless = (tag: string): string =>
  tag
    .replace(/^(<[a-z][a-z0-9]*)\/+(?!>)/i, '$1 ')
    .replace(/\son[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, '')
    .replace(/\b(href|src)\s*=\s*(?:(["'])\s*)?javascript:[^"'>]*\2/gi, '$1="#"')

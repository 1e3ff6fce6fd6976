const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

/** Plain text as the HTML of a message: a blank line parts paragraphs. Any HTML in it becomes text. */
export const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('\n')

/** [inferred] What Intercom strips: what runs or loads something, and the page around the body. */
const active = /<(script|style|iframe|object|embed|form)\b[^>]*>[\s\S]*?<\/\1\s*>|<\/?(html|head|body|script|style|iframe|object|embed|form|meta|link)\b[^>]*>|<!--[\s\S]*?-->/gi
const handlers = /\s+on[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi
const scripts = /(href|src)\s*=\s*(["']?)\s*javascript:[^"'\s>]*\2/gi

const cleaned = (html: string): string =>
  html
    .replace(active, '')
    .replace(handlers, '')
    .replace(scripts, '$1="#"')
    .replace(/>\s+</g, '>\n<')
    .trim()

/** What a teammate wrote: HTML is cleaned, plain text is wrapped. */
export const written = (body: string): string => (/<[a-z][^>]*>/i.test(body) ? cleaned(body) : paragraphs(body))

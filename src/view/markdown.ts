import { Parser } from 'htmlparser2'

/** What each element becomes in Markdown: text before and after it. Block elements start on a line of their own. */
const marks: Readonly<Record<string, readonly [before: string, after: string]>> = {
  b: ['**', '**'],
  strong: ['**', '**'],
  i: ['_', '_'],
  em: ['_', '_'],
  code: ['`', '`'],
  pre: ['\n\n```\n', '\n```\n\n'],
  h1: ['\n\n# ', '\n\n'],
  h2: ['\n\n## ', '\n\n'],
  h3: ['\n\n### ', '\n\n'],
  h4: ['\n\n#### ', '\n\n'],
  p: ['\n\n', '\n\n'],
  div: ['\n', '\n'],
  blockquote: ['\n\n> ', '\n\n'],
  ul: ['\n', '\n'],
  ol: ['\n', '\n'],
  li: ['\n- ', ''],
  tr: ['\n| ', ''],
  td: ['', ' | '],
  th: ['', ' | '],
  br: ['\n', ''],
  hr: ['\n\n---\n\n', ''],
}

const unread = new Set(['script', 'style', 'head', 'template', 'noscript', 'iframe'])

/**
 * HTML as Markdown. Streams through a parser without building a tree, so nesting of any depth costs no stack;
 * scripts, styles and comments are dropped, links keep their address, images become `[image: alt]`.
 */
export const markdown = (html: string): string => {
  if (!/[<&]/.test(html)) return html.trim()
  const out: string[] = []
  const links: string[] = []
  let hidden = 0
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (unread.has(name)) hidden += 1
        if (hidden) return
        if (name === 'img') out.push(`[image${attributes.alt ? `: ${attributes.alt}` : ''}]`)
        if (name === 'a') links.push(attributes.href ?? '')
        out.push(name === 'a' ? '[' : (marks[name]?.[0] ?? ''))
      },
      ontext: (text) => void (hidden || out.push(text.replace(/[ \t\r\n]+/g, ' '))),
      onclosetag: (name) => {
        if (unread.has(name)) hidden -= 1
        else if (!hidden) out.push(name === 'a' ? closing(links.pop()) : (marks[name]?.[1] ?? ''))
      },
    },
    { decodeEntities: true },
  )
  parser.end(html)
  return tidy(out.join(''))
}

/** Only web and mail addresses are shown: a `javascript:` link is worth its text alone. */
const closing = (href: string | undefined): string => (href && /^(https?:|mailto:)/i.test(href) ? `](${href})` : ']')

const tidy = (text: string): string =>
  text
    .replace(/ *\n */g, '\n')
    .replace(/(^|\n)-\n+(?=[^\s-])/g, '$1- ') // a paragraph within a list's item is the item
    .replace(/\n+(?=- )/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

import type { Mark } from './markdown-inline.ts'

/** A longer address is one only a browser reads. */
const longest = 2_000

const shown = /^(?:https?:\/\/|mailto:)/i

/** A web or mail address that stands in Markdown without ending what it stands in; undefined for any other. */
export const address = (href = ''): string | undefined => {
  const whole = href.trim().replace(/^\/\//, 'https://')
  return whole.length <= longest && shown.test(whole) ? whole.replace(/[\s()<>`\\|]/g, encoded) : undefined
}

const encoded = (sign: string): string => (/[()]/.test(sign) ? `%${sign.charCodeAt(0).toString(16)}` : encodeURIComponent(sign))

/** A link to an address; when its text is that address, the address alone. Written once, though it may go over several lines. */
export const link = (to: string): Mark => {
  let written = false
  return {
    wrap: (text) => {
      if (written) return text
      written = true
      return bare(text) === bare(to) ? to.replace(/^mailto:/i, '') : `[${text}](${to})`
    },
  }
}

const bare = (text: string): string => text.replace(/^(?:https?:\/\/|mailto:)/i, '').replace(/\/$/, '')

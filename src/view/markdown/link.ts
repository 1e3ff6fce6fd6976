import type { Mark } from './inline.ts'

/** A longer address is one only a browser reads. */
const longest = 2_000

const shown = /^(?:https?:\/\/|mailto:|tel:)/i

/** A web or mail address, or a phone number, that stands in Markdown without ending what it stands in; undefined for any other. */
export const address = (href = ''): string | undefined => {
  const whole = href.trim().replace(/^\/\//, 'https://')
  return whole.length <= longest && shown.test(whole) ? whole.replace(/[\s()<>`\\|]/g, encoded) : undefined
}

/** Whether a picture is in Intercom's own store: somebody put it there, as customers do with screenshots. */
export const isUploaded = (src = ''): boolean => /^https:\/\/[\w.-]*\bintercom(?:cdn|-attachments-\d+)\.(?:com|eu)\//i.test(src.trim())

const encoded = (sign: string): string => (/[()]/.test(sign) ? `%${sign.charCodeAt(0).toString(16)}` : encodeURIComponent(sign))

/** A link to an address; when its text is that address, the address alone. Written once, though it may go over several lines. */
export const link = (to: string): Mark => {
  let written = false
  return {
    wrap: (text) => {
      if (written) return text
      written = true
      if (/^tel:/i.test(to) && digits(text) === digits(to)) return text
      return bare(text) === bare(to) ? to.replace(/^mailto:/i, '') : `[${text}](${to})`
    },
  }
}

const bare = (text: string): string => text.replace(/^(?:https?:\/\/|mailto:)/i, '').replace(/\/$/, '')
const digits = (text: string): string => text.replace(/%20|\D/g, '')

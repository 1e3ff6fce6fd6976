/** What stands between name and domain, also within a URL, and one within that. */
const ats = /[@＠﹫]|%(?:25)*40/g
const hasAt = new RegExp(ats.source)

/** The end of a local part is searched for backwards, so that a long text without one takes no longer than it is. */
const local = /[\p{L}\p{N}\p{M}\p{Cs}._+~'!$*-]/u
const escape = /^%(?:2[bde]|27|5f|7e)$/i
const otherEscape = /%(?:25){0,3}[0-9a-f]{2}$/i
const domain = /[\p{L}\p{N}\p{M}-]+(?:\.[\p{L}\p{N}\p{M}-]+)*\.[\p{L}\p{N}\p{M}]+/uy

/** The text with something else for each email address in it. */
export const replaceEmails = (text: string, instead: (email: string) => string): string => {
  if (!hasAt.test(text)) return text
  let [result, done] = ['', 0]
  for (const { 0: at, index } of text.matchAll(ats)) {
    const start = startOf(text, done, index)
    const end = endOf(text, index + at.length)
    if (index < done || start === index || end === undefined) continue
    const email = `${text.slice(start, index)}@${text.slice(index + at.length, end)}`
    const encoded = at.length > 1
    const replaced = instead(encoded ? email.replace(/%[0-9a-f]{2}/gi, decodeURIComponent) : email)
    result += text.slice(done, start) + (encoded ? replaced.replace('@', at) : replaced)
    done = end
  }
  return result + text.slice(done)
}

const startOf = (text: string, from: number, at: number): number => {
  let start = at
  for (;;) {
    const before = text.slice(Math.max(from, start - 9), start)
    if (escape.test(before.slice(-3))) start -= 3
    else if (start > from && !otherEscape.test(before) && local.test(text[start - 1]!)) start -= 1
    else break
  }
  while (start < at && !/[\p{L}\p{N}\p{Cs}_%]/u.test(text[start]!)) start += 1 // a quote or a dash before it is not its own
  return start
}

const endOf = (text: string, from: number): number | undefined => {
  domain.lastIndex = from
  return domain.test(text) ? domain.lastIndex : undefined
}

const gap = String.raw`[\s().\/\u2010-\u2015-]`

/** How numbers are written that can be told from other numbers: with a country, or in groups. A bare row of digits may be anything. */
const written = new RegExp(
  [
    String.raw`(?<![\w+])(?:\+|%2B)[1-9](?:${gap}{0,3}\d){6,14}(?!\d)`,
    String.raw`(?<![\w.+-])00[1-9](?:${gap}{0,3}\d){7,13}(?!\w)`,
    String.raw`(?<![\w.+-])(?:1[ .-])?\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?![\w-])`,
    String.raw`(?<![\w.+\/-])\(?0\d{1,4}\)?([ .\/-])\d{2,8}(?:\1\d{2,5}){0,4}(?![\w-])`,
  ].join('|'),
  'gi',
)

/** The text with something else for each phone number in it. */
export const replacePhones = (text: string, instead: (phone: string) => string): string => {
  const narrow = text.replace(/[０-９＋－（）]/g, (wide) => wide.normalize('NFKC'))
  if (!hasEnough.test(narrow)) return text
  const replaced = narrow.replace(written, (found) => (isShort(found) ? found : instead(found)))
  return replaced === narrow ? text : replaced
}

/** As many digits as the shortest number has, none far from the next. */
const hasEnough = /\d(?:\D{0,3}\d){6}/

/** A date in groups has eight digits, and a number that begins with a zero nine or more. */
const isShort = (found: string): boolean => found.replace(/\D/g, '').length < (/^\(?0/.test(found) ? 9 : 7)

/** Numbers with the same digits are one, with the sign before the country or without; what has none, or words too, is itself. */
export const bareNumber = (phone: string): string => {
  const signs = phone.normalize('NFKC').replace(/%2b/gi, '')
  const digits = /\p{L}/u.test(signs) ? '' : signs.replace(/\D/g, '').replace(/^00/, '')
  return digits || phone.trim().toLowerCase()
}

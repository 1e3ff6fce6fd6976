/** A value that stood in a request in a pseudonym's place. */
export interface Used {
  readonly value: string
  readonly pseudonym: string
}

/** Characters that tell something of a value. */
const head = 4

/**
 * A text of ours without these values, and without the beginnings of them that stand where something was cut: what repeats a request
 * shortens it, and who chooses what stands before a value could choose where it is cut.
 */
export const withoutRemains = (text: string, used: readonly Used[]): string => used.reduce(without, text)

const without = (text: string, { value, pseudonym }: Used): string => {
  const [searched, wanted] = [sameLength(text), sameLength(value)]
  const begins = wanted.slice(0, head)
  let [result, done] = ['', 0]
  for (let at = searched.indexOf(begins); at >= 0 && begins !== ''; at = searched.indexOf(begins, Math.max(at + 1, done))) {
    const length = commonLength(searched, at, wanted)
    const whole = length === wanted.length && (length >= 2 * head || (isApart(text[at - 1]) && isApart(text[at + length])))
    if (!whole && !(length < wanted.length && isCut(text[at + length]))) continue
    result += text.slice(done, at) + (whole ? pseudonym : '…')
    done = at + length
  }
  return result + text.slice(done)
}

/** In lower case, unless that takes another number of characters. */
const sameLength = (text: string): string => (text.toLowerCase().length === text.length ? text.toLowerCase() : text)

const commonLength = (text: string, at: number, value: string): number => {
  let length = 0
  while (length < value.length && text[at + length] === value[length]) length += 1
  return length
}

const isApart = (sign = ' '): boolean => !/[\p{L}\p{N}]/u.test(sign)
const isCut = (sign = '…'): boolean => /["'”’…\\]/.test(sign)

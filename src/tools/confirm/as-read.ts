import { tokens } from '../../view/markdown/tokens.ts'

/** A text as a browser reads it, should it be HTML. */
export interface AsRead {
  /** All of its text, hidden or not, entities decoded. */
  readonly text: string
  /** Where its links and pictures lead. */
  readonly addresses: readonly string[]
}

export const asRead = (html: string): AsRead => {
  const addresses: string[] = []
  let text = ''
  const passing = (name: string) => void (text += within.test(name) ? '' : '\n')
  tokens(html, {
    open: (name, { href, src }) => {
      addresses.push(...[href, src].filter((each) => each !== undefined))
      passing(name)
    },
    text: (each) => void (text += each),
    close: passing,
  })
  return { text, addresses }
}

/** Elements that part no word. */
const within = /^(?:a|b|code|em|font|i|mark|s|small|span|strong|sub|sup|u)$/

import { cut } from '../../view/fit.ts'
import { plain } from '../../view/plain.ts'

/** Characters of what others wrote, where it only tells what is meant. */
const longest = 100

/** What others wrote, in quotes on one line, so that no word of it passes for one of ours. */
export const quoted = (value: unknown): string => JSON.stringify(cut(plain(String(value)).replace(/\s+/g, ' ').trim(), longest))

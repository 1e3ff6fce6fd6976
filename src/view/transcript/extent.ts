import type { History } from './histories.ts'
import type { Past } from './transcript.ts'

/** Which parts are shown of how many, and the calls that show the others; nothing when these are all. */
export const extent = (from: number, to: number, { id, parts, total }: Past, { tool, first }: Pick<History, 'tool' | 'first'>): string | undefined => {
  const lost = Math.max(total - parts.length, 0)
  if (from === 0 && to === parts.length && lost === 0) return undefined
  const call = (name: string, bound: string, part: unknown) => isId(id) && isId(part) && `${name}: ${tool} ${JSON.stringify({ id, [bound]: part })}.`
  return [
    from < to ? `Parts ${lost + from + 1}–${lost + to} of ${lost + parts.length} are shown.` : `None of ${lost + parts.length} parts is shown.`,
    lost > 0 && `Intercom gives only the newest ${parts.length}; the ${lost} before them cannot be read.`,
    from > 0 && call('Before', 'parts_before', parts[from]?.id),
    to < parts.length && call('After', 'parts_after', parts[to - 1]?.id ?? first),
  ].filter(Boolean).join(' ')
}

/** As Intercom makes them. What a note says stands outside of what customers wrote, so nothing else may get there. */
const isId = (id: unknown): boolean => (typeof id === 'string' || typeof id === 'number') && /^[\w-]{1,64}$/.test(String(id))

import type { History } from './histories.ts'
import type { Past } from './transcript.ts'

/** Which parts are shown of how many, and the calls that show the others; nothing when these are all. */
export const extent = (from: number, to: number, { id, parts, total }: Past, { tool, first }: Pick<History, 'tool' | 'first'>): string | undefined => {
  const lost = Math.max(total - parts.length, 0)
  if (from === 0 && to === parts.length && lost === 0) return undefined
  const call = (bound: string, part: unknown) => `${tool} ${JSON.stringify({ id, [bound]: part })}`
  return [
    from < to ? `Parts ${lost + from + 1}–${lost + to} of ${lost + parts.length} are shown.` : `None of ${lost + parts.length} parts is shown.`,
    lost > 0 && `Intercom gives only the newest ${parts.length}; the ${lost} before them cannot be read.`,
    from > 0 && `Before: ${call('parts_before', parts[from]?.id ?? null)}.`,
    to < parts.length && `After: ${call('parts_after', parts[to - 1]?.id ?? first)}.`,
  ].filter(Boolean).join(' ')
}

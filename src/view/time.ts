import type { Kind } from './kind.ts'

/** `2026-03-04` or `2026-03-04T15:22Z`. A time outside the calendar stays a number. */
export const time = (seconds: number, precision: Kind['times']): string | number => {
  if (Math.abs(seconds) > 8_640_000_000_000 / 1000) return seconds
  const iso = new Date(seconds * 1000).toISOString()
  return precision === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 16)}Z`
}

const units = [['d', 86_400], ['h', 3600], ['m', 60], ['s', 1]] as const

/** Seconds as `2h 5m 12s`. */
export const duration = (seconds: number): string =>
  units.flatMap(([unit, length], index) => {
    const count = Math.floor((index === 0 ? seconds : seconds % units[index - 1]![1]) / length)
    return count ? [`${count}${unit}`] : []
  }).join(' ') || '0s'

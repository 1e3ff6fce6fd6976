import type { Child } from './child.ts'

/** Runs the work `count` times, `width` at once; the work gets a number never used before in this process. */
export const repeat = async (count: number, width: number, work: (serial: number) => Promise<unknown>): Promise<void> => {
  let left = count
  const worker = async () => {
    while (left-- > 0) await work(++serial)
  }
  await Promise.all(Array.from({ length: width }, worker))
}

let serial = 0

/** CPU of the child for one piece of work, in milliseconds. */
export const cpuOf = async (child: Child, count: number, width: number, work: (serial: number) => Promise<unknown>): Promise<number> => {
  const before = await child.usage()
  await repeat(count, width, work)
  return ((await child.usage()).cpu - before.cpu) / count / 1000
}

/** Ids that differ, so that no server may answer one request with another's answer. */
export const idOf = (serial: number): string => serial.toString(16).padStart(24, '0')

/** Ids of which the upstream answers that there is none, and only after a while. */
export const ids = { missing: 'f'.repeat(24), slow: 'e'.repeat(24) } as const

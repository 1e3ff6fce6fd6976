import { stat } from 'node:fs/promises'

/**
 * Calls back when one of some files has changed, however: written, renamed over, pointed elsewhere, taken away. They are looked at every
 * `ms` milliseconds, which no file system fails to tell of. Returns how to stop.
 */
export const watching = (files: () => readonly string[], ms: number, changed: () => Promise<void>): (() => void) => {
  let before: string | undefined
  const look = async (): Promise<void> => {
    const now = await looksOf(files())
    if (now === (before ??= now)) return
    before = now
    await changed()
  }
  let timer: NodeJS.Timeout | undefined
  const again = (): void => {
    timer = setTimeout(() => void look().finally(() => timer && again()), ms).unref()
  }
  void look().then(again)
  return () => {
    clearTimeout(timer)
    timer = undefined
  }
}

/** What tells that a file is the same as before, without reading it. */
const lookOf = (file: string): Promise<string> =>
  stat(file, { bigint: true }).then(
    ({ ino, size, mtimeNs, ctimeNs }) => [file, ino, size, mtimeNs, ctimeNs].join(' '),
    () => `${file} gone`,
  )

const looksOf = async (files: readonly string[]): Promise<string> => (await Promise.all(files.map(lookOf))).join('\n')

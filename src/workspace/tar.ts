const block = 512

/** A file as it goes into an archive. */
export interface Entry {
  /** At most 100 characters of ASCII. */
  readonly name: string
  readonly text: string
}

/** The files one after the other, each behind a header, as tar has them. `time` in unix seconds. The same bytes for the same content. */
export const tar = (entries: readonly Entry[], time: number): Buffer => {
  const packed = entries.map(({ name, text }) => {
    const content = Buffer.from(text)
    return Buffer.concat([header(name, content.length, time), content, Buffer.alloc(padding(content.length))])
  })
  return Buffer.concat([...packed, Buffer.alloc(2 * block)]) // two empty blocks are the end
}

const padding = (size: number): number => (block - (size % block)) % block

const header = (name: string, size: number, time: number): Buffer => {
  const bytes = Buffer.alloc(block)
  const put = (text: string, at: number): void => void bytes.write(text, at, 'latin1')
  put(name, 0)
  put('0000644\0', 100)
  put('0000000\0', 108)
  put('0000000\0', 116)
  put(`${octal(size, 11)}\0`, 124)
  put(`${octal(time, 11)}\0`, 136)
  put(' '.repeat(8), 148) // counts as blanks in its own sum
  put('0', 156)
  put('ustar\x0000', 257)
  put(`${octal(bytes.reduce((sum, byte) => sum + byte, 0), 6)}\0 `, 148)
  return bytes
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')

import { Readable } from 'node:stream'
import { createGunzip, inflateRawSync } from 'node:zlib'

/** A file in an archive. */
export interface Packed {
  readonly name: string
  readonly bytes: Buffer
  /** Whether `bytes` are all of it. */
  readonly whole: boolean
}

/** As many bytes as are unpacked in all; what comes after them is left out. */
const most = 32 * 1024 * 1024

/** The files in what may be an archive: gzip, tar, zip or a tar in a gzip. Anything else is one file. */
export const unpacked = async (filename: string, bytes: Buffer): Promise<Packed[]> => {
  if (bytes.subarray(0, 2).toString('hex') === '1f8b') {
    const { inflated, whole } = await gunzip(bytes)
    return isTar(inflated) ? untar(inflated) : [{ name: filename.replace(/\.gz$/i, ''), bytes: inflated, whole }]
  }
  if (isTar(bytes)) return untar(bytes)
  return bytes.subarray(0, 4).toString('hex') === '504b0304' ? unzip(bytes) : [{ name: filename, bytes, whole: true }]
}

/** What can be unpacked of it: a damaged archive is shown up to the damage. */
const gunzip = async (bytes: Buffer): Promise<{ inflated: Buffer; whole: boolean }> => {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of Readable.from([bytes]).pipe(createGunzip())) {
      chunks.push(chunk as Buffer) // a gunzip stream gives buffers
      size += (chunk as Buffer).length
      if (size >= most) return { inflated: Buffer.concat(chunks).subarray(0, most), whole: false }
    }
    return { inflated: Buffer.concat(chunks), whole: true }
  } catch {
    return { inflated: Buffer.concat(chunks), whole: false }
  }
}

const block = 512

const isTar = (bytes: Buffer): boolean => bytes.subarray(257, 262).toString('latin1') === 'ustar'

/** A tar is headers of one block, each before the blocks of its file. */
const untar = (bytes: Buffer): Packed[] => {
  const files: Packed[] = []
  let at = 0
  while (at + block <= bytes.length && bytes[at] !== 0) {
    const header = bytes.subarray(at, at + block)
    const size = parseInt(textIn(header, 124, 12), 8) || 0
    const start = at + block
    const prefix = textIn(header, 345, 155)
    const name = (prefix && `${prefix}/`) + textIn(header, 0, 100)
    if (/[0\0]/.test(String.fromCharCode(header[156]!))) files.push({ name, bytes: bytes.subarray(start, start + size), whole: start + size <= bytes.length })
    at = start + Math.ceil(size / block) * block
  }
  return files
}

/** Up to the first NUL. */
const textIn = (bytes: Buffer, at: number, length: number): string => bytes.subarray(at, at + length).toString('latin1').split('\0')[0]!.trim()

const endOfDirectory = Buffer.from('504b0506', 'hex')
const directoryEntry = 0x02014b50

/** A zip ends with a list of its files, which alone tells their sizes for certain. */
const unzip = (bytes: Buffer): Packed[] => {
  const files: Packed[] = []
  const end = bytes.lastIndexOf(endOfDirectory)
  let at = end < 0 ? bytes.length : bytes.readUInt32LE(end + 16)
  let left = most
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === directoryEntry) {
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [number, number, number] // as many as were asked for
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const content = inflated(bytes, at, left)
    left -= content?.length ?? 0
    if (!name.endsWith('/')) files.push({ name, bytes: content ?? Buffer.alloc(0), whole: content !== undefined })
    at += 46 + nameLength + extra + comment
  }
  return files
}

const stored = 0

/** One file of a zip; undefined when it is damaged, or larger than what is left to unpack. */
const inflated = (bytes: Buffer, entry: number, maxOutputLength: number): Buffer | undefined => {
  const [size, local] = [bytes.readUInt32LE(entry + 20), bytes.readUInt32LE(entry + 42)]
  try {
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(start, start + size)
    return bytes.readUInt16LE(entry + 10) === stored ? packed : inflateRawSync(packed, { maxOutputLength })
  } catch {
    return undefined
  }
}

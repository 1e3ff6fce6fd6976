import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** What a confirmation says. */
export interface Claims {
  /** 128 random bits, in hexadecimal. */
  readonly id: string
  /** {@link hash} of what the person was shown. */
  readonly shown: string
  /** Milliseconds since 1970. */
  readonly expires: number
}

/** The one call that a confirmation is good for. */
export interface Bound {
  /** Which Intercom, and by which credential. */
  readonly workspace: string
  readonly principal: string
  readonly tool: string | undefined
  /** Whether the client put the question, or the model showed it. */
  readonly way: Way
  /** Of the operation and its input, as approvals have it. */
  readonly digest: string
}

/** How a person is asked: by their client, or by the model, which shows them a preview. */
export type Way = 'asked' | 'shown'

/** Makes confirmations and reads them. Whoever has the same key reads them too, and nobody else. */
export interface Seals {
  readonly seal: (claims: Claims, bound: Bound) => string
  /** Undefined when it was altered, or made with another key or for another call. */
  readonly open: (seal: string, bound: Bound) => Claims | undefined
}

/** Bytes of a key. */
export const keyLength = 32

/** SHA-256, in hexadecimal. */
export const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

const cipher = 'aes-256-gcm'
const [ivLength, tagLength] = [12, 16]
const [idLength, hashLength, timeLength] = [16, 32, 6]

/** What it is good for is no part of a seal, but of what its tag is made of: a seal cannot be opened for anything else. */
const words = ({ workspace, principal, tool, way, digest }: Bound): Buffer => Buffer.from(JSON.stringify(['confirmation', 1, workspace, principal, tool, way, digest]))

export const sealing = (key: Buffer, random: (bytes: number) => Buffer = randomBytes): Seals => ({
  seal: (claims, bound) => {
    const iv = random(ivLength)
    const sealed = createCipheriv(cipher, key, iv, { authTagLength: tagLength }).setAAD(words(bound))
    return Buffer.concat([iv, sealed.update(written(claims)), sealed.final(), sealed.getAuthTag()]).toString('base64url')
  },
  open: (seal, bound) => {
    const bytes = Buffer.from(seal, 'base64url')
    if (bytes.toString('base64url') !== seal) return undefined // the same bytes can be spelt in several ways
    try {
      const opened = createDecipheriv(cipher, key, bytes.subarray(0, ivLength), { authTagLength: tagLength }).setAAD(words(bound))
      opened.setAuthTag(bytes.subarray(-tagLength))
      return read(Buffer.concat([opened.update(bytes.subarray(ivLength, -tagLength)), opened.final()]))
    } catch {
      return undefined // it is too short, or its tag is of other words or of another key
    }
  },
})

const written = ({ id, shown, expires }: Claims): Buffer => {
  const time = Buffer.alloc(timeLength)
  time.writeUIntBE(expires, 0, timeLength)
  return Buffer.concat([Buffer.from(id, 'hex'), Buffer.from(shown, 'hex'), time])
}

const read = (bytes: Buffer): Claims => ({
  id: bytes.toString('hex', 0, idLength),
  shown: bytes.toString('hex', idLength, idLength + hashLength),
  expires: bytes.readUIntBE(idLength + hashLength, timeLength),
})

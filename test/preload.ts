import { createRequire } from 'node:module'

/** Loads a CommonJS file here and, through NODE_OPTIONS, first of all in every program that is started from here. */
export const preload = (file: string): void => {
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(file)}`
  createRequire(import.meta.url)(file)
}

import { Rejection } from './handler.ts'

/** Versions that Intercom publishes up to this API's, the next one (which the official client asks for), and the two moving ones. */
const versions = new Set('1.0 1.1 1.2 1.3 1.4 2.0 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 2.10 2.11 2.12 2.13 2.14 unstable preview'.split(' '))

/** What is served to a request that names no version: in Intercom, the version of the app. */
export const served = '2.13'

/** The version of a request. Every known one is answered as 2.13. Throws Intercom's 400 for one that does not exist. */
export const versionOf = (header: string | null): string => {
  const version = header?.trim() || served
  if (!versions.has(version.toLowerCase())) throw new Rejection(400, 'intercom_version_invalid', 'The requested version could not be found')
  return version
}

import { permissionsOf } from '../contract/operation.ts'
import type { Code, FailureDetail } from './failure.ts'

/** Where Intercom keeps what a token may do. */
export const whereToTick = "Intercom's Developer Hub > your app > Configure > Authentication"

/** Permissions in quotes; of several, any may be the one that is missing. */
export const permissionNamed = (permission = ''): string => permissionsOf(permission).map((one) => `"${one}"`).join(' or ')

/** What happened and what to do next, for each code. Whether a write took effect is added by `advice`. */
export const adviceFor: Readonly<Record<Code, (failure: FailureDetail) => string>> = {
  invalid_input: (failure) => `${name(failure)} cannot be called with this input: ${failure.note}. Correct it and call again.`,
  policy_denied: ({ note, cause }) => `${note}. ${cause === undefined ? 'The person who set that can change it; calling again will not help' : 'Call again later; if that stays so, tell whoever runs this server'}.`,
  unconfirmed: (failure) => failure.note ?? `${name(failure)} needs a person's confirmation, and has none.`,
  permission_missing: (failure) =>
    `The access token lacks the permission ${permissionNamed(failure.permission)}, which ${name(failure)} needs. Tick it in ${whereToTick}, then call again${after(failure)}.`,
  unauthorized: () =>
    `Intercom does not accept the access token. Set INTERCOM_ACCESS_TOKEN to the one shown in ${whereToTick}, ` +
    "and INTERCOM_REGION to its workspace's region (us, eu or au).",
  plan_restricted: (failure) => `The workspace's Intercom plan does not include this${quoted(failure)}. Calling again will not help until the plan changes.`,
  not_found: (failure) =>
    `Intercom found nothing for ${name(failure)}${quoted(failure)}. ${failure.note ?? 'Check the id, or find the object through a list or search; what is archived or merged is not found.'}`,
  conflict: (failure) => `Something with these details exists already${quoted(failure)}. ${instead(failure)}`,
  rejected: (failure) => `Intercom refused ${name(failure)} (${reference(failure)})${quoted(failure)}. ${differently(failure)}`,
  rate_limited: (failure) => `Intercom's rate limit is used up. The call did not run; call again${after(failure) || ' in a few seconds'}.`,
  unreachable: (failure) =>
    `There is no connection to Intercom${because(failure)}. Check the network, and INTERCOM_REGION or INTERCOM_BASE_URL.`,
  unavailable: (failure) => `Intercom gave no proper answer to ${name(failure)} (${failure.status ?? `connection lost${because(failure)}`})${quoted(failure)}.${again(failure)}`,
  timeout: (failure) => `${name(failure)} had no answer in time.${again(failure)}`,
  cancelled: (failure) => `${name(failure)} was cancelled${failure.note ? `: ${failure.note}` : ''}.`,
  too_large: (failure) => `The answer to ${name(failure)} is too large (${failure.note}).${failure.effect === 'read' ? ' Ask for less: a smaller per_page, a narrower filter or a shorter timeframe.' : ''}`,
  bad_answer: (failure) =>
    `The answer to ${name(failure)} could not be read: ${failure.note}. If that stays so, check that INTERCOM_BASE_URL is the address of the API, and what stands between.`,
  redirected: (failure) =>
    `The server answered ${name(failure)} with a redirect (${failure.status}), which is never followed. Set INTERCOM_REGION or INTERCOM_BASE_URL to the API's own address.`,
}

const name = ({ operation }: FailureDetail): string => operation ?? 'the call'

const reference = ({ status, upstream }: FailureDetail): string =>
  [status, upstream?.code && named(upstream.code), upstream?.field && `field ${named(upstream.field)}`].filter(Boolean).join(', ')

/** Upstream's words may be a customer's: one line, short, in quotes, without invisible characters. */
const quoted = ({ upstream }: FailureDetail): string => (upstream?.message ? `: "${plain(upstream.message, 160)}"` : '')

/** A code or a field's name; in quotes what looks like neither. */
const named = (text: string): string => (/^[\w.[\]-]{1,60}$/.test(text) ? text : `"${plain(text, 60)}"`)

const plain = (text: string, length: number): string => {
  const line = text.replace(/[\p{C}\p{Z}]+/gu, ' ').replaceAll('"', "'").replace(/[\s.]+$/, '').trim()
  return line.length > length ? `${line.slice(0, length).trimEnd()}…` : line
}

/** A refusal of 429 that is no rate limit is about work that still runs, whatever the input. */
const differently = ({ status, upstream }: FailureDetail): string =>
  status === 429 ? 'Call again when what runs has ended, or cancel that first.' : (byUpstreamCode.get(upstream?.code) ?? 'Correct the input and call again.')

/** What to do where the input is not to blame, by Intercom's own code. */
const byUpstreamCode: ReadonlyMap<string | undefined, string> = new Map([
  ['scroll_exists', 'It ends with its last page, or a minute after its last call: begin anew then.'],
  ['tag_has_dependent_objects', "Segments are changed in Intercom's own pages only; calling again will not help before."],
  ['contact_company_limit_exceeded', 'Take the contact out of another company first.'],
])

const because = ({ note }: FailureDetail): string => (note ? `: ${note}` : '')

const after = ({ retryAt }: FailureDetail): string =>
  retryAt === undefined ? '' : ` after ${new Date(Math.ceil(retryAt / 1000) * 1000).toISOString().slice(11, 19)} UTC`

/** Says nothing of a write that may have run: `advice` tells what to look at first. */
const again = (failure: FailureDetail): string =>
  failure.outcome === 'unknown' || failure.outcome === 'committed' ? '' : ` Call again${after(failure) || ' later'}.`

const instead = ({ existing, upstream }: FailureDetail): string => {
  if (!existing) return 'Find it, and change that one instead.'
  const archived = /\barchived\b/i.test(upstream?.message ?? '')
  return archived ? `Its id is ${existing}; it is archived: unarchive it, then change it.` : `Its id is ${existing}: change that one instead.`
}

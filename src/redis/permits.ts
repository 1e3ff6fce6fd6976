import { longestWindowMs } from '../client/allowance.ts'
import { type Link, script } from './link.ts'

/** What a replica asks of the window that all share. */
export interface Asking {
  /** Requests it would send now. */
  readonly want: number
  /** Permits it did not use, of the window that ends then by Intercom's clock. */
  readonly unused: { readonly count: number; readonly reset: number }
  readonly report: Report
  /** Milliseconds for which Intercom refused everything. */
  readonly refused: number
  /** Milliseconds before the window's end in which nothing is sent any more, so that nothing arrives in the next one. */
  readonly margin: number
}

/** What answers told since the last time. */
export interface Report {
  readonly limit: number
  readonly used: number
  /** End of that window in milliseconds by Intercom's clock; 0 when nothing was told. */
  readonly reset: number
  /** What Intercom's clock shows now, at least and at most; 0 when nothing was told. */
  readonly least: number
  readonly most: number
}

/** What it gets. Times are in milliseconds from when Redis answered. */
export interface Granted {
  readonly permits: number
  /** Left to all after these. */
  readonly left: number
  readonly limit: number
  /** Name of the window; 0 while none is known. */
  readonly reset: number
  /** Until when they may be used, and the next window surely begins. */
  readonly closes: number
  readonly opens: number
  /** Until it is worth asking again. */
  readonly wait: number
}

/**
 * One window of one token, as all replicas see it: how many it takes, how many were given out, how many others used (foreign), and
 * between which bounds (lo, hi) Intercom's clock is ahead of Redis's, which Date headers narrow down. A window that ended is followed
 * by a guess that an answer confirms. One that is further off than any (a clock was set) or a guess that takes nothing is forgotten. What
 * is left is given out in parts of a sixteenth; the last tenth evenly over the rest of the window.
 */
const permits = script(`
  local names = {'limit', 'reset', 'granted', 'foreign', 'lo', 'hi', 'held', 'next', 'guess'}
  local s = {}
  for at, value in ipairs(redis.call('HMGET', KEYS[1], unpack(names))) do s[names[at]] = tonumber(value) or 0 end
  local a = {}
  for at, value in ipairs(ARGV) do a[at] = tonumber(value) end
  local want, unused, unusedOf, limit, used, reset, least, most, refused, margin, length, slack, longest = unpack(a)
  local t = redis.call('TIME')
  local now = t[1] * 1000 + math.floor(t[2] / 1000)

  if least > 0 then
    local lo, hi = least - now, most - now
    if s.hi ~= 0 and math.max(lo, s.lo) <= math.min(hi, s.hi) then lo, hi = math.max(lo, s.lo), math.min(hi, s.hi) end
    s.lo, s.hi = lo, hi
  end
  if s.reset > 0 and now + s.lo >= s.reset then
    local passed = math.floor((now + s.lo - s.reset) / length) + 1
    local drift = math.min(5 * passed, 500)
    s.reset, s.granted, s.foreign, s.next, s.guess = s.reset + passed * length, 0, 0, 0, 1
    s.lo, s.hi = s.lo - drift, s.hi + drift
  end
  if reset > 0 and now + s.lo < reset then
    if s.reset == 0 or reset > s.reset + slack then
      s.reset, s.limit, s.granted, s.foreign, s.next, s.guess = reset, limit, 0, used, 0, 0
    elseif reset >= s.reset - slack or s.guess == 1 then
      s.reset, s.limit, s.foreign, s.guess = reset, limit, math.max(s.foreign, used - s.granted), 0
    end
  end
  if s.reset - s.lo - now > longest or (s.guess == 1 and s.limit == 0) then s.reset, s.lo, s.hi = 0, 0, 0 end
  if s.held - now > longest then s.held = 0 end
  if refused > 0 then s.held = math.max(s.held, now + refused) end
  if unused > 0 and unusedOf == s.reset then s.granted = math.max(0, s.granted - unused) end

  local left = math.max(0, s.limit - s.granted - s.foreign)
  local opens, closes = s.reset - s.lo - now, s.reset - s.hi - margin - now
  local n, wait = 0, 0
  if s.held > now then
    wait, opens, left = s.held - now, math.max(s.held - now, s.reset > 0 and opens or 0), 0
  elseif s.reset == 0 then
    n, closes, opens = math.min(want, 8), 1000, 1000
  elseif closes <= 0 or left == 0 then
    wait = opens
  elseif left > s.limit * 0.1 then
    n = math.min(want, math.max(1, math.floor(left / 16)))
  elseif now < s.next then
    wait = s.next - now
  else
    local apart = closes / (left + 1)
    n = math.min(want, left, math.max(1, math.floor(50 / apart)))
    if n > 0 then s.next = now + n * apart end
    wait = math.ceil(apart)
  end
  s.granted = s.granted + n

  local kept = {}
  for _, name in ipairs(names) do kept[#kept + 1] = name; kept[#kept + 1] = string.format('%.0f', s[name]) end
  redis.call('HSET', KEYS[1], unpack(kept))
  redis.call('PEXPIRE', KEYS[1], 600000)
  return {n, math.max(0, left - n), s.limit, s.reset, math.floor(closes), math.ceil(opens), math.ceil(wait)}`)

/** Length of Intercom's windows, in milliseconds. */
export const windowMs = 10_000

/** Rejects when Redis does not answer. */
export const ask = async (link: Link, key: string, { want, unused, report: { limit, used, reset, least, most }, refused, margin }: Asking, slack: number): Promise<Granted> => {
  const args = [want, unused.count, unused.reset, limit, used, reset, least, most, refused, margin, windowMs, slack, longestWindowMs].map(Math.round)
  const [permitted, left, all, name, closes, opens, wait] = (await link.run(permits, [key], args)) as [number, number, number, number, number, number, number] // as the script ends
  return { permits: permitted, left, limit: all, reset: name, closes, opens, wait }
}

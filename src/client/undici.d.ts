// Loading all of undici takes three times as long as its connection pool, which is the part needed.
declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici'
}

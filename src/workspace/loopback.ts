/** Whether a host, as typed or as a URL holds it, is this machine and nobody else can listen in. */
export const isLoopback = (host: string): boolean => /^(localhost|\[?::1\]?|127(\.\d{1,3}){3})$/i.test(host)

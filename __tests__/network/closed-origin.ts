/**
 * Where nobody listens: port 1 of loopback is for root alone, and not among those that the system gives to whoever asks
 * for any.
 */
export const closedOrigin = 'http://127.0.0.1:1';

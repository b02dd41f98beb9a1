/** An address without a server: the system never assigns port 1 of loopback as a free port. */
export const closedOrigin = 'http://127.0.0.1:1';

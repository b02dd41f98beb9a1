/** A proxy that answers CONNECT for made-up host names, ends TLS with a certificate of its own, and forwards. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { createSecureContext } from 'node:tls';

export interface Tunnel {
  /** For `https_proxy`. */
  readonly url: string;
  /** The certificate authority's certificate, for NODE_EXTRA_CA_CERTS. */
  readonly ca: string;
  /** What CONNECT was asked for, with the proxy's own authorization. */
  readonly asked: { target: string; authorization: string | undefined }[];
  close(): void;
}

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

/** A self-signed certificate for the hosts, valid for two days, of no use to anybody else. */
function certificate(folder: string, hosts: readonly string[]): { key: string; cert: string; file: string } {
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'ca.pem')];
  const names = `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`;
  const subject = ['-subj', '/CN=made up for a test', '-addext', names, '-days', '2'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', file, ...subject], {
    stdio: 'ignore',
  });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8'), file };
}

/** @param forwardTo the origin that stands behind all the hosts */
export async function openTunnel(folder: string, hosts: readonly string[], forwardTo: string): Promise<Tunnel> {
  const { key, cert, file } = certificate(folder, hosts);
  const sockets = new Set<Socket>();
  // Like the servers of PingOne it has no certificate for whoever does not name a host (SNI).
  const SNICallback: TlsOptions['SNICallback'] = (_, answer) => answer(null, createSecureContext({ key, cert }));
  const inner = createTlsServer({ SNICallback }, (incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    const onward = httpRequest(new URL(url, forwardTo), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  const innerPort = await listen(inner);
  const asked: Tunnel['asked'] = [];
  const proxy = createServer();
  proxy.on('connect', ({ url = '', headers }, socket: Socket) => {
    asked.push({ target: url, authorization: headers['proxy-authorization'] });
    const onward = connect(innerPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    for (const one of [socket, onward]) sockets.add(one.on('error', () => one.destroy()));
  });
  const port = await listen(proxy);
  return {
    url: `http://127.0.0.1:${port}`,
    ca: file,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      inner.close();
    },
  };
}

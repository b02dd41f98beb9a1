/** A server in front of the sandbox that forwards requests and changes some responses. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Front {
  /** Where it listens. */
  readonly origin: string;
  close(): void;
}

/** Called with a response that came from the sandbox, before it is forwarded; true if it has been answered instead. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

/** @param behind the origin to forward to */
export async function openFront(behind: string, answer: Answer): Promise<Front> {
  const server = createServer((incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    const onward = httpRequest(new URL(url, behind), { method, headers }, (response) => {
      void forward(response, answer, incoming, outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function forward(
  response: IncomingMessage,
  answer: Answer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (await answer(incoming, outgoing)) {
    response.resume();
    return;
  }
  outgoing.writeHead(response.statusCode ?? 502, response.headers);
  response.pipe(outgoing);
}

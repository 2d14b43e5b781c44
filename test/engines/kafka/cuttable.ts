import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { KafkaAddress } from '@common-thread/adapters/kafka/address';

/** Connections that a test can cut all at once, and to which none is added until they are mended. */
export class Cuttable {
  readonly #sockets = new Set<Socket>();
  #cut = false;

  /** The address, reached through these connections. */
  through(address: KafkaAddress): KafkaAddress {
    return {
      ...address,
      connect: (host, port, onConnect) => {
        const socket = connect({ host, port }, onConnect);
        this.#sockets.add(socket);
        socket.once('close', () => this.#sockets.delete(socket));
        if (this.#cut) this.#lose(socket);
        return socket;
      },
    };
  }

  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) this.#lose(socket);
  }

  mend(): void {
    this.#cut = false;
  }

  /** Not before the client listens to what happens to it. */
  #lose(socket: Socket): void {
    setImmediate(() => socket.destroy(new Error('the connection was cut')));
  }
}

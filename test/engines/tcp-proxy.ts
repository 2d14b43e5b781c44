import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

type Pair = readonly [client: net.Socket, engine: net.Socket];

/** A wire to an engine that a test can cut, slow down or let go silent. */
export class TcpProxy {
  readonly #server: net.Server;
  readonly #pairs = new Set<Pair>();
  /** Pairs that will never hear anything again. */
  readonly #silent = new WeakSet<Pair>();
  /** What is still on its way to a socket. */
  readonly #late = new WeakMap<net.Socket, Promise<void>>();
  #cut = false;
  #isSilent = false;
  /** While true, requests pass and answers do not. */
  losesAnswers = false;
  /** While true, answers wait here until they are let through. */
  holdsAnswers = false;
  readonly #held: { readonly client: net.Socket; readonly data: Buffer }[] = [];
  /** Each way, ms. */
  delayMs = 0;

  private constructor(host: string, port: () => number) {
    this.#server = net.createServer((client) => {
      if (this.#cut) return void client.destroy();
      const engine = net.connect(port(), host);
      const pair: Pair = [client, engine];
      this.#pairs.add(pair);
      if (this.#isSilent) this.#silent.add(pair);
      const end = () => {
        this.#pairs.delete(pair);
        client.destroy();
        // One end of a silent pair that goes is not noticed at the other.
        engine.destroy();
      };
      for (const socket of pair) socket.on('error', end).setNoDelay(true);
      client.on('close', end);
      engine.on('close', () => this.#silent.has(pair) || end());
      client.on('data', (data) => this.#carry(pair, engine, data));
      engine.on('data', (data) => {
        if (this.holdsAnswers) this.#held.push({ client, data });
        else if (!this.losesAnswers) this.#carry(pair, client, data);
      });
    });
  }

  /** `port` where the engine listens at the moment. */
  static async to(host: string, port: number | (() => number)): Promise<TcpProxy> {
    const proxy = new TcpProxy(host, typeof port === 'number' ? () => port : port);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  /** Pieces of answers that wait. */
  get held(): number {
    return this.#held.length;
  }

  /** Lets the first of the pieces that wait through. */
  letThrough(pieces: number): void {
    for (const { client, data } of this.#held.splice(0, pieces)) {
      if (!client.destroyed) client.write(data);
    }
  }

  /** Ends every connection and refuses new ones. */
  cut(): void {
    this.#cut = true;
    for (const [client, engine] of [...this.#pairs]) {
      client.destroy();
      engine.destroy();
    }
  }

  /**
   * What is open stays open and carries nothing any more, either way, also after the wire is mended; the
   * engine's own ends are closed, as they are where a machine has gone. So it is with new connections.
   */
  goSilent(): void {
    this.#isSilent = true;
    for (const pair of this.#pairs) {
      this.#silent.add(pair);
      pair[1].destroy();
    }
  }

  mend(): void {
    this.#cut = false;
    this.#isSilent = false;
    this.losesAnswers = false;
    this.holdsAnswers = false;
    this.#held.length = 0;
    this.delayMs = 0;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #carry(pair: Pair, to: net.Socket, data: Buffer): void {
    if (this.#silent.has(pair)) return;
    const before = this.#late.get(to);
    if (this.delayMs === 0 && !before) return void to.write(data);
    // Whatever the delay is by then, bytes stay in their order.
    const delayed = Promise.all([before, pause(this.delayMs)]).then(() => {
      to.write(data);
      if (this.#late.get(to) === delayed) this.#late.delete(to);
    });
    this.#late.set(to, delayed);
  }
}

import net from 'node:net';

/** A wire to an engine that a test can cut. */
export class TcpProxy {
  readonly #server: net.Server;
  readonly #pairs = new Set<readonly [net.Socket, net.Socket]>();
  #cut = false;
  /** While true, requests pass and answers do not. */
  losesAnswers = false;
  /** While true, answers wait here until they are let through. */
  holdsAnswers = false;
  readonly #held: { readonly client: net.Socket; readonly data: Buffer }[] = [];

  private constructor(host: string, port: number) {
    this.#server = net.createServer((client) => {
      if (this.#cut) return void client.destroy();
      const engine = net.connect(port, host);
      const pair = [client, engine] as const;
      this.#pairs.add(pair);
      const end = () => {
        this.#pairs.delete(pair);
        client.destroy();
        engine.destroy();
      };
      for (const socket of pair) socket.on('error', end).on('close', end).setNoDelay(true);
      client.on('data', (data) => engine.write(data));
      engine.on('data', (data) => {
        if (this.holdsAnswers) this.#held.push({ client, data });
        else if (!this.losesAnswers) client.write(data);
      });
    });
  }

  static async to(host: string, port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(host, port);
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

  mend(): void {
    this.#cut = false;
    this.losesAnswers = false;
    this.holdsAnswers = false;
    this.#held.length = 0;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

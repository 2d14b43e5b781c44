import { connect } from 'node:net';
import { once } from 'node:events';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp } from './http-app.js';
import { Log } from './log.js';
import { OpenToAnybody } from './signed-in.js';
import { TokenRefused, TokenVerifier } from './token-verifier.js';

let arrive: () => void = () => undefined;
let answer: () => void = () => undefined;

@Controller()
@OpenToAnybody()
class Slow {
  @Get('slow')
  async slow(): Promise<string> {
    const answered = new Promise<void>((resolve) => (answer = resolve));
    arrive();
    await answered;
    return 'done';
  }
}

@Module({ controllers: [Slow] })
class SlowModule {}

class Nobody extends TokenVerifier {
  async verify(): Promise<never> {
    throw new TokenRefused('no');
  }
}

describe('closing an app', () => {
  let app: NestFastifyApplication;
  let address: string;

  beforeEach(async () => {
    const log = new Log({ app: 'test', level: 'silent' });
    app = await createHttpApp(SlowModule, { log, tokens: new Nobody() });
    await app.listen(0, '127.0.0.1');
    address = await app.getUrl();
  });

  it('answers what is in flight, and then ends every connection', async () => {
    const silent = connect(Number(new URL(address).port), '127.0.0.1');
    await once(silent, 'connect');
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const asked = fetch(`${address}/slow`);
    await arrived;
    const closed = app.close();
    answer();
    const response = await asked;
    expect([response.status, await response.text()]).toEqual([200, 'done']);
    await closed;
    await expect(fetch(`${address}/slow`)).rejects.toThrow();
    silent.destroy();
  });

  it('waits for nobody who has hung up', async () => {
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const hangingUp = new AbortController();
    const asked = fetch(`${address}/slow`, { signal: hangingUp.signal });
    await arrived;
    hangingUp.abort();
    await expect(asked).rejects.toThrow();
    await app.close();
  });
});

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { IsArray, IsString, IsUUID, MaxLength } from 'class-validator';
import { createHttpApp } from '@common-thread/platform/http-app';
import { Log } from '@common-thread/platform/log';
import { JwtVerifier } from '@common-thread/platform/token-verifier';

class ReferralBody {
  @IsUUID() familyId!: string;
  @IsArray() @IsUUID(undefined, { each: true }) childIds!: string[];
  @IsString() @MaxLength(10) need!: string;
  @IsString() @MaxLength(20_000) concern!: string;
}

interface Answer {
  readonly id: string;
  readonly children: number;
}

const answerTo = ({ familyId, childIds }: ReferralBody): Answer => ({
  id: familyId,
  children: childIds.length,
});

@Controller('v1/referrals')
class Referrals {
  @Post()
  raise(@Body() body: ReferralBody): Answer {
    return answerTo(body);
  }
}

@Module({ controllers: [Referrals] })
class EdgeModule {}

/* One of the two servers of the edge benchmark; says its port. The issuer's keys come on standard input. */
for await (const keys of createInterface({ input: process.stdin })) {
  const port = process.argv[2] === 'raw' ? await startRaw() : await startEdge(keys);
  process.stdout.write(`${port}\n`);
}

function startRaw(): Promise<number> {
  const server = http.createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.once('end', () => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answerTo(JSON.parse(text) as ReferralBody)));
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function startEdge(keys: string): Promise<number> {
  const app = await createHttpApp(EdgeModule, {
    log: new Log({ app: 'edge', level: 'info', destination: { write: () => undefined } }),
    tokens: JwtVerifier.local('https://issuer.example', JSON.parse(keys) as never),
    // One caller sends all of it.
    limit: { requestsMax: Number.MAX_SAFE_INTEGER, windowMs: 60_000 },
  });
  await app.listen(0, '127.0.0.1');
  return (app.getHttpServer().address() as AddressInfo).port;
}

import { spawn } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { TOKEN_AUDIENCE } from '@common-thread/platform/token-verifier';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Contender, Report } from './benchmark.js';
import { compare } from './benchmark.js';
import { machine } from './benchmark-engine.js';

const CONNECTIONS = 32;
const REQUESTS = 4_000;
const GOAL = 0.5;

const BODY = JSON.stringify({
  familyId: '5f0f9a3e-6a53-5c0e-9f0a-0c1d2e3f4a5b',
  childIds: ['0c7e5b62-1f0f-5b64-8a3a-9d6f3f1f7a11'],
  need: 'N1',
  concern: 'x'.repeat(300),
});

/**
 * P9 of the goals: posts through the edge every app of ours has (access token verified, body checked
 * against its class, problem documents, a log line) against raw node:http that parses and answers the same.
 */
export async function edge(): Promise<Report> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const keys = JSON.stringify({
    keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' }],
  });
  const token = await new SignJWT({
    recipient: 'larkfield-centres.childrens-centre',
    organisation: 'larkfield-centres',
    role: 'centre-worker',
    places: [],
    kind: 'person',
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'k' })
    .setSubject('larkfield-worker-1')
    .setIssuer('https://issuer.example')
    .setAudience(TOKEN_AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('8h')
    .sign(privateKey);
  const [raw, ours] = [await startServer('raw', keys), await startServer('edge', keys)];
  try {
    const result = await compare({
      title: `${CONNECTIONS} connections`,
      unit: 'requests/s',
      goal: GOAL,
      baseline: posting('node:http', raw.port, token),
      system: posting('our edge', ours.port, token),
    });
    return { setting: { machine }, results: [result] };
  } finally {
    raw.stop();
    ours.stop();
  }
}

async function startServer(kind: 'raw' | 'edge', keys: string) {
  const here = import.meta.dirname;
  const loader = path.join(here, '../engines/typescript.mjs');
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--import', loader, path.join(here, 'edge-server.ts'), kind],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  child.stdin.write(`${keys}\n`);
  for await (const line of createInterface({ input: child.stdout })) {
    return { port: Number(line), stop: () => child.kill() };
  }
  throw new Error(`the ${kind} server did not start`);
}

function posting(name: string, port: number, token: string): Contender {
  let answered = '';
  return {
    name,
    round: async () => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
      const answers = new Set<string>();
      const from = performance.now();
      await Promise.all(
        Array.from({ length: CONNECTIONS }, async (_, connection) => {
          for (let nth = connection; nth < REQUESTS; nth += CONNECTIONS) {
            answers.add(await post(agent, port, token));
          }
        }),
      );
      const seconds = (performance.now() - from) / 1_000;
      agent.destroy();
      answered = [...answers].join();
      return REQUESTS / seconds;
    },
    outcome: async () => answered,
  };
}

function post(agent: http.Agent, port: number, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(BODY),
    };
    const options = {
      agent,
      port,
      host: '127.0.0.1',
      path: '/v1/referrals',
      method: 'POST',
      headers,
    };
    const request = http.request(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve(`${response.statusCode} ${text}`));
    });
    request.once('error', reject).end(BODY);
  });
}

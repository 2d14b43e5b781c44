import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Table } from '@common-thread/catalogue/disclosure-changes';
import { codec } from '@common-thread/domain/event-catalogue';
import { ConfigurationError, Environment } from '@common-thread/platform/environment';
import { PolicyFollower } from '../../command-api/authorisation/policy-follower.js';
import { systemClock } from '../../command-api/clock.js';
import { Commands } from '../../command-api/commands.js';
import { standaloneConfiguration } from '../configuration.js';
import { withVaultBeside } from '../vault-beside.js';
import type { Desk } from './at-the-desk.js';
import { disclosingThrough } from './disclosing.js';
import { disclosureProgram } from './disclosure-program.js';
import { runCommandLine } from '../terminal.js';

/*
 * `npm run disclosure -- diff | switch | redisclose | withdraw`. The last three record in an officer's name,
 * beside a running system or without one, after saying in words what they change.
 */
const CATCH_UP_MS_MAX = 10 * 60_000;

const desk: Desk = {
  say: (line) => void process.stdout.write(`${line}\n`),
  agrees: async (question) => {
    if (!process.stdin.isTTY) return undefined;
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return (await terminal.question(question)).trim().toLowerCase() === 'yes';
    } finally {
      terminal.close();
    }
  },
  with: async (work) => {
    const environment = new Environment();
    const configuration = standaloneConfiguration(environment);
    return withVaultBeside('disclosure', configuration, environment, async ({ vault, log }) => {
      const policy = new PolicyFollower(log, codec, CATCH_UP_MS_MAX);
      try {
        const commands = new Commands({ log, codec, sealing: vault.sealing }, policy, systemClock);
        return await work(disclosingThrough(commands, policy));
      } finally {
        await policy.stop();
      }
    });
  },
};

function tableIn(path: string): Table {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Table;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      `${path} is no disclosure table: ${reason}\n` +
        'Take one from libs/catalogue/released/disclosure.json of an earlier state.',
    );
  }
}

await runCommandLine(disclosureProgram(desk, tableIn));

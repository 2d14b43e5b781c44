import { codec } from '@common-thread/domain/event-catalogue';
import type { ClientCredentials } from '@common-thread/platform/issuer';
import { IssuersClient } from '@common-thread/platform/issuer';
import type { Log } from '@common-thread/platform/log';
import { openLogAt } from '@common-thread/running/event-log';
import { PolicyFollower } from '../../command-api/authorisation/policy-follower.js';
import { systemClock } from '../../command-api/clock.js';
import { Commands } from '../../command-api/commands.js';
import { doorsOf } from '../../command-api/vault-doors/vault-doors.js';
import type { CommandPort } from '../seeding/planned-command.js';
import { throughCommands } from '../seeding/through-commands.js';

export interface RemoteRecordingOptions {
  readonly eventLog: string;
  readonly vault: URL;
  /** command-api's own: whoever records has the vault seal. */
  readonly issuer: ClientCredentials;
  readonly log: Log;
}

export interface RemoteRecording {
  readonly port: CommandPort;
  close(): Promise<void>;
}

/** Records as an operator does, beside a running county: its log, and its vault over HTTP. */
export async function openRemoteRecording(
  options: RemoteRecordingOptions,
): Promise<RemoteRecording> {
  const opened = await openLogAt(options.eventLog, options.log);
  const { eventLog } = opened;
  const { sealing } = doorsOf(options.vault, new IssuersClient(options.issuer).ownToken);
  const policy = new PolicyFollower(eventLog, codec);
  const engines = { log: eventLog, codec, sealing };
  return {
    port: throughCommands(new Commands(engines, policy, systemClock)),
    close: async () => {
      await policy.stop();
      await opened.close();
    },
  };
}

import { codec } from '@common-thread/domain/event-catalogue';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import { PolicyFollower } from '../../../apps/command-api/authorisation/policy-follower.js';
import { Commands } from '../../../apps/command-api/commands.js';
import { FakeDeriving, FakeSealing } from '../../../apps/command-api/examples/fake-vault.js';
import { ReactionRunner } from '../../../apps/command-api/reactions/reaction-runner.js';
import { reactions } from '../../../apps/command-api/reactions/reactions.js';
import { Records } from '../../../apps/command-api/records.js';
import type { Life } from '../machine/life.js';
import { met } from '../machine/met.js';
import type { World } from './world.js';

const vaultGone = () => new VaultUnavailable('the simulated vault cannot be reached');

/** A database that cannot be reached, as its driver would say it. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

/** command-api: the only writer, with its reactions. */
export class CommandProcess {
  readonly commands: Commands;

  constructor(life: Life, world: World) {
    const { disks, seams } = world;
    const log = world.logOf(life, 'command-api');
    const clock = { now: () => world.clockOf('command-api').toISOString() };
    const vault = { name: 'vault', writes: [], gone: vaultGone };
    const sealing = met(new FakeSealing(), life, vault);
    const policy = new PolicyFollower(log, codec, undefined, life.pause);
    this.commands = new Commands(
      { log: seams.commandLog(log, life), codec, sealing },
      policy,
      clock,
    );
    const runner = new ReactionRunner(
      {
        log,
        codec,
        commands: this.commands,
        records: new Records(log, codec),
        policy,
        deriving: met(new PoisonedDeriving(world), life, vault),
        journal: met(disks.journal, life, {
          name: 'journal',
          writes: ['advance', 'setAside', 'settle'],
          gone: () => new Gone('the journal cannot be reached'),
        }),
        clock,
        pause: life.pause,
        onFault: (what, error) => world.meets(life, what, error),
      },
      reactions.map((reaction) => seams.reaction(reaction)),
    );
    runner.start();
  }
}

/** Now and then it cannot count from a date, until it is mended: a cause that poisons its reaction. */
class PoisonedDeriving extends FakeDeriving {
  constructor(private readonly world: World) {
    super();
  }

  override async reviewsDue(...asked: Parameters<FakeDeriving['reviewsDue']>) {
    if (this.world.weather.happens('poison', 0.05)) throw new Poisoned('this date has no end');
    return super.reviewsDue(...asked);
  }
}

export class Poisoned extends Error {
  override readonly name = 'Poisoned';
}

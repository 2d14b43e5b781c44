import type { NarrowingFold } from '@common-thread/disclosure/narrowing-folds';
import type { GlassOutbox } from '@common-thread/domain/break-glass/glass-outbox';
import type { Deriving } from '@common-thread/domain/deriving';
import type { Matching } from '@common-thread/domain/matching';
import type { Sealing } from '@common-thread/eventing/sealing';
import { NotReady } from '@common-thread/platform/health';
import type { OwnToken } from '@common-thread/platform/own-token';
import { HttpDeriving } from './http-deriving.js';
import { HttpGlassOutbox } from './http-glass-outbox.js';
import { HttpMatching } from './http-matching.js';
import { HttpVaultNarrowing } from './http-narrowing.js';
import { HttpSealing } from './http-sealing.js';
import { VaultDoor } from './vault-door.js';

/** What command-api reaches of a vault in another process. */
export interface VaultDoors {
  readonly sealing: Sealing;
  readonly matching: Matching;
  readonly deriving: Deriving;
  readonly narrowing: NarrowingFold;
  readonly glassOutbox: GlassOutbox;
  /** Nothing can be recorded without it. */
  readonly health: () => Promise<void>;
}

export function doorsOf(vault: URL, token: OwnToken): VaultDoors {
  const door = new VaultDoor(vault, token);
  const sealing = new HttpSealing(door);
  return {
    sealing,
    matching: new HttpMatching(door),
    deriving: new HttpDeriving(door),
    narrowing: new HttpVaultNarrowing(door),
    glassOutbox: new HttpGlassOutbox(door),
    health: async () => {
      try {
        // Asks through the door itself: it is shut to a wrong identity as to a dead network.
        await sealing.compare('none', null);
      } catch {
        throw new NotReady(
          'The vault seals nothing for this app. See that it runs, that COMMON_THREAD_VAULT leads to it, ' +
            'and that the issuer gives this client the role command-writer.',
        );
      }
    },
  };
}

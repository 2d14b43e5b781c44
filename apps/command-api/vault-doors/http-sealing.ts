import type { Sealed, SealRequest } from '@common-thread/eventing/sealing';
import { Sealing, VaultUnavailable } from '@common-thread/eventing/sealing';
import type { VaultDoor } from './vault-door.js';

/** Sealing by a vault in another process. */
export class HttpSealing extends Sealing {
  constructor(private readonly door: VaultDoor) {
    super();
  }

  async seal(requests: readonly SealRequest[], commandBody: unknown): Promise<Sealed> {
    const answer = await this.door.ask('/v1/sealing/seal', { requests, commandBody });
    const { boxes, fingerprint } = answer;
    const isWhole = Array.isArray(boxes) && boxes.length === requests.length;
    if (!isWhole || typeof fingerprint !== 'string') {
      throw new VaultUnavailable('the vault answered something else than was asked');
    }
    return { boxes: boxes as string[], fingerprint };
  }

  async compare(fingerprint: string, commandBody: unknown): Promise<'same' | 'other' | 'unknown'> {
    const { compared } = await this.door.ask('/v1/sealing/compare', { fingerprint, commandBody });
    if (compared === 'same' || compared === 'other' || compared === 'unknown') return compared;
    throw new VaultUnavailable('the vault answered something else than was asked');
  }
}

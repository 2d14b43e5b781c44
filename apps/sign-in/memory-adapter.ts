import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  readonly endsAt: number;
}

const ENTRIES_MAX = 20_000;

/**
 * What the issuer remembers, in memory: a restart signs everybody out, which a demonstration can bear.
 * Systems are found here too, where a register of partners would be.
 */
export function memoryAdapter(systems: readonly ClientMetadata[]): AdapterFactory {
  const entries = new Map<string, Entry>(
    systems.map((payload) => [`Client:${payload.client_id}`, { payload, endsAt: Infinity }]),
  );
  return (model) => new MemoryAdapter(model, entries);
}

class MemoryAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly entries: Map<string, Entry>,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const endsAt = expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1_000;
    this.entries.delete(this.key(id));
    this.entries.set(this.key(id), { payload, endsAt });
    // Oldest first: what nobody has touched for longest goes.
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= ENTRIES_MAX) break;
      if (!oldest.startsWith('Client:')) this.entries.delete(oldest);
    }
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.entries.get(this.key(id));
    if (entry && entry.endsAt > Date.now()) return entry.payload;
    this.entries.delete(this.key(id));
    return undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.findWhere((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.findWhere((payload) => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const payload = await this.find(id);
    if (payload) payload.consumed = Math.floor(Date.now() / 1_000);
  }

  async destroy(id: string): Promise<void> {
    this.entries.delete(this.key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, entry] of this.entries) {
      if (entry.payload.grantId === grantId) this.entries.delete(key);
    }
  }

  /** The one kept last: a session changes its id at each sign-in and keeps its uid. */
  private findWhere(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    const now = Date.now();
    const found = [...this.entries].findLast(
      ([key, { payload, endsAt }]) =>
        key.startsWith(`${this.model}:`) && endsAt > now && matches(payload),
    );
    return found?.[1].payload;
  }

  private key(id: string): string {
    return `${this.model}:${id}`;
  }
}

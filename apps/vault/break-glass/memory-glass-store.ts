import type { GlassStepName } from '@common-thread/domain/break-glass/glass-outbox';
import type { Audit, AuditEntry } from '../audit/audit.js';
import type { Glass, GlassReview, KeptGlass, UnrecordedStep } from './glass.js';
import { GlassStore, isOpenAt, stepsBy } from './glass.js';

/** Grants in memory, for what stands on a vault without a database. */
export class MemoryGlassStore extends GlassStore {
  readonly #kept = new Map<string, KeptGlass>();
  readonly #recorded = new Set<string>();

  constructor(private readonly audit: Audit) {
    super();
  }

  async open(glass: Glass, entry: AuditEntry): Promise<void> {
    if (this.#kept.has(glass.glassId)) return;
    this.#kept.set(glass.glassId, { ...glass, endedAt: undefined, review: undefined });
    await this.audit.commit(entry);
  }

  async find(glassId: string): Promise<KeptGlass | undefined> {
    return this.#kept.get(glassId);
  }

  async openFor(actorId: string, recipient: string, at: Date): Promise<readonly KeptGlass[]> {
    return [...this.#kept.values()].filter(
      (kept) => kept.by.id === actorId && kept.by.recipient === recipient && isOpenAt(kept, at),
    );
  }

  async ofHub(recipient: string, since: Date): Promise<readonly KeptGlass[]> {
    return [...this.#kept.values()]
      .filter(({ by }) => by.recipient === recipient)
      .filter(({ review, openedAt }) => review === undefined || openedAt >= since)
      .reverse();
  }

  async end(glassId: string, endedAt: Date): Promise<void> {
    const kept = this.#kept.get(glassId);
    if (kept?.endedAt === undefined && kept) this.#kept.set(glassId, { ...kept, endedAt });
  }

  async review(glassId: string, review: GlassReview): Promise<boolean> {
    const kept = this.#kept.get(glassId);
    if (!kept || kept.review) return false;
    this.#kept.set(glassId, { ...kept, review });
    return true;
  }

  async unrecorded(until: Date, limit: number): Promise<readonly UnrecordedStep[]> {
    return [...this.#kept.values()]
      .flatMap((glass) => stepsBy(glass, until))
      .filter(({ glass, step }) => !this.#recorded.has(`${glass.glassId}/${step}`))
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .slice(0, limit);
  }

  async recorded(glassId: string, step: GlassStepName): Promise<void> {
    this.#recorded.add(`${glassId}/${step}`);
  }
}

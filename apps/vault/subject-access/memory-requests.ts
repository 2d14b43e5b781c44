import type { LeftOutMatter } from '@common-thread/platform/subject-access';
import type { Audit, AuditEntry } from '../audit/audit.js';
import type { KeptRequest, LeftOutChange, MadePack, TakenPack } from './requests.js';
import { SubjectAccessStore } from './requests.js';

/** Requests in memory, for tests of what stands on a vault. */
export class MemorySubjectAccessStore extends SubjectAccessStore {
  readonly requests = new Map<string, KeptRequest>();
  readonly packs: MadePack[] = [];
  readonly changes: LeftOutChange[] = [];
  readonly #taken = new Set<string>();

  constructor(private readonly audit: Audit) {
    super();
  }

  async record(request: KeptRequest, entry: AuditEntry): Promise<boolean> {
    if (this.requests.has(request.requestId)) return false;
    this.requests.set(request.requestId, request);
    await this.audit.commit(entry);
    return true;
  }

  async find(requestId: string): Promise<KeptRequest | undefined> {
    return this.requests.get(requestId);
  }

  async leaveOut(change: LeftOutChange, entry: AuditEntry): Promise<void> {
    const { isLeftOut, number, requestId } = change;
    const isWord = (said: LeftOutChange) => isLeftOut || bindsOn(requestId)(said);
    const newest = this.#about(requestId)
      .filter((said) => said.number === number)
      .findLast(isWord);
    if ((newest?.isLeftOut ?? false) === isLeftOut) return;
    this.changes.push(change);
    await this.audit.commit(entry);
  }

  async leftOut(requestId: string): Promise<readonly LeftOutMatter[]> {
    const said = new Map<string, LeftOutChange>();
    for (const change of this.#about(requestId).filter(bindsOn(requestId))) {
      said.delete(change.number);
      said.set(change.number, change);
    }
    return [...said.values()]
      .filter(({ isLeftOut }) => isLeftOut)
      .map(({ at, number, officer }) => ({ number, by: officer, at: at.toISOString() }));
  }

  async lastMade(requestId: string): Promise<MadePack | undefined> {
    return this.packs.findLast((pack) => pack.requestId === requestId);
  }

  async made(pack: MadePack): Promise<string> {
    return String(this.packs.push(pack));
  }

  async taken({ officer, packId, requestId }: TakenPack, entry: AuditEntry): Promise<boolean> {
    const pack = this.packs[Number(packId) - 1];
    if (pack?.requestId !== requestId || pack.officer !== officer) return false;
    if (this.#taken.has(packId)) return true;
    this.#taken.add(packId);
    await this.audit.commit(entry);
    return true;
  }

  async lastTaken(requestId: string): Promise<Date | undefined> {
    return this.#takenOf(requestId);
  }

  async ofHub(recipient: string) {
    return [...this.requests.values()]
      .filter((request) => request.recipient === recipient)
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
      .map((request) => ({
        request,
        madeAt: this.#takenOf(request.requestId),
      }));
  }

  #takenOf(requestId: string): Date | undefined {
    const isTaken = (pack: MadePack, nth: number) =>
      pack.requestId === requestId && this.#taken.has(String(nth + 1));
    return this.packs.findLast(isTaken)?.at;
  }

  /** What was said in any request of the hub about the person of one. */
  #about(requestId: string): readonly LeftOutChange[] {
    const own = this.requests.get(requestId);
    return this.changes.filter((change) => {
      const about = this.requests.get(change.requestId);
      return about?.personId === own?.personId && about?.recipient === own?.recipient;
    });
  }
}

function bindsOn(requestId: string): (change: LeftOutChange) => boolean {
  return (change) => change.requestId === requestId || change.isLeftOut;
}

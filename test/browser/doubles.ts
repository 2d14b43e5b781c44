import type { AuditedCall, AuditPage, AuditQuery } from '@common-thread/platform/auditing';
import { Auditing } from '@common-thread/platform/auditing';
import type {
  BrokenGlass,
  GlassAsked,
  GlassReviewOutcome,
} from '@common-thread/platform/break-glass';
import { BreakingGlass } from '@common-thread/platform/break-glass';
import type { CommandOutcome, CommandSent } from '@common-thread/platform/commands';
import { Commands } from '@common-thread/platform/commands';
import { VaultUnreachable } from '@common-thread/platform/asking-vault';
import { DraftSealing } from '@common-thread/platform/drafts';
import type { DueList, Erasure, PersonErasure } from '@common-thread/platform/erasing';
import { Erasing } from '@common-thread/platform/erasing';
import type { LookedUp, LookUpMatch, LookUpQuery } from '@common-thread/platform/looking-up';
import { LookingUp } from '@common-thread/platform/looking-up';
import { Freshness } from '@common-thread/platform/pages/freshness';
import type { Telling, ToldFact } from '@common-thread/platform/tellings';
import { Tellings } from '@common-thread/platform/tellings';
import type {
  ErasedBy,
  Revealed,
  RevealPage,
  RevealRequest,
} from '@common-thread/platform/revealing';
import { Revealing } from '@common-thread/platform/revealing';
import type {
  AgreementsTold,
  AgreementTold,
  SharingAgreement,
} from '@common-thread/platform/sharing-agreements';
import { SharingAgreements } from '@common-thread/platform/sharing-agreements';
import type {
  StaffDetails,
  StaffPage,
  StaffReport,
  StandingChange,
} from '@common-thread/platform/staff';
import { Staffing } from '@common-thread/platform/staffing';

const PREFIX = 'box.v1.dGVzdA.';

/** A text as a box that the test's vault can open: nothing is secret in a test. */
export function boxed(text: string): string {
  return PREFIX + Buffer.from(text).toString('base64url');
}

function unboxed(box: string): string {
  return Buffer.from(box.slice(PREFIX.length), 'base64url').toString();
}

/** A vault that opens every box, unless it is down or of a confidential field; it keeps what it was asked. */
export class OpenVault extends Revealing {
  readonly pages: RevealPage[] = [];
  readonly confidential = new Set<string>();
  isDown = false;
  /** By which decision a box is erased. */
  erases: (request: RevealRequest) => ErasedBy | undefined = () => undefined;

  async reveal(_accessToken: string, page: RevealPage): Promise<readonly Revealed[]> {
    this.pages.push(page);
    if (this.isDown) throw new VaultUnreachable('the test made it so');
    return page.requests.map((request) => {
      if (this.confidential.has(request.field)) return { withheld: 'confidential' };
      const erased = this.erases(request);
      return erased ? { withheld: 'erased', erased } : { text: unboxed(request.box) };
    });
  }
}

/** Drafts sealed by reversing them, for the owner alone. */
export class TestDrafts extends DraftSealing {
  isDown = false;
  readonly sealed: string[] = [];

  async seal(ownerId: string, form: string, text: string): Promise<string> {
    this.reach();
    const sealed = boxed(JSON.stringify([ownerId, form, text]));
    this.sealed.push(sealed);
    return sealed;
  }

  async open(ownerId: string, form: string, sealed: string): Promise<string | undefined> {
    this.reach();
    const [owner, name, text] = JSON.parse(unboxed(sealed)) as [string, string, string];
    const isTheirs = owner === ownerId && name === form && this.sealed.includes(sealed);
    return isTheirs ? text : undefined;
  }

  async discard(_ownerId: string, _form: string, sealed: string): Promise<void> {
    this.sealed.splice(this.sealed.indexOf(sealed), 1);
  }

  private reach(): void {
    if (this.isDown) throw new VaultUnreachable('the test made it so');
  }
}

/** Answers every command as the test says, and keeps what was sent. */
export class TestCommands extends Commands {
  readonly sent: CommandSent[] = [];
  answer: (command: CommandSent) => CommandOutcome = () => ({ kind: 'unavailable' });

  async send(_accessToken: string, command: CommandSent): Promise<CommandOutcome> {
    this.sent.push(command);
    return this.answer(command);
  }

  get last(): CommandSent {
    const last = this.sent.at(-1);
    if (!last) throw new Error('no command was sent');
    return last;
  }
}

export class TestLookUp extends LookingUp {
  readonly asked: LookUpQuery[] = [];
  matches: readonly LookUpMatch[] = [];
  speakTo: readonly string[] = [];

  async lookUp(_accessToken: string, query: LookUpQuery): Promise<LookedUp> {
    this.asked.push(query);
    return { matches: this.matches, speakTo: this.speakTo };
  }
}

/** An audit of what the test put into it; it keeps what it was asked. */
export class TestAuditing extends Auditing {
  readonly asked: AuditQuery[] = [];
  kept: readonly AuditedCall[] = [];
  viewed: readonly AuditedCall[] | undefined;
  staff: StaffReport = { findings: [], known: 0, viewers: 0, isWhole: true };

  async calls(_accessToken: string, query: AuditQuery): Promise<AuditPage> {
    this.asked.push(query);
    const { before, limit = 50 } = query;
    const rest = this.kept.filter(
      ({ entryId }) => before === undefined || Number(entryId) < Number(before),
    );
    const calls = rest.slice(0, limit);
    return { calls, ...(rest.length > limit ? { next: calls.at(-1)!.entryId } : {}) };
  }

  async viewings(): Promise<readonly AuditedCall[] | undefined> {
    return this.viewed;
  }

  async staffReport(): Promise<StaffReport> {
    return this.staff;
  }
}

/** Breaks glass for whoever asks, for an hour from a time the test says. */
export class TestBreakingGlass extends BreakingGlass {
  readonly asked: GlassAsked[] = [];
  readonly reviewed: [string, GlassReviewOutcome][] = [];
  broken: BrokenGlass[] = [];

  async open(_accessToken: string, asked: GlassAsked): Promise<BrokenGlass | undefined> {
    this.asked.push(asked);
    const openedAt = new Date();
    const glass = {
      glassId: asked.key,
      familyId: asked.familyId,
      by: 'hub-manager-1',
      role: 'hub-manager',
      reason: asked.reason,
      openedAt: openedAt.toISOString(),
      endsAt: new Date(openedAt.getTime() + 3_600_000).toISOString(),
      isOpen: true,
      reviewDueAt: new Date(openedAt.getTime() + 86_400_000).toISOString(),
    };
    this.broken.push(glass);
    return glass;
  }

  async list(): Promise<readonly BrokenGlass[] | undefined> {
    return this.broken;
  }

  async end(_accessToken: string, glassId: string): Promise<void> {
    this.broken = this.broken.map((glass) =>
      glass.glassId === glassId ? { ...glass, isOpen: false } : glass,
    );
  }

  async review(
    _accessToken: string,
    glassId: string,
    outcome: GlassReviewOutcome,
  ): Promise<string | undefined> {
    this.reviewed.push([glassId, outcome]);
    return undefined;
  }
}

/** Tells of erasures what the test says, unless it is down. */
export class TestErasing extends Erasing {
  isDown = false;
  list: DueList = { asOf: '2026-03-02', until: '2027-03-02', due: [], more: 0, notCounted: 0 };
  erasures: readonly Erasure[] = [];
  people: readonly PersonErasure[] = [];

  async due(): Promise<DueList> {
    if (this.isDown) throw new VaultUnreachable('the test made it so');
    return this.list;
  }

  async all(): Promise<readonly Erasure[]> {
    return this.erasures;
  }

  async of(_accessToken: string, personId: string): Promise<PersonErasure | undefined> {
    return this.people.find((person) => person.personId === personId);
  }
}

export class TestTellings extends Tellings {
  told: readonly Telling[] | undefined = [];
  facts: readonly ToldFact[] | undefined = [];

  async of(): Promise<readonly Telling[] | undefined> {
    return this.told;
  }

  async about(): Promise<readonly ToldFact[] | undefined> {
    return this.facts;
  }
}

/** A register of whom the test says; it keeps what was sent, and refuses with words where there are any. */
export class TestStaffing extends Staffing {
  kept: StaffPage = { staff: [] };
  refusal: string | undefined;
  readonly entered: StaffDetails[] = [];
  readonly changes: StandingChange[] = [];

  async list(): Promise<StaffPage | undefined> {
    return this.kept;
  }

  async enter(_token: string, staff: readonly StaffDetails[]): Promise<string | undefined> {
    if (this.refusal === undefined) this.entered.push(...staff);
    return this.refusal;
  }

  async change(_token: string, change: StandingChange): Promise<string | undefined> {
    if (this.refusal === undefined) this.changes.push(change);
    return this.refusal;
  }
}

/** Agreements that the test says, unless the vault is down. */
export class TestSharingAgreements extends SharingAgreements {
  isDown = false;
  tableVersion = 1;
  kept: readonly SharingAgreement[] = [];

  async all(): Promise<AgreementsTold> {
    if (this.isDown) throw new VaultUnreachable('the test made it so');
    return { asOf: '2026-03-02T10:00:00.000Z', tableVersion: 1, agreements: this.kept };
  }

  async of(_accessToken: string, id: string): Promise<AgreementTold | undefined> {
    const { agreements, ...known } = await this.all();
    const agreement = agreements.find(({ agreementId }) => agreementId === id);
    return agreement && { ...known, tableVersion: this.tableVersion, agreement };
  }
}

export class TestFreshness extends Freshness {
  constructor(private readonly at: () => Date | null) {
    super();
  }

  async upToDateTo(): Promise<Date | null> {
    return this.at();
  }
}

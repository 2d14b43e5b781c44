import type { GlassStepName } from '@common-thread/domain/break-glass/glass-outbox';
import type { Role } from '@common-thread/platform/actor';
import type { BreakGlassReason, GlassReviewOutcome } from '@common-thread/platform/break-glass';
import type { Asker, AuditEntry } from '../audit/audit.js';

/** The longest that glass stays broken; policy of the county. */
export const GLASS_MINUTES_MAX = 60;
/** Within how long somebody else asks whether it was right. */
export const GLASS_REVIEW_HOURS_MAX = 24;

/** Who may break glass, and who is told of it and asks whether it was right. At a hub alone. */
export const breakingGlass: readonly Role[] = ['hub-triage', 'hub-manager'];
export const reviewingGlass: readonly Role[] = ['information-governance', 'hub-manager'];

/** One person's way past what would refuse them, to one family, for a while. */
export interface Glass {
  readonly glassId: string;
  readonly familyId: string;
  readonly by: Asker;
  readonly reason: BreakGlassReason;
  /** Why, in their words; sealed. */
  readonly words: string;
  readonly openedAt: Date;
  readonly endsAt: Date;
}

export interface GlassReview {
  readonly at: Date;
  readonly by: string;
  readonly outcome: GlassReviewOutcome;
}

/** With what became of it. */
export interface KeptGlass extends Glass {
  /** Ended by hand; undefined where it ends, or ended, by itself. */
  readonly endedAt: Date | undefined;
  readonly review: GlassReview | undefined;
}

/** A step of a grant that the log does not say yet. */
export interface UnrecordedStep {
  readonly step: GlassStepName;
  readonly at: Date;
  readonly glass: KeptGlass;
}

/**
 * What was granted in emergencies, and what became of it. Grants, ends and reviews are written once.
 * Every method throws VaultUnavailable where it cannot be reached; nothing is granted then.
 */
export abstract class GlassStore {
  /** The grant and its audit entry in one commit: both, or neither. The same id again changes nothing. */
  abstract open(glass: Glass, entry: AuditEntry): Promise<void>;
  abstract find(glassId: string): Promise<KeptGlass | undefined>;
  /** What somebody may still use at an instant. */
  abstract openFor(actorId: string, recipient: string, at: Date): Promise<readonly KeptGlass[]>;
  /** Of one hub, the latest first: those not reviewed yet, and those opened since an instant. */
  abstract ofHub(recipient: string, since: Date): Promise<readonly KeptGlass[]>;
  /** Once; the first stays. */
  abstract end(glassId: string, at: Date): Promise<void>;
  /** Once. False where it has been reviewed before. */
  abstract review(glassId: string, review: GlassReview): Promise<boolean>;
  /**
   * Steps up to an instant of which `recorded` was never said, the earliest first. A grant is among them by
   * being granted: no second write could be lost. An end by itself is a step once its time has passed.
   */
  abstract unrecorded(until: Date, limit: number): Promise<readonly UnrecordedStep[]>;
  abstract recorded(glassId: string, step: GlassStepName, at: Date): Promise<void>;
}

/** The steps that a grant has taken by an instant, in their order. */
export function stepsBy(glass: KeptGlass, until: Date): readonly UnrecordedStep[] {
  const { endedAt, endsAt, openedAt, review } = glass;
  const steps: readonly (readonly [GlassStepName, Date | undefined])[] = [
    ['broken', openedAt],
    ['ended', endedAt ?? endsAt],
    ['reviewed', review?.at],
  ];
  return steps.flatMap(([step, at]) => (at && at <= until ? [{ step, at, glass }] : []));
}

/** Whether a grant can be used at an instant. */
export function isOpenAt({ endsAt, endedAt }: KeptGlass, at: Date): boolean {
  return at < endsAt && (endedAt === undefined || at < endedAt);
}

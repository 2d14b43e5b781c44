import type { GlassCommand } from './glass.js';

type Asked<C> = C extends GlassCommand ? Pick<C, 'type' | 'data'> : never;
/** A command of a grant, before it is known when and by whom it is sent. */
export type GlassIntent = Asked<GlassCommand>;

export const glassSteps = ['broken', 'ended', 'reviewed'] as const;
export type GlassStepName = (typeof glassSteps)[number];

/** Something the vault did or noticed about a grant of its own, waiting to be recorded in the log. */
export interface GlassStep {
  readonly glassId: string;
  readonly step: GlassStepName;
  /** UTC instant at which it happened. */
  readonly at: string;
  /** In whose name it is recorded: the hub's, whose grant it is. */
  readonly recipient: string;
  readonly command: GlassIntent;
}

/**
 * What the vault granted and the log does not say yet. The vault acts first and by itself; it forgets
 * nothing here until it is told that the log has it.
 */
export abstract class GlassOutbox {
  /** The earliest first, of one grant in the order of its steps; a bounded number. @throws VaultUnavailable */
  abstract pending(): Promise<readonly GlassStep[]>;
  /** The log has it. Said twice it is said once. @throws VaultUnavailable */
  abstract recorded(step: Pick<GlassStep, 'glassId' | 'step'>): Promise<void>;
}

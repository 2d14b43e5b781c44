import { askVault } from './asking-vault.js';

/** Why glass is broken: a child or adult may come to harm, and the ordinary way cannot be waited for. */
export const breakGlassReasons = [
  'risk-of-harm',
  'named-person-not-reached',
  'asked-by-police-or-court',
  'service-not-caught-up',
] as const;
export type BreakGlassReason = (typeof breakGlassReasons)[number];

export const glassReviewOutcomes = ['justified', 'not-justified'] as const;
export type GlassReviewOutcome = (typeof glassReviewOutcomes)[number];

export interface GlassAsked {
  /** The one family it is for. */
  readonly familyId: string;
  readonly reason: BreakGlassReason;
  /** Why, in words; kept sealed. */
  readonly words: string;
  /** A UUID, equal for every try of one grant. */
  readonly key: string;
  /** 1 to 60; 60 where it is left out. */
  readonly minutes?: number;
}

export interface BrokenGlass {
  readonly glassId: string;
  readonly familyId: string;
  /** The `sub` of whoever broke it. */
  readonly by: string;
  readonly role: string;
  readonly reason: BreakGlassReason;
  /** To whoever reviews. */
  readonly words?: string;
  /** UTC instants. */
  readonly openedAt: string;
  readonly endsAt: string;
  readonly isOpen: boolean;
  readonly reviewDueAt: string;
  /** To whoever reviews: fields opened under it, and on how many pages. */
  readonly opened?: readonly string[];
  readonly calls?: number;
  readonly review?: {
    readonly by: string;
    readonly at: string;
    readonly outcome: GlassReviewOutcome;
  };
}

/** The vault's way past a restriction, or past its own being behind, in an emergency. */
export abstract class BreakingGlass {
  /** Undefined for whoever may not. @throws VaultUnreachable */
  abstract open(accessToken: string, asked: GlassAsked): Promise<BrokenGlass | undefined>;
  /** Undefined for whoever may not. @throws VaultUnreachable */
  abstract list(accessToken: string): Promise<readonly BrokenGlass[] | undefined>;
  /** @throws VaultUnreachable */
  abstract end(accessToken: string, glassId: string): Promise<void>;
  /** What to correct where it was not recorded. @throws VaultUnreachable */
  abstract review(
    accessToken: string,
    glassId: string,
    outcome: GlassReviewOutcome,
  ): Promise<string | undefined>;
}

const TIMEOUT_MS = 4_000;

export class HttpBreakingGlass extends BreakingGlass {
  constructor(private readonly vault: URL) {
    super();
  }

  async open(accessToken: string, asked: GlassAsked): Promise<BrokenGlass | undefined> {
    return (await this.#ask('', accessToken, asked)) as BrokenGlass | undefined;
  }

  async list(accessToken: string): Promise<readonly BrokenGlass[] | undefined> {
    const answer = (await this.#ask('', accessToken)) as { glasses?: BrokenGlass[] } | undefined;
    return answer?.glasses;
  }

  async end(accessToken: string, glassId: string): Promise<void> {
    await this.#ask(`/${glassId}/end`, accessToken, {});
  }

  async review(
    accessToken: string,
    glassId: string,
    outcome: GlassReviewOutcome,
  ): Promise<string | undefined> {
    const answer = await this.#ask(`/${glassId}/review`, accessToken, { outcome }, [409]);
    const detail: unknown = answer && Reflect.get(answer, 'detail');
    return typeof detail === 'string' ? detail : undefined;
  }

  async #ask(
    path: string,
    accessToken: string,
    body?: object,
    answers: readonly number[] = [],
  ): Promise<object | undefined> {
    const asked = {
      path: `/v1/break-glass${path}`,
      accessToken,
      timeoutMs: TIMEOUT_MS,
      ...(body === undefined ? {} : { body }),
    };
    const answer = await askVault(this.vault, asked, answers);
    return answer && (answer.body ?? {});
  }
}

import type { Actor, Role } from './actor.js';
import { roles } from './actor.js';
import { ask } from './asking.js';
import { problems } from './problem.js';
import { TokenRefused, TokenVerifier } from './token-verifier.js';

/** What can be taken away from a member of staff: all they do, one role, one place. */
export const workParts = ['everything', 'role', 'place'] as const;
export type WorkPart = (typeof workParts)[number];

/** Part of somebody's work, as their token says it. */
export interface PartOfWork {
  readonly what: WorkPart;
  /** The role, or the place by slug; empty where it is everything. */
  readonly named: string;
}

/** For how long an answer about somebody is good; an ending is in force once that has passed. */
export const STANDING_GOOD_MS = 1_000;

/** The roles that people hold: systems are stopped at the issuer. */
export const staffRoles: readonly Role[] = roles.filter(
  (role) => !['subscriber-system', 'agency-pages', 'command-writer'].includes(role),
);

/** Whether somebody's token says a part of their work; one that names no place is for every place. */
export function carries(
  { role, places }: Pick<Actor, 'role' | 'places'>,
  { what, named }: PartOfWork,
): boolean {
  if (what === 'everything') return true;
  return what === 'role' ? role === named : places.length === 0 || places.includes(named);
}

/** Whether somebody still is what their token says: the vault knows, from its register of staff. */
export abstract class Standing {
  /** @throws TokenRefused, Problem `unavailable` where that cannot be asked */
  abstract holds(actor: Actor, accessToken: string): Promise<boolean>;
}

const TIMEOUT_MS = 3_000;

/** Asks a vault with the person's own token: it refuses them, or it does not. */
export class HttpStanding extends Standing {
  constructor(private readonly vault: URL) {
    super();
  }

  async holds(_actor: Actor, accessToken: string): Promise<boolean> {
    const asked = { path: '/v1/standing', accessToken, timeoutMs: TIMEOUT_MS };
    const answer = await ask(this.vault, asked);
    if (answer?.status === 204) return true;
    if (answer?.status !== 401) throw problems.unavailable('The vault');
    if (!isEnded(answer.body)) throw new TokenRefused('the vault does not accept the token');
    return false;
  }
}

interface Kept {
  readonly askedAt: number;
  readonly holds: Promise<boolean>;
}

/**
 * Keeps each good answer for as long as it is good, counted from when it was asked for: whoever waits so long
 * after an ending knows that no older answer is in use, in whichever process. Refusals are not kept.
 */
export class KeptStanding extends Standing {
  /** The one asked for longest ago first. */
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly asked: Standing,
    /** Milliseconds that no clock change moves. */
    private readonly now: () => number = () => performance.now(),
  ) {
    super();
  }

  async holds(actor: Actor, accessToken: string): Promise<boolean> {
    const { organisation, id, role, places } = actor;
    const said = JSON.stringify([organisation, id, role, places]);
    this.#forgetOld();
    const kept = this.#kept.get(said) ?? {
      askedAt: this.now(),
      holds: this.asked.holds(actor, accessToken),
    };
    this.#kept.set(said, kept);
    const holds = await kept.holds.catch((error: unknown) => {
      this.#forget(said, kept);
      throw error;
    });
    if (!holds) this.#forget(said, kept);
    return holds;
  }

  #forgetOld(): void {
    for (const [said, { askedAt }] of this.#kept) {
      if (askedAt + STANDING_GOOD_MS > this.now()) return;
      this.#kept.delete(said);
    }
  }

  #forget(said: string, kept: Kept): void {
    if (this.#kept.get(said) === kept) this.#kept.delete(said);
  }
}

/** Accepts nobody whose token says what has been taken away from them since it was issued. */
export class StandingVerifier extends TokenVerifier {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly standing: Standing,
  ) {
    super();
  }

  /** How every app but the vault takes tokens: it asks the vault whether they still hold. */
  static asking(vault: URL, tokens: TokenVerifier): StandingVerifier {
    return new StandingVerifier(tokens, new KeptStanding(new HttpStanding(vault)));
  }

  /** @throws Problem `standing-ended`, `unavailable`; TokenRefused, IssuerUnavailable */
  async verify(token: string): Promise<Actor> {
    const actor = await this.tokens.verify(token);
    if (actor.kind === 'system' || (await this.standing.holds(actor, token))) return actor;
    throw problems.standingEnded();
  }
}

function isEnded(body: unknown): boolean {
  const type: unknown = typeof body === 'object' && body !== null && Reflect.get(body, 'type');
  return typeof type === 'string' && type.endsWith('/standing-ended');
}

export const roles = [
  'centre-worker',
  'health-visitor',
  'hub-triage',
  'hub-manager',
  'information-governance',
  'subscriber-system',
  /** An agency's own app acting as itself: it keeps forms for their owners and reads the agency's feed. */
  'agency-pages',
  /** The writer of commands acting as itself: it has the vault seal, match and derive, and nothing else. */
  'command-writer',
] as const;
export type Role = (typeof roles)[number];

/** Who is asking, from a verified token: opaque ids and codes, never a name. */
export interface Actor {
  /** Opaque and stable: the token's `sub`. */
  readonly id: string;
  readonly organisation: string;
  /** `safeguarding-hub`, `childrens-centre`, `health-visiting`, … */
  readonly audience: string;
  /** `<organisation>.<audience>` */
  readonly recipient: string;
  readonly role: Role;
  /** Places worked at, by slug; empty means the whole organisation. */
  readonly places: readonly string[];
  /** A system acting under client credentials, or a person. */
  readonly kind: 'person' | 'system';
}

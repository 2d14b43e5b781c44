import type { KeyWrap } from './key-store.js';

/** What one proposal is about: the keys that some subjects’ records of these classes were sealed with. */
export interface KeysProposed {
  readonly proposalId: string;
  /** The person, and contacts that are about nobody else. */
  readonly subjects: readonly string[];
  readonly recordClasses: readonly string[];
}

/** How far a proposal has come in the keys. */
export interface KeysRetired {
  /** From when on nothing more was sealed with them. */
  readonly retiredAt: Date;
  readonly keyIds: readonly string[];
  /** When the last of it was destroyed beyond restoring; undefined until then. */
  readonly destroyedAt?: Date;
  /** Keys that died of it; the others are held by somebody else or sealed something since. */
  readonly destroyed: number;
}

/** A key as it is judged: who may hold it is a matter of its class and controller. */
export interface HeldKey {
  readonly keyId: string;
  readonly recordClass: string;
  readonly controller: string;
}

/** A key as it stands for one of its subjects. */
export interface LivingHold extends HeldKey {
  readonly subject: string;
  /** Organisations that have let go of it. */
  readonly releasedBy: readonly string[];
}

export interface Shredding {
  readonly proposalId: string;
  readonly subject: string;
  /** The organisation whose holding ends. */
  readonly holder: string;
  /** Every organisation that may hold a key; it dies with the last. */
  readonly holdersOf: (key: HeldKey) => readonly string[];
  /** Sealed something after the decision, and stay. */
  readonly spared: ReadonlySet<string>;
  /** The events that told who the person is when it was proposed, and by whose records. */
  readonly told: readonly { readonly eventId: string; readonly organisation: string }[];
  /** All such events by now: a row of any other was made for a command that came to nothing. */
  readonly known: readonly string[];
  /** The subject’s bucket, and the version under which its survivors are wrapped from now on. */
  readonly bucket: number;
  readonly version: number;
  /** The same wraps under that version; those that no bucket key opens any more are left out. */
  readonly rewrap: (wraps: readonly IdentifiedWrap[]) => Promise<readonly IdentifiedWrap[]>;
}

export type IdentifiedWrap = KeyWrap & { readonly keyId: string };

/** Those of the keys that nobody holds any more, by who has let go of each. */
export function doomedOf(
  keys: readonly HeldKey[],
  releasedBy: (keyId: string) => ReadonlySet<string>,
  { holdersOf, spared }: Pick<Shredding, 'holdersOf' | 'spared'>,
): HeldKey[] {
  return keys.filter((key) => {
    const released = releasedBy(key.keyId);
    return !spared.has(key.keyId) && holdersOf(key).every((holder) => released.has(holder));
  });
}

/** The events whose index rows go with these keys. */
export function unindexedBy(doomed: readonly HeldKey[], told: Shredding['told']): string[] {
  const identity = doomed.filter(({ recordClass }) => recordClass === 'identity');
  const controllers = new Set(identity.map(({ controller }) => controller));
  return told
    .filter(({ organisation }) => controllers.has(organisation))
    .map(({ eventId }) => eventId);
}

/** On whose behalf something is asked; opaque ids and codes. */
export interface Asker {
  readonly id: string;
  readonly organisation: string;
  readonly recipient: string;
  readonly role: string;
}

export type AuditKind =
  'reveal' | 'look-up' | 'match' | 'derive' | 'draft' | 'audit' | 'break-glass' | 'subject-access';

/** One thing asked for and what was answered; never what it says. */
export interface AuditedItem {
  /** Of the box's header; absent where that is not authentic. */
  readonly eventId?: string;
  readonly field?: string;
  readonly line?: string;
  /** Whom it is about: the subjects of its key, or the person found. */
  readonly subjects: readonly string[];
  /** On which ground it was opened: `author`, `relation+agreement:<id>@<version>`, a broken glass. */
  readonly ground?: string;
  readonly outcome:
    'granted' | 'erased' | 'not-entitled' | 'restricted' | 'confidential' | 'unreadable';
}

export interface AuditEntry {
  readonly at: Date;
  readonly kind: AuditKind;
  readonly asker: Asker;
  readonly purpose: string;
  /** Page, route or function by its stable name. */
  readonly page: string;
  /** What the page is about, by opaque line or id. */
  readonly about: readonly string[];
  readonly items: readonly AuditedItem[];
}

/** Names an entry. Later entries have higher numbers. */
export type AuditEntryId = string;

export interface KeptEntry extends AuditEntry {
  readonly entryId: AuditEntryId;
  /** When the answer left; undefined where that is not known. */
  readonly deliveredAt: Date | undefined;
  /** How much was asked and granted: of the subject asked about where there is one, else in all. */
  readonly asked: number;
  readonly granted: number;
}

/** Which entries are wanted; every part given narrows it. */
export interface EntriesWanted {
  /** A person, or a line. */
  readonly subject?: string;
  readonly actor?: string;
  readonly organisation?: string;
  /** A field of the subject's that was opened. */
  readonly field?: string;
  readonly kinds?: readonly AuditKind[];
  readonly from?: Date;
  /** Not itself included. */
  readonly until?: Date;
  readonly before?: AuditEntryId;
  readonly limit: number;
}

/**
 * Who was given what. An entry is committed before anything is opened, so a crash can leave an
 * entry for what was never delivered and can never leave a delivery without its entry.
 */
export abstract class Audit {
  /** Durable once it resolves. @throws VaultUnavailable: nothing may be opened then */
  abstract commit(entry: AuditEntry): Promise<AuditEntryId>;

  /** The answer has left. An entry of which this was never said reads "delivery unknown". */
  abstract delivered(entryId: AuditEntryId): void;

  /** Resolves once every delivery told so far is kept. */
  abstract settled(): Promise<void>;

  /** The latest first. @throws VaultUnavailable */
  abstract read(wanted: EntriesWanted): Promise<readonly KeptEntry[]>;
}

/**
 * How often each subject was asked for and granted in an entry; what the page is about counts as
 * one too.
 */
export function subjectsOf(
  entry: AuditEntry,
): { readonly subject: string; readonly asked: number; readonly granted: number }[] {
  const counts = new Map<string, { asked: number; granted: number }>();
  const count = (subject: string, items: readonly AuditedItem[]) => {
    const held = counts.get(subject) ?? { asked: 0, granted: 0 };
    const granted = items.filter((item) => item.outcome === 'granted').length;
    counts.set(subject, {
      asked: held.asked + items.length,
      granted: held.granted + granted,
    });
  };
  for (const subject of new Set(entry.about)) count(subject, entry.items);
  for (const item of entry.items) {
    for (const subject of new Set(item.subjects)) {
      if (!entry.about.includes(subject)) count(subject, [item]);
    }
  }
  return [...counts].map(([subject, tally]) => ({ subject, ...tally }));
}

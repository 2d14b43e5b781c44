import type { FeedEnvelope } from './feed-row.js';

/** What a row tells, without its salt. Any field may be missing: cells differ by audience. */
export type Fields = Readonly<Record<string, unknown>>;

const NAMESPACE = 'uk.common-thread.';
const names = new Map<string, string>();

/** `uk.common-thread.referral.raised.v1` read as `referral.raised`; a later version is the same name. */
export function publicName(type: string): string {
  let name = names.get(type);
  if (name === undefined) {
    const bare = type.startsWith(NAMESPACE) ? type.slice(NAMESPACE.length) : type;
    name = bare.replace(/\.v\d+$/, '');
    names.set(type, name);
  }
  return name;
}

/** The first part of a public name, which says what kind of thing it is about: `referral`. */
export function matterOf(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}

/**
 * A row as a projection folds it: read back from the inbox, with the envelope of the row it finally
 * follows, because only that says where a correction or a withdrawal belongs.
 */
export class ToldRow {
  #fields: Fields | null | undefined;

  /**
   * @param origin envelope of the row this one corrects or withdraws (of a correction's withdrawal: the
   *   row corrected); its own envelope where it follows none
   * @param text JSON of what it tells, without the salt; null once withdrawn
   */
  constructor(
    readonly envelope: FeedEnvelope,
    readonly origin: FeedEnvelope,
    readonly text: string | null,
  ) {}

  get sequence(): number {
    return this.envelope.sequence;
  }

  get line(): string {
    return this.envelope.partitionkey;
  }

  /** Public name of the row's own type: `contact.rated`, `record.withdrawn`. */
  get name(): string {
    return publicName(this.envelope.type);
  }

  /** Public name of the row it finally follows; its own where it follows none. */
  get originName(): string {
    return publicName(this.origin.type);
  }

  /** Kind of thing the row it finally follows is about: `referral`. */
  get matter(): string {
    return matterOf(this.originName);
  }

  get follows(): boolean {
    return this.origin.sequence !== this.envelope.sequence;
  }

  /** Parsed when first asked for: most folds of a history never look inside. */
  get fields(): Fields | null {
    if (this.#fields === undefined) {
      this.#fields = this.text === null ? null : (JSON.parse(this.text) as Fields);
    }
    return this.#fields;
  }
}

/** Whether a recipient was told as the matter's author or referrer: what it keeps whatever comes. */
export function isOwn(envelope: FeedEnvelope): boolean {
  const grounds = envelope.ground.split('+');
  return grounds.includes('author') || grounds.includes('referrer');
}

/** `contact/<id>` read as `<id>`; null where the subject is of another kind. */
export function idOfSubject(kind: string, subject: string): string | null {
  return subject.startsWith(`${kind}/`) ? subject.slice(kind.length + 1) : null;
}

import { UnacceptableEvent } from '@common-thread/eventing/event-log';

/** Begins the names of our own book-keeping; `$` begins the server's. */
const OWN = '~';
const PREFIX = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,49}$/;

/** How the streams of one log are called on a server that may hold others. */
export class StreamNames {
  /** @throws Error where the prefix could be taken for something else */
  constructor(private readonly prefix: string) {
    if (prefix !== '' && !PREFIX.test(prefix)) {
      throw new Error('the prefix of a log is 1 to 50 letters, digits and ._/- such as county/');
    }
  }

  /** Holds the epochs of the log. */
  get epochs(): string {
    return `${this.prefix}${OWN}epochs`;
  }

  /** Says where an event id belongs. */
  ofEventId(id: string): string {
    return `${this.prefix}${OWN}id-${id}`;
  }

  /** @throws UnacceptableEvent for a name that the server or our book-keeping has taken */
  of(streamId: string): string {
    if (streamId.startsWith('$') || streamId.startsWith(OWN)) {
      throw new UnacceptableEvent(`a stream id begins with neither $ nor ${OWN}: ${streamId}`);
    }
    return this.prefix + streamId;
  }

  /** The stream id behind a name; nothing where it is another log's, the server's or book-keeping. */
  idIn(name: string): string | undefined {
    if (!name.startsWith(this.prefix)) return undefined;
    const id = name.slice(this.prefix.length);
    return id === '' || id.startsWith('$') || id.startsWith(OWN) ? undefined : id;
  }
}

import { pause } from '@common-thread/eventing/pause';
import type { ParkedLine, ProjectionStore } from './projection-store.js';
import { ProjectionRunner } from './projection-runner.js';
import type { ReadModel } from './read-model.js';
import { rebuild } from './rebuild.js';
import { UndeclaredDifference } from './compare-builds.js';
import type { TailStatus } from './feed-tail.js';
import type { ReceiverOptions, ReceiverStatus, RowsReceived } from './receiver.js';
import { Receiver } from './receiver.js';

export interface AgencyFeedOptions extends Omit<ReceiverOptions, 'onAppended' | 'onComplete'> {
  readonly store: ProjectionStore;
  readonly readModels: readonly ReadModel[];
  /** Told when a line of a read model is found parked: it needs somebody. */
  readonly onParked?: (model: string, parked: readonly ParkedLine[]) => void;
}

export interface ReadModelStatus {
  readonly name: string;
  /** Last sequence folded. */
  readonly sequence: number;
  /** It shows everything the relay had told by then; null until it first did. */
  readonly freshAsOf: Date | null;
  /** Lines that a poison row has stopped. */
  readonly parked: number;
}

const RETRY_AFTER_MS = 1_000;

/** One agency's side of its feed: receives into the inbox and folds every read model from it. */
export class AgencyFeed {
  readonly receiver: Receiver;
  private readonly folders: readonly Folder[];

  constructor(private readonly options: AgencyFeedOptions) {
    this.folders = options.readModels.map((model) => new Folder(model, options));
    this.receiver = new Receiver({
      ...options,
      onAppended: () => this.folders.forEach((folder) => folder.wake()),
      onComplete: (head, asOf) => this.folders.forEach((folder) => folder.complete(head, asOf)),
    });
  }

  /**
   * Makes tables where there are none and rebuilds read models of an older version, before anything is
   * shown. `onProgress` is told of the latter: model, rows folded, rows in all.
   * @throws UndeclaredDifference
   */
  async prepare(onProgress?: (model: string, folded: number, of: number) => void): Promise<void> {
    const { inbox, store, readModels } = this.options;
    await inbox.prepare();
    for (const model of readModels) {
      if ((await store.prepare(model)) === 'ready') continue;
      const { switched, differences } = await rebuild(inbox, store, model, {
        onProgress: (folded, of) => onProgress?.(model.name, folded, of),
      });
      if (!switched) throw new UndeclaredDifference(model, differences ?? []);
    }
  }

  /** Receives and folds until `signal` aborts. A fault of the feed stops receiving, never folding. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([
      this.receiver.run(signal),
      ...this.folders.map((folder) => folder.run(signal)),
    ]);
  }

  /** Receives and folds what there is now, once: for tests, seeding and commands. */
  async catchUp(): Promise<number> {
    const head = await this.receiver.catchUp();
    for (const folder of this.folders) await folder.catchUp();
    return head;
  }

  /** When what every page shows was complete: the oldest of the read models. */
  get freshAsOf(): Date | null {
    const times = this.folders.map((folder) => folder.status.freshAsOf);
    return times.reduce(
      (oldest, time) => (oldest && time ? (oldest < time ? oldest : time) : null),
      times[0] ?? null,
    );
  }

  get status(): {
    readonly receiver: ReceiverStatus;
    readonly received: RowsReceived;
    readonly tail: TailStatus;
    readonly readModels: readonly ReadModelStatus[];
  } {
    return {
      receiver: this.receiver.status,
      received: this.receiver.received,
      tail: this.receiver.tail,
      readModels: this.folders.map((folder) => folder.status),
    };
  }
}

/** Folds one read model whenever it is woken. */
class Folder {
  private readonly runner: ProjectionRunner;
  private sequence = 0;
  private freshAsOf: Date | null = null;
  private inboxComplete: { readonly head: number; readonly asOf: Date } | null = null;
  private waking: () => void = () => undefined;
  private woken = true;
  private parkedKnown = 0;

  constructor(
    private readonly model: ReadModel,
    private readonly options: AgencyFeedOptions,
  ) {
    this.runner = new ProjectionRunner(options.inbox, options.store, model);
  }

  get status(): ReadModelStatus {
    return {
      name: this.model.name,
      sequence: this.sequence,
      freshAsOf: this.freshAsOf,
      parked: this.parkedKnown,
    };
  }

  wake(): void {
    this.woken = true;
    this.waking();
  }

  complete(head: number, asOf: Date): void {
    this.inboxComplete = { head, asOf };
    this.noteFreshness();
    if (this.sequence < head) this.wake();
  }

  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.waking(), { once: true });
    while (!signal.aborted) {
      this.woken = false;
      try {
        await this.catchUp(signal);
      } catch (error) {
        if (signal.aborted) return;
        this.options.onTrouble?.(error);
        await (this.options.pause ?? pause)(RETRY_AFTER_MS, signal);
        continue;
      }
      await this.untilWoken(signal);
    }
  }

  async catchUp(signal?: AbortSignal): Promise<void> {
    this.sequence = await this.runner.catchUp({
      ...(signal === undefined ? {} : { signal }),
      onAdvanced: (checkpoint) => {
        this.sequence = checkpoint;
        this.noteFreshness();
      },
    });
    this.noteFreshness();
    await this.tellOfParked();
  }

  private untilWoken(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.waking = resolve;
      if (this.woken || signal.aborted) resolve();
    });
  }

  private noteFreshness(): void {
    const { inboxComplete } = this;
    if (inboxComplete && this.sequence >= inboxComplete.head) {
      this.freshAsOf = inboxComplete.asOf;
    }
  }

  private async tellOfParked(): Promise<void> {
    const parked = await this.options.store.parked(this.model, 'live');
    if (parked.length > this.parkedKnown) this.options.onParked?.(this.model.name, parked);
    this.parkedKnown = parked.length;
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import { londonDay } from '@common-thread/domain/london-day';
import { Lanes } from '../../seeding/lanes.js';
import type { CommandPort, PlannedCommand } from '../../seeding/planned-command.js';
import type { Pause } from '../../seeding/run-planned.js';
import { runPlanned } from '../../seeding/run-planned.js';
import type { SheetRow } from './cells.js';
import type { ChildLookUp } from './children.js';
import { Children } from './children.js';
import type { ContactRow } from './contact-row.js';
import { readContactRow } from './contact-row.js';
import type { InputList } from './input-lists.js';
import { openInput } from './input-lists.js';
import type { Extract } from './plan-contact.js';
import { planContact } from './plan-contact.js';
import { RejectsFile } from './rejects-file.js';

export interface LoadOptions extends Extract {
  /** A workbook, a CSV file or a folder of them. */
  readonly input: string;
  readonly port: CommandPort;
  readonly lookUp: ChildLookUp;
  /** RFC 3339 UTC. */
  readonly now: string;
  readonly signal: AbortSignal;
  readonly progress?: (progress: LoadProgress) => void;
  readonly pause?: Pause;
  readonly concurrency?: number;
}

export interface LoadProgress {
  readonly label: string;
  readonly rowsRead: number;
}

export interface Loaded {
  readonly rowsRead: number;
  /** Recorded by this run, wholly or for what an earlier run had not come to. */
  readonly loaded: number;
  readonly alreadyThere: number;
  readonly rejected: number;
  /** Where the rejected rows are listed, if there are any. */
  readonly rejectsPath: string | undefined;
  /** Sheets or files that hold no list that is loaded. */
  readonly notLoaded: readonly string[];
}

const CONCURRENCY = 24;
/** Rows read at a time: their children are looked up together. */
const BATCH_ROWS = 500;

const waiting: Pause = (ms, signal) => wait(ms, undefined, { signal });

/**
 * Backfills lists 1 and 3 of an Annex A extract into the hub's history: imported, on their
 * original dates. It may be given the same rows any number of times, and be killed at any point.
 * @throws UnreadableInput before anything is loaded, or where a file stops being readable on the
 * way
 */
export async function loadAnnexA(options: LoadOptions): Promise<Loaded> {
  const { lists, notLoaded } = await openInput(options.input);
  const rejects = await RejectsFile.beside(options.input);
  const load = new Load(options, rejects);
  let rejected = false;
  try {
    for (const list of lists) await load.list(list);
  } finally {
    await load.drained().finally(async () => {
      rejected = await rejects.close();
    });
  }
  const { counts } = load;
  return { ...counts, notLoaded, rejectsPath: rejected ? rejects.path : undefined };
}

/** One row on its way. */
interface Placed {
  readonly label: string;
  readonly row: number;
  readonly contact: ContactRow;
}

class Load {
  readonly counts = { rowsRead: 0, loaded: 0, alreadyThere: 0, rejected: 0 };
  readonly #lanes: Lanes;
  readonly #children: Children;
  readonly #equals = new Map<string, number>();
  readonly #today: string;

  constructor(
    private readonly options: LoadOptions,
    private readonly rejects: RejectsFile,
  ) {
    this.#lanes = new Lanes(options.concurrency ?? CONCURRENCY);
    this.#children = new Children(options, options.lookUp);
    this.#today = londonDay(options.now);
  }

  async list(list: InputList): Promise<void> {
    // Two files may overlap: what is equal in both is one contact, not two.
    this.#equals.clear();
    let batch: Placed[] = [];
    for await (const row of list.rows()) {
      this.options.signal.throwIfAborted();
      this.counts.rowsRead += 1;
      const contact = await this.#read(list, row);
      if (contact) batch.push({ label: list.label, row: row.row, contact });
      if (batch.length >= BATCH_ROWS) {
        await this.#offer(batch);
        batch = [];
      }
      this.options.progress?.({ label: list.label, rowsRead: this.counts.rowsRead });
    }
    await this.#offer(batch);
  }

  async drained(): Promise<void> {
    await this.#lanes.drained();
  }

  async #read(list: InputList, row: SheetRow): Promise<ContactRow | undefined> {
    const read = readContactRow(list.list, list.places, row, this.#today);
    if ('contact' in read) return read.contact;
    this.counts.rejected += 1;
    await this.rejects.add(list.label, row.row, read.faults);
    return undefined;
  }

  async #offer(batch: readonly Placed[]): Promise<void> {
    await this.#children.meet(batch.map(({ contact }) => contact.childId));
    for (const placed of batch) {
      const ordinal = this.#ordinalOf(placed.contact);
      await this.#lanes.offer(placed.contact.childId, async (slot) => {
        const known = this.#children.of(placed.contact);
        if (!known) {
          await this.#reject(placed, 'Child Unique ID', AMBIGUOUS);
          return;
        }
        const { record, preparation } = known;
        const { port, pause = waiting, signal } = this.options;
        let recorded = 0;
        for (const command of [
          ...preparation,
          ...planContact(this.options, placed.contact, record, ordinal),
        ]) {
          const executed = await runPlanned(port, command, slot, pause, signal);
          // Told otherwise before: another extract, or somebody has put it right since. It stays.
          if (executed.outcome === 'refused' && executed.code === 'key-reused') continue;
          if (executed.outcome === 'refused') {
            await this.#reject(placed, 'any', `refused by the rule ${executed.code}`);
            return;
          }
          if (!executed.replayed && !isPreparation(command)) recorded += 1;
        }
        if (recorded > 0) this.counts.loaded += 1;
        else this.counts.alreadyThere += 1;
      });
    }
  }

  async #reject({ label, row }: Placed, column: string, reason: string): Promise<void> {
    this.counts.rejected += 1;
    await this.rejects.add(label, row, [{ column, reason }]);
  }

  /** From 0, in the order of the rows of one file. */
  #ordinalOf({ list, childId, day, source }: ContactRow): number {
    const key = JSON.stringify([list, childId, day, source]);
    const ordinal = this.#equals.get(key) ?? 0;
    this.#equals.set(key, ordinal + 1);
    return ordinal;
  }
}

const AMBIGUOUS = 'is held by more than one record; find out which is right first';

function isPreparation({ intent }: PlannedCommand): boolean {
  return intent.category !== 'contact';
}

/** What became of a load, in one line. */
export function describeLoad(loaded: Loaded): string {
  const count = (number: number) => number.toLocaleString('en-GB');
  const parts = [
    `${count(loaded.rowsRead)} rows read`,
    `${count(loaded.loaded)} loaded`,
    `${count(loaded.alreadyThere)} already there`,
    `${count(loaded.rejected)} rejected${loaded.rejectsPath ? ` (see ${loaded.rejectsPath})` : ''}`,
  ];
  const others = loaded.notLoaded.length > 0 ? `; not loaded: ${loaded.notLoaded.join('; ')}` : '';
  return `${parts.join(', ')}${others}.`;
}

import { BOX_PREFIX } from '@common-thread/eventing/sealing';
import { VaultUnreachable } from '@common-thread/platform/asking-vault';
import { calendarDayInWords } from '@common-thread/platform/pages/london-time';
import type {
  ErasedBy,
  Purpose,
  Revealed,
  Revealing,
  RevealRequest,
} from '@common-thread/platform/revealing';
import { inWords } from './code-words.js';
import { shreddingGroundWords } from './erasure-words.js';

/** What a box turned out to be. `unreachable`: the vault cannot be asked just now. */
export type Opened = Revealed | { readonly withheld: 'unreachable' | 'not-told' };

/** The opened boxes of one page, for as long as the page is drawn. */
export interface OpenedBoxes {
  /** False while the vault cannot be asked: the page says so and shows everything else. */
  readonly reachable: boolean;
  of(line: string, field: string, box: string | null): Opened;
}

/**
 * The one vault call of a page about people. Ask for every box the page shows, then open once: the call is
 * made even where nothing is sealed, because it is what records who looked at whom.
 */
export class PageReveal {
  readonly #about = new Set<string>();
  readonly #requests = new Map<string, RevealRequest>();

  constructor(
    private readonly purpose: Purpose,
    /** The page by its stable name: `hub/contact`. */
    private readonly page: string,
  ) {}

  /** The page is about this line: it is audited whether or not it holds a box. */
  about(line: string): void {
    this.#about.add(line);
  }

  /** Asks for one box; a field that was not told is no box. */
  ask(line: string, field: string, box: string | null): void {
    this.about(line);
    if (box?.startsWith(BOX_PREFIX))
      this.#requests.set(keyOf(line, field, box), { box, field, line });
  }

  /** Exactly one call. Never throws for a vault that cannot be asked: the page must still be shown. */
  async open(revealing: Revealing, accessToken: string): Promise<OpenedBoxes> {
    const keys = [...this.#requests.keys()];
    try {
      const revealed = await revealing.reveal(accessToken, {
        purpose: this.purpose,
        page: this.page,
        about: [...this.#about],
        requests: [...this.#requests.values()],
      });
      const byKey = new Map(keys.map((key, index) => [key, revealed[index]]));
      return { reachable: true, of: (...asked) => openedOf(asked, (key) => byKey.get(key)) };
    } catch (error) {
      if (!(error instanceof VaultUnreachable)) throw error;
      const unreachable = { withheld: 'unreachable' } as const;
      return { reachable: false, of: (...asked) => openedOf(asked, () => unreachable) };
    }
  }
}

function keyOf(line: string, field: string, box: string): string {
  return JSON.stringify([line, field, box]);
}

function openedOf(
  [line, field, box]: [string, string, string | null],
  found: (key: string) => Opened | undefined,
): Opened {
  if (box === null) return { withheld: 'not-told' };
  // A field that was never sealed (a plain test value, say) is shown to nobody.
  return found(keyOf(line, field, box)) ?? { withheld: 'not-told' };
}

/** The text, where it may be seen. */
export function textIn(opened: Opened): string | undefined {
  return 'text' in opened ? opened.text : undefined;
}

/** What to show in place of a text that cannot be seen; undefined where there is none to see. */
export function insteadOf(opened: Opened): string | undefined {
  if ('text' in opened) return undefined;
  switch (opened.withheld) {
    case 'erased':
      return erasureOf(opened);
    case 'not-entitled':
      return 'Not shown to you';
    case 'restricted':
      return 'Restricted record: speak to your manager';
    case 'confidential':
      return 'Kept confidential';
    case 'unreadable':
      return 'This text cannot be read; tell your service desk';
    case 'unreachable':
      return 'Cannot be shown right now';
    case 'not-told':
      return undefined;
  }
}

/** `erased on 3 March 2056`; undefined where it is there, or cannot be seen for another reason. */
export function erasedWhen(opened: Opened): string | undefined {
  if ('text' in opened || opened.withheld !== 'erased') return undefined;
  const { erased } = opened;
  return erased ? `erased on ${calendarDayInWords(erased.on)}` : 'erased';
}

function erasureOf({ erased }: { readonly erased?: ErasedBy }): string {
  if (!erased) return 'Erased: it was kept as long as it may be';
  const why = inWords(shreddingGroundWords, erased.ground);
  return `Erased on ${calendarDayInWords(erased.on)}, because ${why}`;
}

/** The text or, where it cannot be seen, why. */
export function shown(opened: Opened): string | undefined {
  return textIn(opened) ?? insteadOf(opened);
}

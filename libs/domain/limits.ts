import { Refusal } from '@common-thread/eventing/decider';

/**
 * The most anyone may say in one command. Characters are UTF-16 code units, as a browser's
 * `maxlength` counts them, so that a page and the rule agree.
 */
export const limits = {
  /** A narrative: a concern, a rationale, a note. */
  textCharactersMax: 20_000,
  /** A name, a person's or an opaque id. */
  nameCharactersMax: 100,
  addressCharactersMax: 500,
  telephoneCharactersMax: 30,
  /** People, outcomes or reviews in one list. */
  listItemsMax: 30,
} as const;

/**
 * Control characters but tab and line ends, and halves of a surrogate pair: no store keeps them
 * faithfully.
 */
const UNSTORABLE = /(?![\t\n\r])\p{Control}|\p{Surrogate}/u;
/** On one line there are no line ends or tabs either. */
const LINE_BREAKING = /[\t\n\r\u2028\u2029]/;

/**
 * The form of a sealed text, and the most one grows by: three bytes a character, four characters
 * of base64 for three bytes, and its header.
 */
const SEALED = /^box\.v1\.[\w-]+\.[\w-]+$/;
const SEALED_GROWTH_MAX = 4;
const SEALED_HEADER_CHARACTERS_MAX = 1_024;

/**
 * A text of one or more lines. An absent one is fine, a blank one is not. Of a sealed one,
 * carried from the record it was written in, only its size can be told.
 */
export function textRefusal(
  text: string | undefined,
  pointer: string,
  charactersMax: number = limits.textCharactersMax,
): Refusal | undefined {
  if (text === undefined) return undefined;
  if (SEALED.test(text)) {
    const sealedMax = charactersMax * SEALED_GROWTH_MAX + SEALED_HEADER_CHARACTERS_MAX;
    return text.length > sealedMax ? tooLong(text, sealedMax, pointer) : undefined;
  }
  if (text.trim() === '') {
    return new Refusal('text/blank', 'Write something here, or leave it out altogether.', pointer);
  }
  if (text.length > charactersMax) return tooLong(text, charactersMax, pointer);
  if (UNSTORABLE.test(text)) {
    return new Refusal(
      'text/unstorable-character',
      'This holds a character that cannot be stored. Delete it, or paste the text again as ' +
        'plain text.',
      pointer,
    );
  }
  return undefined;
}

function tooLong(text: string, charactersMax: number, pointer: string): Refusal {
  const [most, has] = [charactersMax, text.length].map((each) => each.toLocaleString('en-GB'));
  return new Refusal(
    'text/too-long',
    `Shorten this to ${most} characters; it has ${has}.`,
    pointer,
  );
}

/** A text without which nothing is recorded: `missing` says what to write where it is blank. */
export function neededTextRefusal(text: string, missing: Refusal): Refusal | undefined {
  return text.trim() === '' ? missing : textRefusal(text, missing.pointer ?? '');
}

/** A text on one line: a name, an address, an id. */
export function lineRefusal(
  text: string | undefined,
  pointer: string,
  charactersMax: number = limits.nameCharactersMax,
): Refusal | undefined {
  const refusal = textRefusal(text, pointer, charactersMax);
  if (refusal || text === undefined || !LINE_BREAKING.test(text)) return refusal;
  return new Refusal('text/several-lines', 'Write this on one line.', pointer);
}

/** A list that must name something, each thing once. */
export function listRefusal(list: readonly string[], pointer: string): Refusal | undefined {
  if (list.length === 0) {
    return new Refusal('list/empty', 'Choose at least one.', pointer);
  }
  if (list.length > limits.listItemsMax) {
    return new Refusal('list/too-long', `Choose at most ${limits.listItemsMax}.`, pointer);
  }
  if (new Set(list).size !== list.length) {
    return new Refusal('list/repeated', 'Name each only once.', pointer);
  }
  return undefined;
}

/** Whether two lists hold the same things, in whatever order. */
export function sameMembers(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((item) => others.includes(item));
}

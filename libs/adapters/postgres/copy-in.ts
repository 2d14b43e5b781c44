import type pg from 'pg';

/*
 * COPY … FROM STDIN in text format, on pg's own connection: several times the rate of an INSERT, and one
 * statement whatever the number of rows.
 */

export type CopyValue = string | number | boolean | readonly string[] | null | undefined;

/** One row as COPY reads it, its line end included. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = '';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) line += '\t';
    line += copyText(values[index]);
  }
  return `${line}\n`;
}

const ESCAPED = /[\\\n\r\t]/;
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function copyText(value: CopyValue): string {
  if (typeof value === 'string') return escaped(value);
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'object') return escaped(arrayLiteral(value));
  return String(value);
}

function escaped(text: string): string {
  if (!ESCAPED.test(text)) return text;
  return text.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character);
}

function arrayLiteral(members: readonly string[]): string {
  const quoted = members.map((member) => `"${member.replace(/["\\]/g, '\\$&')}"`);
  return `{${quoted.join(',')}}`;
}

/** What pg's connection can do that its types do not say. */
interface CopyConnection extends pg.Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

function canCopy(connection: pg.Connection): connection is CopyConnection {
  return 'sendCopyFromChunk' in connection && 'endCopyFrom' in connection;
}

/**
 * One COPY as pg's client runs it. Rows are sent as one text: an append or a batch, never a whole table.
 * The client puts its own deadline around `callback`, as it does with its own queries.
 */
class CopyIn {
  constructor(
    private readonly statement: string,
    private readonly rows: string,
    public callback: (error: Error | null) => void,
  ) {}

  private failed = false;

  submit(connection: pg.Connection): void {
    connection.query(this.statement);
  }

  handleCopyInResponse(connection: pg.Connection): void {
    if (!canCopy(connection)) throw new Error('this version of pg cannot COPY');
    connection.sendCopyFromChunk(Buffer.from(this.rows));
    connection.endCopyFrom();
  }

  handleError(error: Error): void {
    this.failed = true;
    this.callback(error);
  }

  handleReadyForQuery(): void {
    if (!this.failed) this.callback(null);
  }

  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

/**
 * @param statement `copy <table> (<columns>) from stdin`; statements without parameters may come before
 * @param rows lines made by `copyLine`, joined
 * @throws pg.DatabaseError
 */
export function copyIn(client: pg.ClientBase, statement: string, rows: string): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn(statement, rows, (error) => (error ? reject(error) : resolve())));
  });
}

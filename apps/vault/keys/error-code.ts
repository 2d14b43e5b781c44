/** The code by which Node's and PostgreSQL's errors are told apart: `EEXIST`, `23503`. */
export function codeOf(error: unknown): string | undefined {
  // Not `instanceof Error`: an error may come from another realm than ours.
  if (typeof error !== 'object' || error === null) return undefined;
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

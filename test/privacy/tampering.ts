/** The box with the first bit of its contents turned over. */
export function tampered(box: string): string {
  const dot = box.lastIndexOf('.') + 1;
  const contents = Buffer.from(box.slice(dot), 'base64url');
  contents[0] = contents[0]! ^ 0x80;
  return box.slice(0, dot) + contents.toString('base64url');
}
